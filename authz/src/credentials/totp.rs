//! The second factor: codes of six digits every thirty seconds (RFC 6238), each good once.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use super::NoRandomness;

const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// Steps before and after, for a telephone whose clock is a little off.
const SKEW: u16 = 1;
/// 160 bits, as RFC 4226 advises.
const SECRET: usize = 20;
/// What authenticator applications show the account under.
const ISSUER: &str = "Filet";

/// The secret shared with somebody's authenticator.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; SECRET]>);

impl TotpSecret {
    /// Makes one.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn mint() -> Result<Self, NoRandomness> {
        let mut random = Zeroizing::new([0u8; SECRET]);
        getrandom::fill(random.as_mut_slice()).map_err(|_| NoRandomness)?;
        Ok(Self(random))
    }

    /// Reads what was unsealed from a row; none when it is no such secret.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The bytes, to be sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// In base 32, for whoever types it.
    #[must_use]
    pub fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE32_NOPAD.encode(self.0.as_slice()))
    }

    /// What the square image holds: the `otpauth` address that authenticators read.
    #[must_use]
    pub fn url(&self, email: &str) -> Zeroizing<String> {
        let secret = self.base32();
        let account = escaped(email);
        Zeroizing::new(format!(
            "otpauth://totp/{ISSUER}:{account}?secret={}&issuer={ISSUER}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
            secret.as_str()
        ))
    }

    /// The step that this code is of, when it is right and later than the last one accepted. The caller
    /// stores the step in the same transaction, so that a code serves once.
    #[must_use]
    pub fn check(&self, code: &str, last_step: Option<i64>, at: DateTime<Utc>) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(at.timestamp()).ok()?;
        let step = i64::try_from(self.totp()?.check(&code, seconds)?).ok()?;
        last_step.is_none_or(|last| step > last).then_some(step)
    }

    fn totp(&self) -> Option<Totp> {
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(DIGITS).with_skew(SKEW);
        builder.with_step_duration(STEP_SECONDS).with_secret(Secret::new_stack(*self.0)).build().ok()
    }
}

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(•••)")
    }
}

/// Percent-encoding of all that is not unreserved (RFC 3986).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            data_encoding::HEXUPPER.encode_append(&[byte], &mut escaped);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    /// The secret of the test vectors of RFC 6238, appendix B.
    fn secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[test]
    fn the_vectors_of_the_standard_are_accepted() {
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret().check(code, None, second(at)), Some(at / 30), "at {at}");
        }
    }

    #[test]
    fn a_code_serves_once_and_none_before_it_serves_again() {
        let step = secret().check("050471", None, second(1_111_111_111));
        assert!(step.is_some());
        assert_eq!(secret().check("050471", step, second(1_111_111_111)), None);
        assert_eq!(
            secret().check("081804", step, second(1_111_111_111)),
            None,
            "the code of the step before"
        );
        assert_eq!(secret().check("050471", step.map(|s| s - 1), second(1_111_111_111)), step);
    }

    #[test]
    fn one_step_early_or_late_is_accepted_and_two_are_not() {
        for (late, accepted) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let step = secret().check("081804", None, second(1_111_111_080 + late));
            assert_eq!(step.is_some(), accepted, "{late} seconds late");
        }
    }

    #[test]
    fn a_code_typed_with_a_space_is_accepted() {
        assert!(secret().check(" 287\u{a0}082 ", None, second(59)).is_some());
    }

    #[test]
    fn what_is_not_six_digits_is_refused() {
        for code in ["", "28708", "2870820", "94287082", "+87082", "-87082", "28708a", "٢٨٧٠٨٢", "287082\0"]
        {
            assert_eq!(secret().check(code, None, second(59)), None, "{code}");
        }
    }

    #[test]
    fn before_1970_no_code_is_right() {
        assert_eq!(secret().check("755224", None, second(-1)), None);
    }

    #[test]
    fn an_authenticator_can_read_the_address() {
        assert_eq!(
            secret().url("mireille+1@escale.example").as_str(),
            "otpauth://totp/Filet:mireille%2B1%40escale.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Filet&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_secret_of_another_length_is_none_and_nothing_of_one_is_printed() {
        assert!(TotpSecret::from_bytes(b"short").is_none());
        assert_eq!(format!("{:?}", secret()), "TotpSecret(•••)");
        assert_ne!(TotpSecret::mint().unwrap().bytes(), TotpSecret::mint().unwrap().bytes());
    }
}
