//! The accounts of an agency, looked after by its admin.

pub mod confirm_role;
pub mod create;
pub mod create_service;
pub mod disable;
pub mod enable;
pub mod end_role;
pub mod end_sessions;
pub mod grant_role;
pub mod invite;
pub mod list;
pub mod read;
pub mod refuse_role;
pub mod reset;
pub mod role_requests;

use authz::{accounts::AccountError, credentials::Weakness};
use domain::{
    validation::{Invalid, Rule},
    value::text::one_line,
};

use crate::problem::{Problem, ProblemKind};

/// Longest name of a person or a program, in characters.
const LONGEST_NAME: usize = 120;

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        let wrong = |pointer: &str, rule| Self::invalid(vec![Invalid::at(pointer, rule)]);
        match error {
            AccountError::Stop(stop) => stop.into(),
            AccountError::Busy => Self { retry_after: Some(1), ..Self::new(ProblemKind::TooManyRequests) },
            AccountError::NotProved => wrong("/password", Rule::ProofWrong),
            AccountError::TokenSpent => wrong("/token", Rule::TokenSpent),
            AccountError::Weak(Weakness::Short) => wrong("/password", Rule::PasswordTooShort),
            AccountError::Weak(Weakness::Long) => wrong("/password", Rule::PasswordTooLong),
            AccountError::Weak(Weakness::Guessable) => wrong("/password", Rule::PasswordGuessable),
            AccountError::WrongCode => wrong("/code", Rule::CodeWrong),
            AccountError::WrongPasskey => wrong("/credential", Rule::PasskeyWrong),
            AccountError::EmailTaken => wrong("/email", Rule::EmailTaken),
            AccountError::KeyTaken => wrong("/key", Rule::Duplicate),
            AccountError::Unknown(member) => wrong(member, Rule::UnknownReference),
            AccountError::Missing(member) => wrong(member, Rule::Missing),
            AccountError::WrongOrder(member) => wrong(member, Rule::WrongOrder),
            AccountError::Past(member) => wrong(member, Rule::InThePast),
            AccountError::NotPossible(member) => wrong(member, Rule::NotPossible),
            AccountError::Conflict(_) => Self::new(ProblemKind::Conflict),
        }
    }
}

/// A name as people write it.
pub(crate) fn name_of(given: &str) -> Result<String, Problem> {
    named(given, "/name")
}

/// A name as people write it, which stands at this place of the body.
pub(crate) fn named(given: &str, pointer: &str) -> Result<String, Problem> {
    one_line(given.trim(), LONGEST_NAME).map_err(|rule| Problem::invalid(vec![Invalid::at(pointer, rule)]))
}

/// A short name as it stands in references and settings.
pub(crate) fn key_of(given: &str) -> Result<String, Problem> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let sound = (2..=40).contains(&given.len())
        && given.bytes().all(plain)
        && given.starts_with(|c: char| c.is_ascii_lowercase())
        && !given.ends_with('-');
    if sound { Ok(given.to_owned()) } else { Err(Problem::invalid(vec![Invalid::at("/key", Rule::NotAKey)])) }
}
