//! What goes wrong, as the outside world is told of it (RFC 9457).
//!
//! One type for path, query, body, authentication, rules and failures. What the client reads comes
//! from reviewed texts; what failed inside goes to the log and never into a body.

mod catalogue;
mod render;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use authz::fault::{Denied, Fault, Stop};
use domain::{
    refusal::Refusal,
    validation::{Invalid, Rule},
};

pub use catalogue::ProblemKind;
pub use render::{body_of, finish, language};

/// One problem, not yet put into the caller's language.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind:?}")]
pub struct Problem {
    /// Which.
    pub kind: ProblemKind,
    /// What is wrong in the input, if the input is.
    pub errors: Vec<Invalid>,
    /// After how many seconds it is worth trying again.
    pub retry_after: Option<u32>,
    /// The methods that do exist here.
    pub allow: Option<String>,
}

impl Problem {
    /// A problem with nothing to add.
    #[must_use]
    pub const fn new(kind: ProblemKind) -> Self {
        Self { kind, errors: Vec::new(), retry_after: None, allow: None }
    }

    /// The input is wrong in these places.
    #[must_use]
    pub const fn invalid(errors: Vec<Invalid>) -> Self {
        Self { kind: ProblemKind::Invalid, errors, retry_after: None, allow: None }
    }

    /// The state does not allow it, for this reason.
    #[must_use]
    pub fn blocked(rule: Rule) -> Self {
        Self::blocked_times(rule, 1)
    }

    /// The same, for a reason that holds so many times.
    #[must_use]
    pub fn blocked_times(rule: Rule, times: usize) -> Self {
        let errors = vec![Invalid::at("", rule); times];
        Self { kind: ProblemKind::Conflict, errors, retry_after: None, allow: None }
    }

    /// The query is wrong at this parameter.
    #[must_use]
    pub fn bad_query(parameter: &str, rule: Rule) -> Self {
        let errors = vec![Invalid::at(parameter, rule)];
        Self { kind: ProblemKind::BadQuery, errors, retry_after: None, allow: None }
    }

    /// Not now: the database or the log is away.
    #[must_use]
    pub const fn unavailable() -> Self {
        Self { kind: ProblemKind::Unavailable, errors: Vec::new(), retry_after: Some(2), allow: None }
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        Self::new(match stop {
            Stop::Denied(Denied::Unauthenticated) => ProblemKind::Unauthenticated,
            Stop::Denied(Denied::SetUpFirst) => ProblemKind::SetUpFirst,
            Stop::Denied(Denied::Purpose) => ProblemKind::PurposeRequired,
            Stop::Denied(Denied::Hidden) => ProblemKind::NotFound,
            Stop::Denied(Denied::NoContentRole) => ProblemKind::NoContentRole,
            Stop::Denied(Denied::Refused { .. }) => ProblemKind::NotPermitted,
            Stop::KeyReused => ProblemKind::IdempotencyConflict,
            Stop::Stale => ProblemKind::PreconditionFailed,
            Stop::Fault(Fault::Log | Fault::Pool | Fault::Db) => return Self::unavailable(),
            Stop::Fault(Fault::Keys | Fault::Stored | Fault::Panicked | Fault::Nested) => {
                ProblemKind::Internal
            }
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Stop(stop) => stop.into(),
            Refusal::Invalid(errors) => Self::invalid(errors),
            Refusal::Conflict(_) => Self::new(ProblemKind::Conflict),
            Refusal::Blocked(rule) => Self::blocked(rule),
            Refusal::BlockedTimes(rule, times) => Self::blocked_times(rule, times),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An empty answer of the right status: [`finish`] writes the body in the caller's language.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
