//! The seven-point record: given with the act, or within twenty-four hours and then marked late after.

use authz::{
    acts::CompleteRecord,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{DisclosureId, FileId},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{DisclosureRecord, NewRecord, record_place};
use crate::{
    person::known_role,
    refusal::Refusal,
    schema::disclosure,
    validation::{Invalid, Rule},
    value::text,
};

/// A record that was completed.
#[derive(Serialize, ToSchema)]
pub struct RecordCompleted {
    /// The act.
    #[schema(value_type = Uuid)]
    pub id: DisclosureId,
    /// When.
    pub completed_at: DateTime<Utc>,
    /// Over twenty-four hours after the act?
    pub late: bool,
}

impl Answer for RecordCompleted {
    const STATUS: u16 = 200;
}

/// How long the record may follow the act.
pub(super) const DUE: TimeDelta = TimeDelta::hours(24);

/// Checks a record and seals it.
pub(super) async fn seal_record(
    session: &Session<'_, Acting>,
    file: FileId,
    act: DisclosureId,
    record: &NewRecord,
    pointer: &str,
) -> Result<Vec<u8>, Refusal> {
    if record.exposed.is_empty() {
        return Err(Refusal::invalid(&format!("{pointer}/exposed"), Rule::EmptyList));
    }
    for (n, person) in record.exposed.iter().enumerate() {
        known_role(session, file, person.uuid(), &format!("{pointer}/exposed/{n}")).await?;
    }
    let mut wrong = Vec::new();
    for (name, words) in [
        ("act_feared", &record.act_feared),
        ("danger", &record.danger),
        ("urgency", &record.urgency),
        ("information", &record.information),
    ] {
        if let Err(rule) = text::several_lines(words, text::LONGEST) {
            wrong.push(Invalid::at(format!("{pointer}/{name}"), rule));
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    let plain = serde_json::to_vec(record).map_err(|_| authz::fault::Fault::Stored)?;
    Ok(session.keys(Key::take()).open(file)?.seal(&record_place(act.uuid()), &plain)?)
}

/// Completes the record of an act.
///
/// # Errors
/// When it was complete, something is missing, or the machine fails.
pub async fn complete<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CompleteRecord, DisclosureRecord>,
    file: FileId,
    record: NewRecord,
) -> Result<(Spent<'tx, CompleteRecord>, RecordCompleted), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let sealed = seal_record(session, file, id, &record, "").await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let made: Vec<DateTime<Utc>> = diesel::update(
        disclosure::table
            .filter(disclosure::id.eq(id.uuid()))
            .filter(disclosure::record_completed_at.is_null()),
    )
    .set((disclosure::record_sealed.eq(sealed), disclosure::record_completed_at.eq(now)))
    .returning(disclosure::made_at)
    .get_results(&mut conn)
    .await?;
    let made = made.into_iter().next().ok_or(Refusal::Conflict("disclosure.record"))?;
    Ok((spent, RecordCompleted { id, completed_at: now, late: now > made + DUE }))
}
