//! The second factor: time-based codes (RFC 6238), each good once, and recovery codes for a lost telephone.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use totp_rs::{Builder, Secret};
use zeroize::Zeroizing;

use super::hash_of;

/// Bytes of a secret: 160 bits, as the RFC recommends.
const SECRET: usize = 20;
/// Recovery codes given at once.
const CODES: usize = 10;

/// A second factor's secret.
pub struct Totp(Zeroizing<Vec<u8>>);

impl Totp {
    /// Makes a secret.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut secret = Zeroizing::new(vec![0u8; SECRET]);
        getrandom::fill(&mut secret)?;
        Ok(Self(secret))
    }

    /// A secret that was stored.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// The secret, to be sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as people type it.
    #[must_use]
    pub fn base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address an authenticator reads.
    #[must_use]
    pub fn url(&self, email: &str) -> String {
        let account: String = email
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
        format!(
            "otpauth://totp/Filet:{account}?secret={}&issuer=Filet&algorithm=SHA1&digits=6&period=30",
            self.base32()
        )
    }

    /// The step a code belongs to, if it is right, of this moment give or take one step, and newer than the
    /// last one that served.
    #[must_use]
    pub fn check(&self, code: &str, last_step: Option<i64>, at: DateTime<Utc>) -> Option<i64> {
        let secret: [u8; SECRET] = self.0.as_slice().try_into().ok()?;
        let totp = Builder::new().with_secret(Secret::from(secret)).build().ok()?;
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let step = totp.check(&code, u64::try_from(at.timestamp()).ok()?)?;
        let step = i64::try_from(step).ok()?;
        last_step.is_none_or(|last| step > last).then_some(step)
    }
}

/// Ten codes that each open once.
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    /// Makes them.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut codes = Vec::with_capacity(CODES);
        for _ in 0..CODES {
            let mut random = [0u8; 10];
            getrandom::fill(&mut random)?;
            let text = BASE32_NOPAD.encode(&random);
            let groups: Vec<String> =
                text.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
            codes.push(groups.join("-"));
        }
        Ok(Self(codes))
    }

    /// What is stored.
    #[must_use]
    pub fn hashes(&self) -> Vec<Vec<u8>> {
        self.0.iter().map(|code| Self::hash(code)).collect()
    }

    /// The hash of a code however it was typed.
    #[must_use]
    pub fn hash(code: &str) -> Vec<u8> {
        let plain: String =
            code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        hash_of(&format!("recovery:{plain}"))
    }

    /// What the person writes down, once.
    #[must_use]
    pub fn into_texts(self) -> Vec<String> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    /// The key of RFC 6238, appendix B.
    const RFC: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_of_the_rfc_are_right() {
        let totp = Totp::from_bytes(RFC);
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert_eq!(totp.check(code, None, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_serves_once_and_only_around_its_time() {
        let totp = Totp::from_bytes(RFC);
        let step = totp.check("287082", None, at(59)).unwrap();
        assert_eq!(totp.check("287082", Some(step), at(59)), None);
        assert!(totp.check("287082", None, at(59 + 30)).is_some());
        assert_eq!(totp.check("287082", None, at(59 + 61)), None);
        assert_eq!(totp.check(" 287\u{a0}082", None, at(59)), Some(step), "typed in two groups");
        assert_eq!(totp.check("287082", None, at(-1)), None, "before 1970");
        for code in ["", "not a code", "28708", "2870820", "94287082", "+87082", "287082\0"] {
            assert_eq!(totp.check(code, None, at(59)), None, "{code}");
        }
    }

    #[test]
    fn once_a_step_served_neither_it_nor_the_one_before_serves_again() {
        let totp = Totp::from_bytes(RFC);
        let step = totp.check("050471", None, at(1_111_111_111));
        assert!(step.is_some());
        assert_eq!(totp.check("050471", step, at(1_111_111_111)), None);
        assert_eq!(totp.check("081804", step, at(1_111_111_111)), None, "the step before");
    }

    #[test]
    fn a_secret_of_another_length_accepts_nothing() {
        for secret in [&b""[..], b"1234567890", b"123456789012345678901"] {
            assert_eq!(Totp::from_bytes(secret).check("287082", None, at(59)), None);
        }
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let codes = RecoveryCodes::new().unwrap();
        let hashes = codes.hashes();
        let texts = codes.into_texts();
        assert_eq!(texts.len(), 10);
        let typed = texts.first().unwrap().to_lowercase().replace('-', " ");
        assert_eq!(hashes.first().unwrap(), &RecoveryCodes::hash(&typed));
    }
}
