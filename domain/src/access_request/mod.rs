//! Requests for access (*demandes d'accès*): what a person, or who speaks for her, asks an agency to show, to say or to
//! put right; when it is due under the agency's law, and what was answered.
//!
//! INVARIANT: a file or a person named in a request is a handle as it was given, looked up nowhere: a request about
//! somebody nobody knows is entered, shown and answered as any other.

mod amend;
mod answer;
mod enter;
mod extend;
mod find;
mod record;
mod term;

pub use amend::{RequestAmended, amend};
pub use answer::{NewAnswer, RequestAnswered, answer};
pub use enter::{RequestEntered, enter};
pub use extend::{NewExtension, RequestExtended, extend};
pub use find::{
    AccessRequest, RequestLine, RequestRegister, RequestVersion, RequestView, RequestsView, TermView, find,
    find_all, find_for_change, find_register, find_waiting,
};
pub use record::{
    Ground, NewRequest, NewVerification, Outcome, RequestAnswer, RequestExtension, RequestKind,
    RequestRecord, Requester, Verification, VerifiedBy,
};
pub use term::{Term, Terms};
