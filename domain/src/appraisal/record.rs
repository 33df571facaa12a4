//! Recording an appraisal, or the correction of one.

use authz::{
    acts::RecordAppraisal,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, DocumentId, FileId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use chrono_tz::America::Toronto;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Body;
use crate::{
    agencies::own_key,
    document::{DocumentKind, NewDocument, store},
    file::view::RiskFile,
    instrument::{Answers, Judgement, Level, Library},
    refusal::Refusal,
    validation::{Invalid, Rule},
    value::text,
};

/// An appraisal to record. Its source is the recorder's agency: no member says so.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAppraisal {
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Code of the instrument.
    pub instrument: String,
    /// Its version; the newest, if not said.
    #[serde(default)]
    pub version: Option<i16>,
    /// By item: `answer`, `source` if not the person, `known_on`. An item that is not there was not asked.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// The level, a code of `risk_level`: always a person's, never the instrument's.
    #[schema(value_type = String)]
    pub level: Level,
    /// Why; needed when the level differs from what the instrument suggests.
    #[serde(default)]
    pub reasons: Option<String>,
    /// What is said of imminence: how, where, when.
    #[serde(default)]
    pub imminence: Option<String>,
    /// That one has the training which the holder of the instrument asks for.
    #[serde(default)]
    pub training_attested: bool,
    /// The agencies that may receive it at all; absent: no vault, or that of what it corrects; empty: nobody else.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
    /// The appraisal of one's own agency that this one corrects.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub supersedes: Option<DocumentId>,
}

/// An appraisal that was recorded.
#[derive(Serialize, ToSchema)]
pub struct AppraisalRecorded {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    #[serde(skip)]
    file: Option<FileId>,
}

impl Answer for AppraisalRecorded {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        self.file.map(|file| format!("/api/v1/files/{file}/appraisals/{}", self.id))
    }
}

/// Records an appraisal. The level changes nothing by itself: what follows from it, people decide.
///
/// # Errors
/// When the instrument may not be used, an answer is not one of its item, or reasons are missing.
pub async fn record<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RecordAppraisal, RiskFile>,
    new: NewAppraisal,
) -> Result<(Spent<'tx, RecordAppraisal>, AppraisalRecorded), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let library = Library::load(session).await?;
    let agency = own_key(session).await?;
    let instrument = library
        .find(&new.instrument, new.version)
        .ok_or_else(|| Refusal::invalid("/instrument", Rule::UnknownInstrument))?;
    if let Err(unusable) = instrument.may_use(&agency, new.training_attested) {
        return Err(Refusal::invalid(unusable.pointer(), unusable.rule()));
    }
    let mut wrong: Vec<Invalid> = Vec::new();
    if let Err(answers) = instrument.check_answers(&new.answers) {
        wrong.extend(answers.into_iter().map(|one| one.under("/answers")));
    }
    let today = session.now().with_timezone(&Toronto).date_naive();
    let ahead = new
        .answers
        .iter()
        .filter(|(id, given)| instrument.item(id).is_some() && given.known_on.is_some_and(|day| day > today));
    wrong.extend(ahead.map(|(id, _)| Invalid::at(format!("/answers/{id}/known_on"), Rule::InTheFuture)));
    let reasons = words(new.reasons.as_deref(), "/reasons", &mut wrong);
    let imminence = words(new.imminence.as_deref(), "/imminence", &mut wrong);
    let suggestion = instrument.outcome(&new.answers).suggestion;
    let judged = Judgement::new(new.level, suggestion, new.reasons.as_deref());
    let judged = match judged {
        Ok(judged) if wrong.is_empty() => judged,
        Ok(_) => return Err(Refusal::Invalid(wrong)),
        Err(missing) => {
            wrong.push(missing);
            return Err(Refusal::Invalid(wrong));
        }
    };
    let body = Body {
        instrument: instrument.code.clone(),
        version: instrument.version,
        answers: new.answers,
        level: judged.level(),
        stance: judged.stance(),
        reasons,
        imminence,
        training_attested: new.training_attested,
    };
    let document = NewDocument {
        person: new.person,
        kind: DocumentKind::Appraisal,
        category: Category::RiskAppraisal,
        vault: new.vault.as_deref(),
        supersedes: new.supersedes,
    };
    let id = store(session, file, document, &body).await?;
    Ok((spent, AppraisalRecorded { id, recorded_at: session.now(), file: Some(file) }))
}

fn words(given: Option<&str>, at: &str, wrong: &mut Vec<Invalid>) -> Option<String> {
    let read = given.map(|words| text::several_lines(words, text::LONGEST)).transpose();
    read.unwrap_or_else(|rule| {
        wrong.push(Invalid::at(at, rule));
        None
    })
}
