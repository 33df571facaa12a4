//! A JSON body, read strictly and only once it is known that the act is allowed.

use actix_web::{http::header, http::header::HeaderMap, web::Bytes};
use domain::validation::{Invalid, Rule};
use serde::de::DeserializeOwned;

use crate::problem::{Problem, ProblemKind};

/// What was sent, unread.
pub struct Body {
    bytes: Bytes,
    kind: String,
}

impl Body {
    pub(super) fn new(headers: &HeaderMap, bytes: Bytes) -> Self {
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self { bytes, kind: kind.to_owned() }
    }

    /// The body that says this JSON.
    #[must_use]
    pub fn of(json: &serde_json::Value) -> Self {
        Self { bytes: Bytes::from(json.to_string()), kind: "application/json".into() }
    }

    /// The body that is this file, of this media type.
    #[must_use]
    pub fn of_file(kind: &str, bytes: Vec<u8>) -> Self {
        Self { bytes: Bytes::from(bytes), kind: kind.to_owned() }
    }

    /// The body as it came, with the media type it was declared as.
    pub fn raw(&self) -> (&str, &[u8]) {
        (&self.kind, &self.bytes)
    }

    fn is_json(&self) -> bool {
        self.kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    }

    /// Reads the body. Unknown members, missing members and wrong types are named, never repeated.
    ///
    /// # Errors
    /// 415 when it is not sent as JSON, 400 when it is not JSON, 422 when its shape is wrong.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        if self.bytes.is_empty() {
            // Some acts need no words: then no body says the same as an empty object.
            return serde_json::from_str("{}").map_err(|_| Problem::new(ProblemKind::MalformedBody));
        }
        if !self.is_json() {
            return Err(Problem::new(ProblemKind::UnsupportedMediaType));
        }
        let mut json = serde_json::Deserializer::from_slice(&self.bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| problem_of(&error))?;
        json.end().map_err(|_| Problem::new(ProblemKind::MalformedBody))?;
        Ok(value)
    }
}

fn problem_of(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    use serde_path_to_error::Segment;
    let inner = error.inner();
    if inner.is_syntax() || inner.is_eof() {
        return Problem::new(ProblemKind::MalformedBody);
    }
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => pointer.extend(["/", &index.to_string()]),
            Segment::Map { key } => pointer.extend(["/", key]),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let text = inner.to_string();
    let wrong = if let Some(name) = member(&text, "unknown field `") {
        // The path already ends in the unknown member: say it once, and only if it looks like a name.
        let parent = pointer
            .rsplit_once('/')
            .map_or("", |(parent, last)| if last == name { parent } else { &pointer });
        Invalid::unknown_member(&name).under(parent)
    } else if let Some(name) = member(&text, "missing field `") {
        Invalid::at(format!("{pointer}/{name}"), Rule::Missing)
    } else if text.starts_with("unknown variant") {
        Invalid::at(pointer, Rule::UnknownWord)
    } else if text.starts_with("UUID") || text.contains("UUID parsing") {
        Invalid::at(pointer, Rule::NotAnId)
    } else {
        Invalid::at(pointer, Rule::WrongType)
    };
    Problem::invalid(vec![wrong])
}

fn member(text: &str, prefix: &str) -> Option<String> {
    text.strip_prefix(prefix)?.split('`').next().map(str::to_owned)
}
