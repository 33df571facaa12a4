//! Why an operation on accounts was not carried out.

use crate::{
    credentials::{PasswordError, Weakness},
    fault::{Denied, Fault, Stop},
};

/// Why an operation on accounts was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// Refused by the rules, or failed.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// Too many passwords are being checked at once.
    #[error("busy")]
    Busy,
    /// The password or the second factor given as proof is not right, or the account is locked.
    #[error("not proved")]
    NotProved,
    /// The token of an invitation or a reset serves no more, or never did.
    #[error("token spent")]
    TokenSpent,
    /// The chosen password is weak.
    #[error("weak password")]
    Weak(Weakness),
    /// The code does not belong to the second factor being set up.
    #[error("wrong code")]
    WrongCode,
    /// The device's answer belongs to no challenge that waits.
    #[error("wrong passkey")]
    WrongPasskey,
    /// Somebody signs in with this address already.
    #[error("e-mail taken")]
    EmailTaken,
    /// The short name is another's.
    #[error("key taken")]
    KeyTaken,
    /// This member of the input names nothing that can be used here.
    #[error("unknown reference at {0}")]
    Unknown(&'static str),
    /// This member of the input is needed for what is asked.
    #[error("missing {0}")]
    Missing(&'static str),
    /// This member of the input lies before what it should follow.
    #[error("wrong order at {0}")]
    WrongOrder(&'static str),
    /// This moment of the input is over.
    #[error("past at {0}")]
    Past(&'static str),
    /// This member of the input is not possible for this account.
    #[error("not possible at {0}")]
    NotPossible(&'static str),
    /// The state of the account does not allow it.
    #[error("conflict: {0}")]
    Conflict(&'static str),
}

impl From<PasswordError> for AccountError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::Busy,
            PasswordError::Hash => Self::Stop(Stop::Fault(Fault::Keys)),
        }
    }
}

impl From<Denied> for AccountError {
    fn from(denied: Denied) -> Self {
        Self::Stop(denied.into())
    }
}

impl From<Fault> for AccountError {
    fn from(fault: Fault) -> Self {
        Self::Stop(fault.into())
    }
}

impl From<diesel::result::Error> for AccountError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Stop(error.into())
    }
}
