//! A file handed out: kept by whoever asked, never shown by the browser.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use authz::{desk::Disclosed, id::EventId};
use domain::attachment::{ContentView, FileType};

/// An attached file ready to go.
pub struct Download {
    content: ContentView,
    event: EventId,
}

impl Download {
    /// Only what was recorded can be handed out.
    #[must_use]
    pub fn of(disclosed: Disclosed<ContentView>) -> Self {
        let (content, event) = disclosed.into_parts();
        Self { content, event }
    }
}

impl Responder for Download {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let ContentView { name, file_type, mut bytes } = self.content;
        let media_type = match file_type {
            FileType::Text => "text/plain; charset=utf-8",
            other => other.media_type(),
        };
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::CONTENT_TYPE, media_type))
            .insert_header((header::CONTENT_DISPOSITION, disposition(&name, file_type)))
            .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
            .insert_header(("Cross-Origin-Resource-Policy", "same-origin"))
            .insert_header(("Access-Event", self.event.to_string()));
        response.body(std::mem::take(&mut *bytes))
    }
}

/// A neutral name that every program can read, and the true one (RFC 6266, RFC 8187). Both end as the type does.
fn disposition(name: &str, file_type: FileType) -> String {
    let extension = file_type.extension();
    let safe: String = name.chars().map(|c| if is_unsafe(c) { '_' } else { c }).collect();
    let safe = safe.trim_matches(['.', ' ']);
    let safe = if safe.is_empty() { "piece-jointe" } else { safe };
    let ends = safe.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension));
    let full = if ends { safe.to_owned() } else { format!("{safe}.{extension}") };
    let mut encoded = String::with_capacity(full.len());
    for byte in full.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    format!("attachment; filename=\"piece-jointe.{extension}\"; filename*=UTF-8''{encoded}")
}

/// Separators of folders, what shells and file systems take for more than a letter, and marks of direction.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_its_type_and_leaves_no_folder() {
        let named = |name: &str| {
            let header = disposition(name, FileType::Pdf);
            assert!(
                header.starts_with("attachment; filename=\"piece-jointe.pdf\"; filename*=UTF-8''"),
                "{header}"
            );
            header.rsplit_once("''").map(|(_, name)| name.to_owned())
        };
        assert_eq!(named("Jugement n\u{b0} 3.PDF").as_deref(), Some("Jugement%20n%C2%B0%203.PDF"));
        assert_eq!(named(". ..").as_deref(), Some("piece-jointe.pdf"));
        assert_eq!(named("facture.exe").as_deref(), Some("facture.exe.pdf"));
        assert_eq!(named("../../etc/passwd").as_deref(), Some("_.._etc_passwd.pdf"));
        assert_eq!(named("a\"; filename=b\r\n").as_deref(), Some("a_%3B%20filename%3Db__.pdf"));
        assert_eq!(named("gpj\u{202e}.exe").as_deref(), Some("gpj_.exe.pdf"));
    }
}
