//! Writes one action of a scenario: its frame, its words, and each step after it was agreed on.

use authz::{
    acts::{AgreeAction, ManageAction, WorkOnAction},
    fault::Fault,
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    format_mobilisation::{Action, Mobilisation},
    ids::{find, find_all},
    write::{LoadError, Paper, Place, Writer},
    write_meeting::kept,
};
use crate::{
    action::{Status, Turn, Words},
    document::DocumentKind,
    schema::{safety_action, safety_action_step, safety_action_told},
};

/// How an action stood after a step.
struct Standing {
    status: Status,
    ended_at: Option<DateTime<Utc>>,
    owner_agency: Uuid,
    owner: Uuid,
    due_at: DateTime<Utc>,
}

impl Writer<'_> {
    pub(super) async fn action(
        &mut self,
        process: &Mobilisation,
        it: &Action,
        place: &Place<'_>,
    ) -> Result<(), LoadError> {
        let id = find(&self.loaded.actions, &it.key)?;
        let parts = self.parts(place.file)?;
        let writer = find(&self.loaded.users, &it.by)?;
        let words = Words {
            text: it.text.as_deref().map(kept).transpose()?,
            must_not: it.must_not_text.as_deref().map(kept).transpose()?,
        };
        let document = match it.protects.as_slice().first() {
            Some(person) if words.text.is_some() || words.must_not.is_some() => {
                let paper = Paper {
                    name: it.part("words"),
                    kind: DocumentKind::Action,
                    category: Category::SafetyPlan,
                    person,
                    by: &it.by,
                    at: it.at,
                };
                Some(self.paper(place, paper, &words).await?)
            }
            _ => None,
        };
        let meeting = it.meeting.as_ref().map(|key| find(&self.loaded.meetings, key)).transpose()?;
        let agreed = Standing {
            status: Status::Agreed,
            ended_at: None,
            owner_agency: find(&self.loaded.agencies, &it.owner_agency)?,
            owner: find(&self.loaded.users, &it.owner)?,
            due_at: it.due_at,
        };
        insert_into(safety_action::table)
            .values((
                safety_action::id.eq(id),
                safety_action::mobilisation_id.eq(find(&self.loaded.mobilisations, &process.key)?),
                safety_action::cell_id.eq(find(&self.loaded.cells, &process.cell)?),
                safety_action::file_id.eq(parts.id),
                safety_action::kind.eq(&it.kind),
                safety_action::owner_agency.eq(agreed.owner_agency),
                safety_action::owner_account.eq(agreed.owner),
                safety_action::protects.eq(find_all(&parts.persons, &it.protects)?),
                safety_action::written_by.eq(writer),
                safety_action::written_agency.eq(self.agency_now(writer).await?),
                safety_action::written_at.eq(it.at),
                safety_action::due_at.eq(it.due_at),
                safety_action::if_it_fails.eq(&it.if_it_fails),
                safety_action::must_not.eq(&it.must_not),
                safety_action::document_id.eq(document),
                safety_action::meeting_id.eq(meeting),
            ))
            .execute(self.conn)
            .await?;
        self.action_step(process, id, parts.id, (1, Turn::Agree), (&it.by, it.at, &[]), &agreed).await?;
        self.tell_act::<AgreeAction>(place.file, &it.by, it.at).await?;
        self.action_steps(process, it, agreed, place).await?;
        self.action_told(process, it, place).await
    }

    async fn action_steps(
        &mut self,
        process: &Mobilisation,
        it: &Action,
        mut standing: Standing,
        place: &Place<'_>,
    ) -> Result<(), LoadError> {
        let (id, file) = (find(&self.loaded.actions, &it.key)?, self.parts(place.file)?.id);
        let mut evidence = None;
        for (n, step) in it.steps.iter().enumerate() {
            standing.status = standing.status.after(step.by).map_err(|_| Fault::Stored)?;
            standing.ended_at = (!standing.status.is_open()).then_some(step.at);
            standing.due_at = step.due_at.unwrap_or(standing.due_at);
            if let Some(owner) = &step.owner {
                standing.owner_agency = find(&self.loaded.agencies, &owner.agency)?;
                standing.owner = find(&self.loaded.users, &owner.person)?;
            }
            if let (Some(text), Some(person)) = (&step.evidence, it.protects.as_slice().first()) {
                let paper = Paper {
                    name: it.part("evidence"),
                    kind: DocumentKind::Evidence,
                    category: Category::SafetyPlan,
                    person,
                    by: &step.user,
                    at: step.at,
                };
                evidence = Some(self.paper(place, paper, &kept(text)?).await?);
            }
            let position = i16::try_from(n + 2).map_err(|_| Fault::Stored)?;
            let by = (step.user.as_str(), step.at, step.reasons.as_slice());
            self.action_step(process, id, file, (position, step.by), by, &standing).await?;
            if matches!(step.by, Turn::Start | Turn::Finish | Turn::GiveUp) {
                self.tell_act::<WorkOnAction>(place.file, &step.user, step.at).await?;
            } else {
                self.tell_act::<ManageAction>(place.file, &step.user, step.at).await?;
            }
        }
        diesel::update(safety_action::table)
            .filter(safety_action::id.eq(id))
            .set((
                safety_action::status.eq(standing.status.number()),
                safety_action::ended_at.eq(standing.ended_at),
                safety_action::owner_agency.eq(standing.owner_agency),
                safety_action::owner_account.eq(standing.owner),
                safety_action::due_at.eq(standing.due_at),
                safety_action::evidence_id.eq(evidence),
            ))
            .execute(self.conn)
            .await?;
        Ok(())
    }

    async fn action_step(
        &mut self,
        process: &Mobilisation,
        id: Uuid,
        file: Uuid,
        (position, by): (i16, Turn),
        (user, at, reasons): (&str, DateTime<Utc>, &[String]),
        standing: &Standing,
    ) -> Result<(), LoadError> {
        let user = find(&self.loaded.users, user)?;
        insert_into(safety_action_step::table)
            .values((
                safety_action_step::action_id.eq(id),
                safety_action_step::position.eq(position),
                safety_action_step::cell_id.eq(find(&self.loaded.cells, &process.cell)?),
                safety_action_step::file_id.eq(file),
                safety_action_step::by.eq(by.wire()),
                safety_action_step::by_account.eq(user),
                safety_action_step::by_agency.eq(self.agency_now(user).await?),
                safety_action_step::at.eq(at),
                safety_action_step::reasons.eq(reasons),
                safety_action_step::owner_account.eq(standing.owner),
                safety_action_step::due_at.eq(standing.due_at),
            ))
            .execute(self.conn)
            .await?;
        Ok(())
    }

    async fn action_told(
        &mut self,
        process: &Mobilisation,
        it: &Action,
        place: &Place<'_>,
    ) -> Result<(), LoadError> {
        let parts = self.parts(place.file)?;
        for told in &it.told {
            let user = find(&self.loaded.users, &told.by)?;
            insert_into(safety_action_told::table)
                .values((
                    safety_action_told::action_id.eq(find(&self.loaded.actions, &it.key)?),
                    safety_action_told::person_id.eq(find(&parts.persons, &told.person)?),
                    safety_action_told::told_at.eq(told.at),
                    safety_action_told::cell_id.eq(find(&self.loaded.cells, &process.cell)?),
                    safety_action_told::file_id.eq(parts.id),
                    safety_action_told::by_account.eq(user),
                    safety_action_told::by_agency.eq(self.agency_now(user).await?),
                    safety_action_told::channel.eq(&told.channel),
                ))
                .execute(self.conn)
                .await?;
        }
        Ok(())
    }
}
