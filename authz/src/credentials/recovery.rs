//! Recovery codes: ten codes on paper for whoever has lost the telephone. Each serves once.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{NoRandomness, TokenHash};

/// Codes in a set.
const CODES: usize = 10;
/// Bytes in a code: eighty bits, which no slow hash need protect.
const BYTES: usize = 10;
/// Letters in a group, as they are shown.
const GROUP: usize = 4;

/// One code, to be shown once.
pub struct RecoveryCode(Zeroizing<[u8; BYTES]>);

impl RecoveryCode {
    /// Makes a set of ten.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn mint_set() -> Result<Vec<Self>, NoRandomness> {
        (0..CODES)
            .map(|_| {
                let mut random = Zeroizing::new([0u8; BYTES]);
                getrandom::fill(random.as_mut_slice()).map_err(|_| NoRandomness)?;
                Ok(Self(random))
            })
            .collect()
    }

    /// What is shown: `ABCD-EFGH-IJKL-MNOP`.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        let letters = Zeroizing::new(BASE32_NOPAD.encode(self.0.as_slice()));
        let mut text = Zeroizing::new(String::with_capacity(letters.len() + BYTES));
        for (at, letter) in letters.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash::from_digest(Sha256::digest(self.0.as_slice()).into())
    }

    /// Reads what somebody typed, however they grouped it; none when it cannot be a code.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let mut letters = Zeroizing::new(String::with_capacity(16));
        for character in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            if letters.len() > 16 {
                return None;
            }
            // The alphabet has no 0, 1 or 8: whoever types one has misread a letter.
            letters.push(match character.to_ascii_uppercase() {
                '0' => 'O',
                '1' => 'I',
                '8' => 'B',
                other => other,
            });
        }
        let bytes = Zeroizing::new(BASE32_NOPAD.decode(letters.as_bytes()).ok()?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(•••)")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_set_is_ten_different_codes_in_four_groups_of_four() {
        let codes = RecoveryCode::mint_set().unwrap();
        let mut shown: Vec<String> = codes.iter().map(|code| code.reveal().to_string()).collect();
        assert!(shown.iter().all(|code| code.split('-').map(str::len).eq([4; 4])), "grouped");
        shown.sort();
        shown.dedup();
        assert_eq!(shown.len(), 10);
    }

    #[test]
    fn a_code_is_known_again_however_it_is_typed() {
        let code = RecoveryCode(Zeroizing::new([0x74, 0x55, 0x01, 0xa1, 0x0e, 0xff, 0x3c, 0x00, 0x9b, 0x67]));
        let shown = code.reveal();
        for typed in [
            shown.to_string(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            shown.replace('-', " \u{a0}"),
            shown.replace('O', "0").replace('I', "1").replace('B', "8"),
        ] {
            assert_eq!(RecoveryCode::read(&typed).unwrap().hash(), code.hash());
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_not_looked_up() {
        for typed in
            ["", "ABCD-EFGH-IJKL", "ABCD-EFGH-IJKL-MNOPQ", "ABCD-EFGH-IJKL-MNO9", "é", &"A".repeat(99)]
        {
            assert!(RecoveryCode::read(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn nothing_of_it_is_printed() {
        assert_eq!(format!("{:?}", RecoveryCode(Zeroizing::new([1; BYTES]))), "RecoveryCode(•••)");
    }
}
