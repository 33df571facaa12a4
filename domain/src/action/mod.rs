//! Actions of a safety net (*mesures du filet de sécurité*): each has one agency and one person of it who answers
//! for it, an hour by which it is due, and at least one person it protects.

mod agree;
mod due;
mod find;
mod manage;
mod rows;
mod status;
mod told;
mod turn;
mod view;
mod work;

pub use agree::{ActionAgreed, NewAction, agree};
pub(crate) use due::answers_for;
pub(crate) use find::{decided_at, rows_of};
pub use find::{find, find_for_change, list, list_own};
pub use manage::{NewCancellation, NewDue, NewOwner, cancel, entrust, extend};
pub(crate) use rows::ActionRow;
pub use status::{Status, Turn};
pub use told::{NewTold, Told, tell_person};
pub use turn::Turned;
pub use view::{ActionDetails, ActionStepView, ActionView, SafetyAction, ToldView, Words};
pub(crate) use view::{Whole, action_view};
pub use work::{NewOutcome, Outcome, finish, start};
