//! Mobilisations: the process of a rapid intervention cell around one situation, from a worker's worry to a
//! safety net that holds, and to closure. A consultation without identity is never a risk file: it holds codes
//! only, and no file until a discloser opens identity by consent or by an attested disclosure.

mod advance;
mod analyse;
mod appraise;
mod close;
mod consult;
mod decide;
mod find;
mod identify;
mod open_identity;
mod opine;
mod page;
mod people;
mod plan;
mod reappraisal;
mod reopen;
mod repeat;
mod repeat_rule;
mod review;
mod rows;
mod state;
mod transfer;
mod view;
mod words;

pub use advance::Moved;
pub(crate) use advance::{Step, advance, coded, coded_one, file_of, lock, lock_of_file};
pub use analyse::analyse;
pub use appraise::{NewConsultation, appraise};
pub use close::{NewClosure, close, find_file_to_close};
pub use consult::consult;
pub use decide::{Decision, NewDecision, decide};
pub use find::{find, find_for_change, find_to_open_identity, find_to_repeat};
pub use identify::{Identified, NewMobilisation, identify};
pub use open_identity::{NewIdentity, open_identity};
pub use opine::{NewOpinion, Opined, Opinion, opine};
pub use page::{Filter, MobilisationHeadView, page};
pub(crate) use people::tell;
pub use plan::{NewPlan, plan};
pub(crate) use reappraisal::{answer as answer_reappraisal, ask as ask_reappraisal};
pub use reopen::{NewReopening, find_file_to_reopen, reopen};
pub use repeat::{NewRepeat, Repeated, repeat};
pub use repeat_rule::{RepeatRule, RepeatRuleError};
pub use review::{NewReview, review};
pub(crate) use rows::MobilisationRow;
pub use state::{Move, State};
pub use transfer::{NewTransfer, transfer};
pub use view::{Mobilisation, MobilisationView, OpinionView, StepView};
