//! Search without reading: keyed tokens over a name *and* a birth date or year together. A single
//! field of low entropy would leak by frequency.

use chrono::{Datelike, NaiveDate};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zeroize::Zeroizing;

/// The key of the index.
pub struct BlindIndex(Zeroizing<[u8; 32]>);

/// One token.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// Sixteen bits to look up by: too few to name anybody.
    pub bucket: i32,
    /// The whole, to be sealed under the file's key.
    pub full: [u8; 32],
}

/// What is known of a birth date when searching.
#[derive(Clone, Copy)]
pub enum Birth {
    /// The day.
    Date(NaiveDate),
    /// The year only.
    Year(i32),
}

impl BlindIndex {
    /// Takes the installation's index secret.
    #[must_use]
    pub const fn new(secret: Zeroizing<[u8; 32]>) -> Self {
        Self(secret)
    }

    /// Every token under which a person of this name and birth date is found.
    #[must_use]
    pub fn tokens(&self, given: Option<&str>, family: Option<&str>, birth: NaiveDate) -> Vec<Token> {
        let mut tokens = Vec::new();
        for (given, family) in [(given, None), (None, family), (given, family)] {
            for birth in [Birth::Date(birth), Birth::Year(birth.year())] {
                let token = self.token(given, family, birth);
                tokens.extend(token.filter(|token| !tokens.contains(token)));
            }
        }
        tokens
    }

    /// The token of a search; none when no name is given.
    #[must_use]
    pub fn token(&self, given: Option<&str>, family: Option<&str>, birth: Birth) -> Option<Token> {
        let (given, family) = (folded(given.unwrap_or("")), folded(family.unwrap_or("")));
        if given.is_empty() && family.is_empty() {
            return None;
        }
        let birth = match birth {
            Birth::Date(date) => date.format("%Y-%m-%d").to_string(),
            Birth::Year(year) => year.to_string(),
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).ok()?;
        for part in [&given, &family, &birth] {
            mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let full: [u8; 32] = mac.finalize().into_bytes().into();
        let [high, low, ..] = full;
        Some(Token { bucket: i32::from(u16::from_be_bytes([high, low])), full })
    }
}

/// A name as it is compared: letters and digits only, without accents or case, its words run together
/// (« Le Blanc » is « Leblanc », « D’Amours » is « Damours »); Saint is St, alone or at the head of a word.
fn folded(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match letter {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            // Letters that stand for an apostrophe (U+02BC and its like) are no letters here.
            '\u{2b0}'..='\u{2ff}' => plain.push(' '),
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => plain.push(' '),
        }
    }
    let mut folded = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        match word.strip_prefix("saint") {
            Some(rest) => folded.extend(["st", rest]),
            None => folded.push_str(word),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn index() -> BlindIndex {
        BlindIndex::new(Zeroizing::new([3; 32]))
    }

    fn born() -> NaiveDate {
        NaiveDate::from_ymd_opt(1991, 3, 12).unwrap()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for (one, other) in [
            ("Éloïse", "ELOISE"),
            ("Marie-Ève", "marie eve"),
            ("Saint-Jean", "St-Jean"),
            ("Sainte-Marie", "STE MARIE"),
            ("Saint-Onge", "St. Onge"),
            ("Saintonge", "St-Onge"),
            ("D’Amours", "d'amours"),
            ("D\u{2bc}Amours", "Damours"),
            ("Le Blanc", "Leblanc"),
            ("Jean-Marc", "jeanmarc"),
            ("Cœur", "COEUR"),
            ("E\u{301}loi\u{308}se", "Éloïse"),
            ("Strauß", "STRAUSS"),
        ] {
            let a = index().token(None, Some(one), Birth::Date(born())).unwrap();
            let b = index().token(None, Some(other), Birth::Date(born())).unwrap();
            assert!(a == b, "{one} and {other}");
        }
    }

    #[test]
    fn another_name_is_not_found() {
        for (one, other) in
            [("Marie", "Maria"), ("Sainte-Marie", "Saint-Marie"), ("Toussaint", "Toust"), ("李", "王")]
        {
            let a = index().token(None, Some(one), Birth::Date(born())).unwrap();
            let b = index().token(None, Some(other), Birth::Date(born())).unwrap();
            assert!(a != b, "{one} and {other}");
        }
    }

    #[test]
    fn a_bucket_is_sixteen_bits_of_the_whole() {
        for token in index().tokens(Some("Mireille"), Some("Boisvert"), born()) {
            let [high, low, ..] = token.full;
            assert_eq!(token.bucket, i32::from(high) * 256 + i32::from(low));
        }
    }

    #[test]
    fn given_family_and_both_are_found_by_date_and_by_year() {
        let tokens = index().tokens(Some("Mireille"), Some("Boisvert"), born());
        assert_eq!(tokens.len(), 6);
        for (given, family) in
            [(Some("mireille"), None), (None, Some("boisvert")), (Some("mireille"), Some("boisvert"))]
        {
            for birth in [Birth::Date(born()), Birth::Year(1991)] {
                assert!(tokens.contains(&index().token(given, family, birth).unwrap()));
            }
        }
    }

    #[test]
    fn another_date_another_key_or_names_in_each_others_place_find_nothing() {
        let tokens = index().tokens(Some("Mireille"), Some("Boisvert"), born());
        let next = born().succ_opt().unwrap();
        assert!(!tokens.contains(&index().token(None, Some("Boisvert"), Birth::Date(next)).unwrap()));
        assert!(!tokens.contains(&index().token(Some("Boisvert"), None, Birth::Date(born())).unwrap()));
        let other = BlindIndex::new(Zeroizing::new([4; 32]));
        assert!(!tokens.contains(&other.token(None, Some("Boisvert"), Birth::Date(born())).unwrap()));
    }

    #[test]
    fn without_a_name_there_is_no_token() {
        assert!(index().token(None, Some(" - "), Birth::Year(1991)).is_none());
        assert!(index().tokens(None, None, born()).is_empty());
    }
}
