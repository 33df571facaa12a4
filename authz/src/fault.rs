//! What can stop a unit of work, in words that carry no content.

use crate::log::LogUnavailable;

/// Refusals: the caller's fault, or the rules'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in, or the session, the account or the agency no longer counts.
    #[error("not signed in")]
    Unauthenticated,
    /// A password must be changed or a second factor set up before anything else.
    #[error("set up first")]
    SetUpFirst,
    /// A read or write of content declared no purpose, or one that it may not have.
    #[error("purpose required")]
    Purpose,
    /// Absent, or forbidden to know: one answer.
    #[error("absent")]
    Hidden,
    /// The caller may know the file, but no role held there opens any content.
    #[error("no content role")]
    NoContentRole,
    /// The caller may see it and may not do this.
    #[error("refused by {rule}")]
    Refused {
        /// Which rule said no; it names an act, never a value.
        rule: &'static str,
    },
}

/// Failures: ours, or the machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The access log could not be written, so nothing may be shown.
    #[error("access log unavailable")]
    Log,
    /// No database connection could be had in time.
    #[error("no database connection")]
    Pool,
    /// The database refused or broke off.
    #[error("database failure")]
    Db,
    /// The keystore could not be read, or sealed bytes did not open.
    #[error("keystore failure")]
    Keys,
    /// A stored row says something the program does not know. Unknown means no.
    #[error("unknown stored value")]
    Stored,
    /// The unit panicked.
    #[error("unit panicked")]
    Panicked,
    /// A unit was started inside another, which would starve the pool.
    #[error("nested unit")]
    Nested,
}

/// Why a unit gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// A refusal.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A failure.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The same `Idempotency-Key` came with another body.
    #[error("idempotency key reused")]
    KeyReused,
    /// `If-Match` does not name what the caller would see now.
    #[error("stale precondition")]
    Stale,
}

impl From<diesel::result::Error> for Fault {
    fn from(error: diesel::result::Error) -> Self {
        tracing::error!(error.kind = %kind(&error), "database statement failed");
        Self::Db
    }
}

impl From<diesel::result::Error> for Stop {
    fn from(error: diesel::result::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<LogUnavailable> for Fault {
    fn from(_: LogUnavailable) -> Self {
        Self::Log
    }
}

impl From<crate::vocabulary::UnknownWord> for Stop {
    fn from(_: crate::vocabulary::UnknownWord) -> Self {
        Self::Fault(Fault::Stored)
    }
}

impl From<crate::keys::KeyError> for Fault {
    fn from(error: crate::keys::KeyError) -> Self {
        tracing::error!(error.kind = %error, "keystore failed");
        Self::Keys
    }
}

/// The kind of a database error for a log line: never its message, which may quote a value.
pub(crate) fn kind(error: &diesel::result::Error) -> &'static str {
    use diesel::result::{DatabaseErrorKind as Kind, Error};
    match error {
        Error::DatabaseError(Kind::UniqueViolation, _) => "unique_violation",
        Error::DatabaseError(Kind::ForeignKeyViolation, _) => "foreign_key_violation",
        Error::DatabaseError(Kind::CheckViolation, _) => "check_violation",
        Error::DatabaseError(Kind::NotNullViolation, _) => "not_null_violation",
        Error::DatabaseError(Kind::SerializationFailure, _) => "serialization_failure",
        Error::DatabaseError(Kind::ClosedConnection, _) => "closed_connection",
        Error::DatabaseError(_, _) => "database",
        Error::NotFound => "not_found",
        Error::DeserializationError(_) => "deserialization",
        Error::SerializationError(_) => "serialization",
        Error::AlreadyInTransaction | Error::NotInTransaction | Error::BrokenTransactionManager => {
            "transaction"
        }
        _ => "other",
    }
}
