//! Passkeys (*clés d'accès*): keys that a device keeps and uses only for the person it knows by her finger, face or
//! code. One signs in alone, being something one has and something one is; or it stands in for the code beside the
//! password. The time-based code stays the ground: a passkey is added to it, so that a lost device locks nobody out.

mod challenge;
mod own;
mod register;
mod sign_in;

use std::sync::Arc;

use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

pub use challenge::Challenge;
pub(super) use challenge::Used;
pub use own::{PasskeyItem, PasskeyList, own_passkeys, remove_passkey};
pub use register::{PasskeyAdded, add_passkey, challenge_new_passkey};
pub(super) use sign_in::asserted;
pub use sign_in::{Assertion, challenge_sign_in, sign_in_with_passkey};

/// Most passkeys of one account.
const MOST: usize = 10;

/// This installation as devices know it: a key made for it answers to no other site.
#[derive(Clone)]
pub struct RelyingParty(Arc<Webauthn>);

impl RelyingParty {
    /// The installation at this address. None where browsers make no passkeys: at a bare IP address, or over a
    /// connection that is not encrypted and not of the machine itself.
    #[must_use]
    pub fn at(public_url: &str) -> Option<Self> {
        let origin = Url::parse(public_url).ok()?;
        let host = origin.domain()?.to_owned();
        if origin.scheme() != "https" && host != "localhost" {
            return None;
        }
        let built = WebauthnBuilder::new(&host, &origin).ok()?.rp_name("Filet").build().ok()?;
        Some(Self(Arc::new(built)))
    }
}

#[cfg(test)]
mod tests {
    use super::RelyingParty;

    #[test]
    fn passkeys_are_for_an_installation_with_a_name_and_an_encrypted_connection() {
        assert!(RelyingParty::at("https://filet.example").is_some());
        assert!(RelyingParty::at("http://localhost:8080").is_some());
        assert!(RelyingParty::at("http://filet.example").is_none());
        assert!(RelyingParty::at("http://127.0.0.1:8080").is_none());
        assert!(RelyingParty::at("https://192.0.2.7").is_none());
        assert!(RelyingParty::at("filet").is_none());
    }
}
