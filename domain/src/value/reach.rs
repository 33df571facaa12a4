//! Ways to reach somebody: telephone numbers and e-mail addresses, kept as given once they hold.

use crate::validation::Rule;

/// A number in E.164 (`+` and eight to fifteen digits) or as dialled in Canada (`819-555-0142`,
/// `(819) 555-0142`, `1 819 555 0142`, with dots too).
pub fn phone(given: &str) -> Result<(), Rule> {
    let known = if given.starts_with('+') { is_international(given) } else { is_canadian(given) };
    if known { Ok(()) } else { Err(Rule::NotAPhone) }
}

fn is_international(given: &str) -> bool {
    let digits = given.trim_start_matches('+').as_bytes();
    given.len() == digits.len() + 1
        && (8..=15).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && digits.first() != Some(&b'0')
}

fn is_canadian(given: &str) -> bool {
    let is_separator = |c: char| matches!(c, '-' | ' ' | '.');
    // Parentheses may only hold the three digits of the area code.
    let bare = match given.split_once('(') {
        None => given.to_owned(),
        Some((before, after)) => match after.split_once(')') {
            Some((area, rest)) if area.len() == 3 && area.bytes().all(|b| b.is_ascii_digit()) => {
                let joint = if rest.starts_with(is_separator) { "" } else { "-" };
                format!("{before}{area}{joint}{rest}")
            }
            _ => return false,
        },
    };
    let mut groups: Vec<&str> = bare.split(is_separator).collect();
    if groups.first() == Some(&"1") {
        groups.remove(0);
    }
    let grouped = groups.iter().map(|group| group.len()).eq([3, 3, 4]);
    let number = groups.concat();
    // A run of digits may carry the leading 1 with it.
    let number = if groups.len() == 1 && number.len() == 11 {
        number.strip_prefix('1')
    } else {
        Some(number.as_str())
    };
    let Some(digits) = number.map(str::as_bytes) else { return false };
    let starts_well = |at: usize| digits.get(at).is_some_and(|b| (b'2'..=b'9').contains(b));
    (grouped || groups.len() == 1)
        && digits.len() == 10
        && digits.iter().all(u8::is_ascii_digit)
        && starts_well(0)
        && starts_well(3)
}

/// An address of the plain form `local@host.domain`, in ASCII, at most 254 characters.
pub fn email(given: &str) -> Result<(), Rule> {
    let sound = given.len() <= 254
        && given.split_once('@').is_some_and(|(local, host)| is_local_part(local) && is_host(host));
    if sound { Ok(()) } else { Err(Rule::NotAnEmail) }
}

fn is_local_part(local: &str) -> bool {
    let is_atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom))
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = host.rsplit_once('.').map(|(_, top)| top);
    host.split('.').all(is_label)
        && top.is_some_and(|top| top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_written_as_people_dial_it() {
        for right in [
            "819-555-0142",
            "(819) 555-0142",
            "(819)555-0142",
            "819 555 0142",
            "819.555.0142",
            "8195550142",
            "1-819-555-0142",
            "1 (819) 555-0142",
            "18195550142",
            "+18195550142",
            "+33123456789",
        ] {
            assert_eq!(phone(right), Ok(()), "{right}");
        }
    }

    #[test]
    fn what_nobody_could_dial_is_no_number() {
        for wrong in [
            "",
            "555-0142",
            "119-555-0142",
            "819-155-0142",
            "819-555-01421",
            "81-9555-0142",
            "+0123456789",
            "++18195550142",
            "+1 819 555 0142",
            "819--555-0142",
            "(819 555-0142",
            "819) 555-0142",
            "819-555-0142 ",
            "819-555-0142x3",
            "٨١٩-555-0142",
            "28195550142",
            "+1234567",
            "+1234567890123456",
        ] {
            assert_eq!(phone(wrong), Err(Rule::NotAPhone), "{wrong}");
        }
    }

    #[test]
    fn a_plain_address_is_accepted() {
        for right in ["karine@coordination-demo.example", "a.b+c@x-y.qc.ca", "o'neil@a.io"] {
            assert_eq!(email(right), Ok(()), "{right}");
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        let long = format!("a@{}.ca", "b".repeat(64));
        for wrong in [
            "",
            "a",
            "@b.ca",
            "a@",
            "a@b",
            "a@@b.ca",
            "a@b@c.ca",
            ".a@b.ca",
            "a.@b.ca",
            "a..b@c.ca",
            "a b@c.ca",
            "a@b..ca",
            "a@-b.ca",
            "a@b-.ca",
            "a@1.2.3.4",
            "a@b.c",
            "é@b.ca",
            "A <a@b.ca>",
            "\"a\"@b.ca",
            "a@b.ca ",
            &long,
        ] {
            assert_eq!(email(wrong), Err(Rule::NotAnEmail), "{wrong}");
        }
    }
}
