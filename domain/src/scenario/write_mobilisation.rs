//! Writes one mobilisation of a scenario: where its steps led, and each of them.

use authz::{fault::Fault, id::UserId};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;

use super::{
    format_mobilisation::Mobilisation,
    ids::find,
    write::{LoadError, Writer},
};
use crate::{
    mobilisation::{Move, State},
    schema::{mobilisation, mobilisation_opinion, mobilisation_step},
};

impl Writer<'_> {
    pub(super) async fn mobilisation(&mut self, it: &Mobilisation) -> Result<(), LoadError> {
        let id = find(&self.loaded.mobilisations, &it.key)?;
        let cell = find(&self.loaded.cells, &it.cell)?;
        let file = match &it.file {
            None => None,
            Some(key) => Some(self.loaded.files.get(key).ok_or(LoadError::Fault(Fault::Stored))?.id),
        };
        let at = |by: Move| -> Option<DateTime<Utc>> {
            it.steps.iter().rev().find(|step| step.by == by).map(|step| step.at)
        };
        let opened =
            it.steps.as_slice().first().map(|step| step.at).ok_or(LoadError::Fault(Fault::Stored))?;
        let codes = it.consultation.as_ref();
        insert_into(mobilisation::table)
            .values((
                mobilisation::id.eq(id),
                mobilisation::cell_id.eq(cell),
                mobilisation::reference.eq(&it.key),
                mobilisation::state.eq(state_of(it)?.number()),
                mobilisation::brought_by.eq(find(&self.loaded.agencies, &it.brought_by)?),
                mobilisation::own_reference.eq(&it.own_reference),
                mobilisation::file_id.eq(file),
                mobilisation::age_band.eq(codes.map(|codes| &codes.age_band)),
                mobilisation::region.eq(codes.map(|codes| &codes.region)),
                mobilisation::factors.eq(codes.map(|codes| &codes.factors)),
                mobilisation::services.eq(codes.map(|codes| &codes.services)),
                mobilisation::level.eq(codes.map(|codes| &codes.level)),
                mobilisation::urgent.eq(it.urgent),
                mobilisation::opened_at.eq(opened),
            ))
            .execute(self.conn)
            .await?;
        let to = it.transferred_to.as_ref().map(|key| find(&self.loaded.cells, key)).transpose()?;
        diesel::update(mobilisation::table)
            .filter(mobilisation::id.eq(id))
            .set((
                mobilisation::transferred_to.eq(to),
                mobilisation::consulted_at.eq(at(Move::Consult)),
                mobilisation::decided_at.eq(at(Move::Trigger).or_else(|| at(Move::Dismiss))),
                mobilisation::triggered_at.eq(at(Move::Trigger)),
                mobilisation::identity_at.eq(at(Move::OpenIdentity)),
                mobilisation::met_at
                    .eq(met_at(it).or_else(|| at(Move::Plan).and_then(|_| at(Move::Convene)))),
                mobilisation::planned_at.eq(at(Move::Plan)),
                mobilisation::review_at.eq(it.review_at),
                mobilisation::closed_at.eq(at(Move::Close)),
                mobilisation::residual_level.eq(&it.residual_level),
                mobilisation::due_at.eq(it.due_at),
            ))
            .execute(self.conn)
            .await?;
        let mut state = State::Identified;
        for (place, step) in it.steps.iter().enumerate() {
            if place > 0 {
                state = state.after(step.by).map_err(|_| Fault::Stored)?;
            }
            let user = find(&self.loaded.users, &step.user)?;
            let agency = authz::accounts::agency_of(self.conn, UserId::from_uuid(user)).await?;
            insert_into(mobilisation_step::table)
                .values((
                    mobilisation_step::mobilisation_id.eq(id),
                    mobilisation_step::position.eq(i16::try_from(place + 1).map_err(|_| Fault::Stored)?),
                    mobilisation_step::cell_id.eq(cell),
                    mobilisation_step::file_id.eq(file),
                    mobilisation_step::by.eq(step.by.wire()),
                    mobilisation_step::state.eq(state.number()),
                    mobilisation_step::by_account.eq(user),
                    mobilisation_step::by_agency.eq(agency.uuid()),
                    mobilisation_step::at.eq(step.at),
                    mobilisation_step::reasons.eq(&step.reasons),
                ))
                .execute(self.conn)
                .await?;
        }
        for said in &it.opinions {
            let user = find(&self.loaded.users, &said.user)?;
            let agency = authz::accounts::agency_of(self.conn, UserId::from_uuid(user)).await?;
            insert_into(mobilisation_opinion::table)
                .values((
                    mobilisation_opinion::mobilisation_id.eq(id),
                    mobilisation_opinion::agency_id.eq(agency.uuid()),
                    mobilisation_opinion::cell_id.eq(cell),
                    mobilisation_opinion::account_id.eq(user),
                    mobilisation_opinion::opinion.eq(said.opinion.number()),
                    mobilisation_opinion::reasons.eq(&said.reasons),
                    mobilisation_opinion::at.eq(said.at),
                ))
                .execute(self.conn)
                .await?;
        }
        Ok(())
    }
}

/// When the cell first met, where its meetings are told.
fn met_at(it: &Mobilisation) -> Option<DateTime<Utc>> {
    let closed = it.meetings.iter().map(|meeting| &meeting.it).filter(|meeting| meeting.closed_at.is_some());
    closed.filter_map(|meeting| meeting.opened_at).min()
}

/// Where the steps led; the references were checked before.
fn state_of(it: &Mobilisation) -> Result<State, LoadError> {
    it.steps
        .iter()
        .skip(1)
        .try_fold(State::Identified, |state, step| state.after(step.by))
        .map_err(|_| LoadError::Fault(Fault::Stored))
}
