//! Agreeing on an action: exactly one agency, one person of it, an hour, and somebody it protects.

use authz::{
    acts::AgreeAction,
    desk::{Acting, Answer, Permit, Session, Spent},
    fault::{Denied, Stop},
    id::{ActionId, AgencyId, FileId, MeetingId, MobilisationId, PersonId, UserId},
    vocabulary::{Category, Role},
};
use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, dsl::exists,
    insert_into, select,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Status, Turn, rows::ActionRow, turn::leave_step, view::Words};
use crate::{
    agencies,
    document::{DocumentKind, NewDocument, store},
    file::lookup::circle_now,
    inbox::MessageKind,
    mobilisation::{Mobilisation, coded, coded_one, file_of, lock, tell},
    person::known_role,
    refusal::Refusal,
    schema::{account, meeting, person, recusal, role_grant, safety_action},
    validation::{Invalid, Rule},
    value::text,
};

/// An action to agree on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// A code of `action_kind`.
    pub kind: String,
    /// The agency that answers for it, in the file's circle.
    #[schema(value_type = Uuid)]
    pub owner_agency: AgencyId,
    /// The person of that agency who does.
    #[schema(value_type = Uuid)]
    pub owner: UserId,
    /// Whom it protects; its words are about the first.
    #[schema(value_type = Vec<Uuid>)]
    pub protects: Vec<PersonId>,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// What is to be done, in words, through the gate.
    #[serde(default)]
    pub text: Option<String>,
    /// What is done if it fails; codes of `action_fallback`.
    #[serde(default)]
    pub if_it_fails: Vec<String>,
    /// What nobody may do; codes of `action_must_not`.
    #[serde(default)]
    pub must_not: Vec<String>,
    /// The same in words, through the gate.
    #[serde(default)]
    pub must_not_text: Option<String>,
    /// The meeting at which it was decided, if at one: of the same mobilisation, once it was opened.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub meeting: Option<MeetingId>,
}

/// An action that was agreed on.
#[derive(Serialize, ToSchema)]
pub struct ActionAgreed {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: ActionId,
    /// The mobilisation it belongs to.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// When.
    pub at: DateTime<Utc>,
    /// When it is due.
    pub due_at: DateTime<Utc>,
}

impl Answer for ActionAgreed {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/mobilisations/{}/actions/{}", self.mobilisation, self.id))
    }
}

/// Agrees on an action. A respondent does so for the own agency, the coordinator for any of the circle.
///
/// # Errors
/// When something named is unknown here or vaulted away from the agency that would answer for it, or the cell is
/// not at work.
pub async fn agree<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AgreeAction, Mobilisation>,
    new: NewAction,
) -> Result<(Spent<'tx, AgreeAction>, ActionAgreed), Refusal> {
    let (mobilisation, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    let head = lock(session, mobilisation).await?.ok_or(authz::fault::Fault::Stored)?;
    if !who.roles_in(head.cell()).acts_as(Role::Coordinator) && new.owner_agency != who.agency() {
        return Err(Stop::Denied(Denied::Refused { rule: "action.agree" }).into());
    }
    coded_one("action_kind", &new.kind, "/kind")?;
    coded("action_fallback", &new.if_it_fails, "/if_it_fails", false)?;
    coded("action_must_not", &new.must_not, "/must_not", false)?;
    if new.due_at <= now {
        return Err(Refusal::invalid("/due_at", Rule::InThePast));
    }
    let file = file_of(&head)?;
    if !head.state()?.is_at_work() {
        return Err(Refusal::Blocked(Rule::StepNotPossible));
    }
    may_own(session, head.cell_id, file, new.owner_agency, new.owner).await?;
    let protects: Vec<Uuid> = new.protects.iter().map(|person| person.uuid()).collect();
    for (n, person) in protects.iter().enumerate() {
        known_role(session, file, *person, &format!("/protects/{n}")).await?;
    }
    may_protect(session, new.owner_agency, &protects).await?;
    if let Some(meeting) = new.meeting {
        held_here(session, mobilisation, file, meeting).await?;
    }
    let words = Words {
        text: checked(new.text.as_deref(), "/text")?,
        must_not: checked(new.must_not_text.as_deref(), "/must_not_text")?,
    };
    let document = match new.protects.as_slice() {
        [person, ..] if words.text.is_some() || words.must_not.is_some() => {
            let label = NewDocument {
                person: *person,
                kind: DocumentKind::Action,
                category: Category::SafetyPlan,
                vault: None,
                supersedes: None,
            };
            Some(store(session, file, label, &words).await?.uuid())
        }
        _ => None,
    };
    let id: ActionId = session.fresh()?.into();
    let row = ActionRow {
        id: id.uuid(),
        mobilisation_id: head.id,
        cell_id: head.cell_id,
        file_id: file.uuid(),
        kind: new.kind,
        owner_agency: new.owner_agency.uuid(),
        owner_account: new.owner.uuid(),
        protects,
        written_agency: who.agency().uuid(),
        written_at: now,
        due_at: new.due_at,
        status: Status::Agreed.number(),
        ended_at: None,
        if_it_fails: new.if_it_fails,
        must_not: new.must_not,
        document_id: document,
        evidence_id: None,
        meeting_id: new.meeting.map(MeetingId::uuid),
    };
    write(session, &row, who.user()).await?;
    leave_step(session, &row, Turn::Agree, &[]).await?;
    tell(session, &[row.owner_account], MessageKind::ActionAgreed, head.id).await?;
    Ok((spent, ActionAgreed { id, mobilisation, at: now, due_at: row.due_at }))
}

async fn write(session: &Session<'_, Acting>, row: &ActionRow, user: UserId) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(safety_action::table)
        .values((
            safety_action::id.eq(row.id),
            safety_action::mobilisation_id.eq(row.mobilisation_id),
            safety_action::cell_id.eq(row.cell_id),
            safety_action::file_id.eq(row.file_id),
            safety_action::kind.eq(&row.kind),
            safety_action::owner_agency.eq(row.owner_agency),
            safety_action::owner_account.eq(row.owner_account),
            safety_action::protects.eq(&row.protects),
            safety_action::written_by.eq(user.uuid()),
            safety_action::written_agency.eq(row.written_agency),
            safety_action::written_at.eq(row.written_at),
            safety_action::due_at.eq(row.due_at),
            safety_action::status.eq(row.status),
            safety_action::if_it_fails.eq(&row.if_it_fails),
            safety_action::must_not.eq(&row.must_not),
            safety_action::document_id.eq(row.document_id),
            safety_action::meeting_id.eq(row.meeting_id),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// A meeting of this mobilisation, around this file, that was held: nothing is decided before people sit together.
async fn held_here(
    session: &Session<'_, Acting>,
    mobilisation: MobilisationId,
    file: FileId,
    id: MeetingId,
) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let opened: Option<Option<DateTime<Utc>>> = meeting::table
        .filter(meeting::id.eq(id.uuid()))
        .filter(meeting::mobilisation_id.eq(mobilisation.uuid()))
        .filter(meeting::file_id.eq(file.uuid()))
        .select(meeting::opened_at)
        .first(&mut conn)
        .await
        .optional()?;
    match opened {
        Some(Some(_)) => Ok(()),
        Some(None) => Err(Refusal::invalid("/meeting", Rule::MeetingNotOpen)),
        None => Err(Refusal::invalid("/meeting", Rule::UnknownReference)),
    }
}

fn checked(words: Option<&str>, at: &str) -> Result<Option<String>, Refusal> {
    words
        .map(|words| text::several_lines(words, text::LONGEST))
        .transpose()
        .map_err(|rule| Refusal::invalid(at, rule))
}

/// May this person of this agency answer for an action: in the circle, at work in the cell, and not recused? Who
/// is recused is answered like who does not exist.
pub(super) async fn may_own(
    session: &Session<'_, Acting>,
    cell: Uuid,
    file: FileId,
    agency: AgencyId,
    owner: UserId,
) -> Result<(), Refusal> {
    agencies::known(session, &[agency], |_| "/owner_agency".into()).await?;
    if !circle_now(session, file).await?.contains(&agency.uuid()) {
        return Err(Refusal::invalid("/owner_agency", Rule::UnknownReference));
    }
    let now = session.now();
    let working: Vec<i16> = Role::ALL
        .iter()
        .filter(|role| role.inherits().contains(&Role::Worker))
        .map(|role| role.number())
        .collect();
    let recused = recusal::table.filter(recusal::file_id.eq(file.uuid())).select(recusal::human_id);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: bool = select(exists(
        role_grant::table
            .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
            .filter(account::id.eq(owner.uuid()))
            .filter(account::agency_id.eq(agency.uuid()))
            .filter(account::service.eq(false))
            .filter(account::disabled_at.is_null())
            .filter(account::human_id.ne_all(recused))
            .filter(role_grant::cell_id.eq(cell))
            .filter(role_grant::role.eq_any(working))
            .filter(role_grant::valid_from.le(now))
            .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now))),
    ))
    .get_result(&mut conn)
    .await?;
    if there { Ok(()) } else { Err(Refusal::invalid("/owner", Rule::UnknownReference)) }
}

/// Somebody is protected, each once, and the agency that answers for it may know of each.
pub(super) async fn may_protect(
    session: &Session<'_, Acting>,
    agency: AgencyId,
    protects: &[Uuid],
) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let vaults: Vec<(Uuid, Option<Vec<Uuid>>)> = person::table
        .filter(person::id.eq_any(protects))
        .select((person::id, person::vault))
        .load(&mut conn)
        .await?;
    let mut wrong = Vec::new();
    if protects.is_empty() {
        wrong.push(Invalid::at("/protects", Rule::EmptyList));
    }
    for (n, person) in protects.iter().enumerate() {
        let vault = vaults.iter().find(|(id, _)| id == person).and_then(|(_, vault)| vault.as_ref());
        if protects.iter().take(n).any(|other| other == person) {
            wrong.push(Invalid::at(format!("/protects/{n}"), Rule::Duplicate));
        } else if vault.is_some_and(|named| !named.contains(&agency.uuid())) {
            wrong.push(Invalid::at(format!("/protects/{n}"), Rule::Vaulted));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
}
