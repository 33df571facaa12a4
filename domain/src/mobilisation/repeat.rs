//! A repeat (*répétition*): any new instance of abuse within the window goes back before the cell, whatever the
//! threshold. Identity is known already: it is the same file.

use authz::{
    acts::ReportRepeat,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{FileId, MobilisationId},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Mobilisation, Move, RepeatRule, State,
    advance::{Step, coded, file_of, leave_step, lock, standards},
    identify::reference,
    people::tell_around,
    rows::MobilisationRow,
};
use crate::{
    file::{
        lookup::circle_now,
        merged::{merged_into, together},
    },
    inbox::MessageKind,
    refusal::Refusal,
    schema::mobilisation,
    validation::Rule,
};

/// A new event to report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRepeat {
    /// Why; codes of `mobilisation_reason`. What happened is recorded in the file, as a fact.
    pub reasons: Vec<String>,
}

/// The mobilisation that a new event began.
#[derive(Serialize, ToSchema)]
pub struct Repeated {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MobilisationId,
    /// What people call it.
    pub reference: String,
    /// The mobilisation it follows.
    #[schema(value_type = Uuid)]
    pub repeat_of: MobilisationId,
    /// Version of the rule.
    pub repeat_rule: i16,
    /// When it was brought to the cell.
    pub at: DateTime<Utc>,
    /// When its analysis is due.
    pub due_at: DateTime<Utc>,
}

impl Answer for Repeated {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/mobilisations/{}", self.id))
    }
}

/// Brings the situation of this mobilisation back before the cell.
///
/// # Errors
/// When one is under way, the window since the last referral is over, or a code is unknown.
pub async fn repeat<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ReportRepeat, Mobilisation>,
    new: NewRepeat,
) -> Result<(Spent<'tx, ReportRepeat>, Repeated), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, agency) = (session.now(), session.standing()?.agency());
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let known = file_of(&head)?;
    let file = where_it_goes_on(session, known).await?;
    let last = last_referral(session, &together(session, known).await?).await?;
    let rule = RepeatRule::in_force(now)
        .filter(|rule| last.consulted_at.is_some_and(|referred| rule.reaches(referred, now)));
    let rule = rule.ok_or(Refusal::Blocked(Rule::RepeatWindowOver))?;
    let (hours, ..) = standards(session, head.cell_id).await?;
    let due = now + TimeDelta::hours(i64::from(hours));
    let made: MobilisationId = session.fresh()?.into();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let row: MobilisationRow = insert_into(mobilisation::table)
        .values((
            (
                mobilisation::id.eq(made.uuid()),
                mobilisation::cell_id.eq(head.cell_id),
                mobilisation::reference.eq(reference(made)),
                mobilisation::state.eq(State::Consulted.number()),
                mobilisation::brought_by.eq(agency.uuid()),
                mobilisation::file_id.eq(file.uuid()),
                mobilisation::repeat_of.eq(last.id),
                mobilisation::repeat_rule.eq(rule.version),
            ),
            mobilisation::age_band.eq(&last.age_band),
            mobilisation::region.eq(&last.region),
            mobilisation::factors.eq(&last.factors),
            mobilisation::services.eq(&last.services),
            mobilisation::level.eq(&last.level),
            mobilisation::opened_at.eq(now),
            mobilisation::consulted_at.eq(now),
            mobilisation::identity_at.eq(now),
            mobilisation::due_at.eq(due),
        ))
        .returning(MobilisationRow::as_returning())
        .get_result(&mut conn)
        .await?;
    let step = Step { by: Move::Consult, reasons: &new.reasons, document: None };
    leave_step(session, row.id, row.cell_id, row.file_id, State::Consulted, step).await?;
    tell_around(session, &row, MessageKind::MobilisationRepeat).await?;
    let answer = Repeated {
        id: made,
        reference: row.reference,
        repeat_of: MobilisationId::from_uuid(last.id),
        repeat_rule: rule.version,
        at: now,
        due_at: due,
    };
    Ok((spent, answer))
}

/// The file in which the situation goes on: past mergers, if the actor's agency is in its circle.
async fn where_it_goes_on(session: &Session<'_, Acting>, known: FileId) -> Result<FileId, Refusal> {
    let mut file = known;
    while let Some(next) = merged_into(session, file).await? {
        file = next;
    }
    let agency = session.standing()?.agency().uuid();
    if file == known || circle_now(session, file).await?.contains(&agency) {
        Ok(file)
    } else {
        Err(Refusal::Blocked(Rule::FileMerged))
    }
}

/// The mobilisation by which this situation, of the same persons, was last brought to the cell.
async fn last_referral(session: &Session<'_, Acting>, files: &[Uuid]) -> Result<MobilisationRow, Refusal> {
    let open: Vec<i16> =
        State::ALL.iter().filter(|state| state.is_open()).map(|state| state.number()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let around = || mobilisation::table.filter(mobilisation::file_id.eq_any(files));
    let under_way: i64 =
        around().filter(mobilisation::state.eq_any(open)).count().get_result(&mut conn).await?;
    if under_way > 0 {
        return Err(Refusal::Blocked(Rule::StillOpen));
    }
    let last: Option<MobilisationRow> = around()
        .filter(mobilisation::consulted_at.is_not_null())
        .order((mobilisation::consulted_at.desc(), mobilisation::id.desc()))
        .select(MobilisationRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    last.ok_or(Refusal::Blocked(Rule::RepeatWindowOver))
}
