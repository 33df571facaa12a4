//! What the register says of one request, and what is wrong with what is to be entered.

use authz::id::{FileId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Term, term::days_after};
use crate::{closed::closed, law::Regime, ledger::Reading, refusal::Refusal, value::text};

closed! {
    /// What is asked for.
    RequestKind {
        /// What the agency holds about the person.
        Held = 0 "held",
        /// Who read it.
        Readers = 1 "readers",
        /// That something be put right.
        Rectification = 2 "rectification",
    }
}

closed! {
    /// Who asks.
    Requester {
        /// The person concerned.
        Person = 0 "person",
        /// Somebody who speaks for her: a parent, a tutor, a mandatary.
        Representative = 1 "representative",
    }
}

closed! {
    /// How it was made sure that whoever asks is who she says.
    Verification {
        /// An identity document was seen; no copy of it is kept.
        Document = 0 "document",
        /// The person is known to somebody of the agency.
        Known = 1 "known",
        /// She answered what only she could.
        Questions = 2 "questions",
        /// The document by which somebody speaks for her was seen.
        Mandate = 3 "mandate",
    }
}

closed! {
    /// What was answered.
    Outcome {
        /// All that was asked for.
        Given = 0 "given",
        /// A part of it.
        InPart = 1 "in_part",
        /// Nothing of it.
        Refused = 2 "refused",
        /// The agency holds nothing.
        NothingHeld = 3 "nothing_held",
    }
}

closed! {
    /// Why a part or the whole was refused.
    Ground {
        /// It would tell of somebody else what is likely to harm her (A-2.1, ss. 86.1–88; P-39.1, s. 40).
        ThirdParty = 0 "third_party",
        /// It would gravely harm the health of the person who asks.
        Health = 1 "health",
        /// It would hamper an investigation.
        Investigation = 2 "investigation",
        /// It would bear on proceedings before a court.
        Proceedings = 3 "proceedings",
        /// It is privileged.
        Privilege = 4 "privilege",
        /// Whoever asks did not show who she is, or that she may speak for another.
        Unverified = 5 "identity_unverified",
        /// Another provision, to be named.
        OtherLaw = 6 "other_law",
    }
}

/// A request to enter, or what it says from now on: whole each time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// The day the agency received it.
    #[schema(format = Date)]
    pub received_on: String,
    /// What is asked for.
    pub kind: RequestKind,
    /// Who asks.
    pub requester: Requester,
    /// What is asked, in short. No name and no way to reach anybody: those stay with the agency.
    pub subject: String,
    /// The file it is about, as far as one is named; looked up nowhere.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub file: Option<FileId>,
    /// The person it is about, as far as one is named; looked up nowhere.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub person: Option<PersonId>,
    /// How it was made sure who asks; may follow.
    #[serde(default)]
    pub verified: Option<NewVerification>,
}

/// How it was made sure who asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVerification {
    /// When.
    #[schema(format = Date)]
    pub on: String,
    /// Who of the agency did.
    pub by: String,
    /// How.
    pub how: Verification,
}

/// What the register says of a request.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct RequestRecord {
    /// The day the agency received it.
    pub received_on: NaiveDate,
    /// What is asked for.
    pub kind: RequestKind,
    /// Who asks.
    pub requester: Requester,
    /// What is asked, in short.
    pub subject: String,
    /// The file it is about, as it was named.
    #[schema(value_type = Option<Uuid>)]
    pub file: Option<FileId>,
    /// The person it is about, as she was named.
    #[schema(value_type = Option<Uuid>)]
    pub person: Option<PersonId>,
    /// How it was made sure who asks.
    pub verified: Option<VerifiedBy>,
    /// The law that governs the agency.
    #[schema(value_type = String)]
    pub regime: Regime,
    /// Days there are to answer.
    pub days: u16,
    /// Days more that were taken.
    pub extension: Option<RequestExtension>,
    /// What was answered.
    pub answer: Option<RequestAnswer>,
}

/// How it was made sure who asks.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct VerifiedBy {
    /// When.
    pub on: NaiveDate,
    /// Who of the agency did.
    pub by: String,
    /// How.
    pub how: Verification,
}

/// More time that was taken.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct RequestExtension {
    /// When that was said to whoever asks.
    pub on: NaiveDate,
    /// How many days more.
    pub days: u16,
    /// Why.
    pub because: String,
}

/// What was answered.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct RequestAnswer {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub outcome: Outcome,
    /// Why not the whole.
    pub grounds: Vec<Ground>,
    /// The same in words.
    pub explanation: Option<String>,
}

impl RequestRecord {
    /// The last day on which it is answered in time.
    #[must_use]
    pub fn due_on(&self) -> NaiveDate {
        let more = self.extension.as_ref().map_or(0, |extension| extension.days);
        days_after(self.received_on, self.days.saturating_add(more))
    }

    /// Was it answered after that day, or is it later than that today?
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.answer.as_ref().map_or(today, |answer| answer.on) > self.due_on()
    }
}

impl NewRequest {
    /// The record that this says, on this day of Québec.
    pub(super) fn checked(
        self,
        today: NaiveDate,
        term: impl FnOnce(NaiveDate) -> Result<&'static Term, Refusal>,
    ) -> Result<RequestRecord, Refusal> {
        let mut read = Reading::default();
        let received = read.past("/received_on", &self.received_on, today);
        let subject = read.words("/subject", &self.subject);
        let verified = self.verified.map(|given| VerifiedBy {
            on: read.later("/verified/on", Some(&given.on), today, None).unwrap_or_default(),
            by: read.line("/verified/by", &given.by),
            how: given.how,
        });
        let received_on = received.unwrap_or_default();
        read.end(())?;
        let term = term(received_on)?;
        Ok(RequestRecord {
            received_on,
            kind: self.kind,
            requester: self.requester,
            subject,
            file: self.file,
            person: self.person,
            verified,
            regime: term.regime,
            days: term.days,
            extension: None,
            answer: None,
        })
    }
}

/// The longest name of somebody of the agency.
const LONGEST_NAME: usize = 200;

impl Reading {
    /// A line that must be there.
    fn line(&mut self, pointer: &str, given: &str) -> String {
        self.note(pointer, text::one_line(given, LONGEST_NAME)).unwrap_or_default()
    }
}
