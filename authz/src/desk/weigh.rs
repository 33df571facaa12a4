//! Asking leave for an act on what stays sealed, and what an act may ask of the gate before it is carried out.

use std::marker::PhantomData;

use serde::Serialize;
use uuid::Uuid;

use super::{
    Disclose, Permit, Scope, Sealed, Session, admit,
    open::object_of,
    permit::{Act, ActContext},
    sealed::{Owner, Resource},
    session::Acting,
};
use crate::{
    etag::{self, IfMatch},
    fault::{Denied, Fault, Stop},
    gate::{self, Gate, Visibility},
    id::AgencyId,
    log::Outcome,
    standing::Standing,
    vocabulary::{AgencyKind, Purpose, Role, RoleSet},
};

impl<'tx> Session<'tx, Acting> {
    /// Asks leave to do `A` to a sealed record and notes it. The record stays sealed.
    ///
    /// # Errors
    /// When the record is absent for the actor, or the act is not allowed.
    pub fn permit<A: Act, R: Resource>(&mut self, on: &Sealed<'tx, R>) -> Result<Permit<'tx, A, R>, Stop> {
        let object = object_of(on);
        match self.weigh::<A, R>(on) {
            Ok(()) => {
                self.note(A::NAME, object, Outcome::Allowed, Vec::new());
                Ok(Permit { id: on.id, act: PhantomData, brand: PhantomData })
            }
            Err(stop) => {
                self.note(A::NAME, object, stop.outcome(), Vec::new());
                Err(stop)
            }
        }
    }

    fn weigh<A: Act, R: Resource>(&self, on: &Sealed<'tx, R>) -> Result<(), Stop> {
        let standing = self.standing()?;
        if A::PURPOSE && matches!(self.purpose()?, Purpose::CaseReview) {
            return Err(Denied::Purpose.into());
        }
        let (_, scope) = on.held.as_ref().ok_or(Denied::Hidden)?;
        let (roles, visibility, owner) = match scope {
            Scope::File(scope) => {
                let ready = self.ready(scope, standing)?;
                let gate = self.gate(&ready, R::DOOR);
                if gate.visibility() == Visibility::Absent {
                    return Err(Denied::Hidden.into());
                }
                let owner = match scope.owner {
                    Owner::Shared => None,
                    Owner::Secret(agency) if agency != standing.agency() => return Err(Denied::Hidden.into()),
                    Owner::Known(agency) | Owner::Secret(agency) => Some(agency),
                };
                (ready.viewer.roles, Some(gate.visibility()), owner)
            }
            Scope::Framed(scope, frame) => {
                let ready = self.ready(scope, standing)?;
                let gate = self.gate(&ready, R::DOOR);
                if !admit::to_frame(frame, &gate, &ready.persons, standing, ready.viewer.roles) {
                    return Err(Denied::Hidden.into());
                }
                (ready.viewer.roles, Some(gate.visibility()), Some(frame.owner))
            }
            Scope::Room(room) => {
                admit::to_room(*room, standing)?;
                let owner = if let super::Room::Agency(agency) = room { Some(*agency) } else { None };
                (room_roles(*room, standing), None, owner)
            }
            Scope::Process(process) => {
                let ready = self.process_ready(process, standing)?;
                let visibility = ready.as_ref().map(|ready| self.gate(ready, R::DOOR).visibility());
                admit::to_process(process, visibility, false, standing)?;
                (standing.roles_in(process.cell), visibility, Some(process.brought_by))
            }
            Scope::Table(table) => {
                let process = &table.process;
                let ready = self.process_ready(process, standing)?;
                let visibility = ready.as_ref().map(|ready| self.gate(ready, R::DOOR).visibility());
                let called = table.called.contains(&standing.user());
                admit::to_process(process, visibility, called, standing)?;
                (standing.roles_in(process.cell), visibility, Some(process.brought_by))
            }
            Scope::Reached(cell) => (standing.roles_in(*cell), None, None),
        };
        let received = matches!(scope, Scope::Process(process) if process.received);
        let (called, seated) = match scope {
            Scope::Table(table) => {
                (table.called.contains(&standing.user()), table.seated.contains(&standing.agency()))
            }
            _ => (false, false),
        };
        let context = ActContext { who: standing, roles, visibility, owner, received, called, seated };
        if A::allowed(&context) { Ok(()) } else { Err(A::refusal().into()) }
    }

    /// What a consent would count for on this file at this moment, before it is recorded.
    ///
    /// # Errors
    /// When the record is no part of a file, or its key is gone.
    pub fn would_count<R: Resource>(
        &self,
        on: &Sealed<'tx, R>,
        consent: &gate::Consent<Uuid>,
    ) -> Result<bool, Stop> {
        let Some((_, Scope::File(scope))) = &on.held else { return Err(Denied::Hidden.into()) };
        let ready = self.ready(scope, self.standing()?)?;
        Ok(gate::counts(consent, &ready.scope, self.now))
    }

    /// On what another agency in the circle could be shown something, were it asked now for the caller's purpose.
    /// For who is about to tell it: shows nothing.
    ///
    /// # Errors
    /// When the record is no part of a file, or its key is gone.
    pub fn would_tell<R: Resource>(
        &self,
        on: &Sealed<'tx, R>,
        to: (AgencyId, AgencyKind),
        label: &gate::Label<Uuid>,
    ) -> Result<Option<gate::Basis<Uuid>>, Stop> {
        let Some((_, Scope::File(scope))) = &on.held else { return Err(Denied::Hidden.into()) };
        let mut ready = self.ready(scope, self.standing()?)?;
        let (agency, kind) = (to.0.uuid(), to.1);
        ready.scope.circle.push(gate::CircleRow { agency, from: self.now, until: None });
        let viewer = gate::Viewer {
            user: Uuid::nil(),
            agency,
            agency_kind: kind,
            roles: [Role::Respondent].into_iter().collect(),
        };
        let purpose = self.purpose()?;
        let gate = Gate::new(&ready.scope, &viewer, purpose, self.now, &self.shared.ceiling);
        Ok(match gate.decide(label) {
            gate::Decision::Disclosed(basis) => Some(basis),
            gate::Decision::Withheld(_) | gate::Decision::Hidden => None,
        })
    }

    /// Compares what the caller last saw with what the caller would see now, and shows nothing.
    ///
    /// # Errors
    /// When they differ, or the record does not show.
    pub fn unchanged<R: Disclose>(&mut self, sealed: Sealed<'tx, R>, seen: &IfMatch) -> Result<(), Stop>
    where
        R::View: Serialize,
    {
        let judged = self.judge(sealed)?;
        let (tag, _) = etag::of(&judged.view).map_err(|_| Fault::Stored)?;
        if seen.matches(&tag) { Ok(()) } else { Err(Stop::Stale) }
    }
}

fn room_roles(room: super::Room, standing: &Standing) -> RoleSet {
    match room {
        super::Room::Cell(cell) => standing.roles_in(cell),
        _ => standing.roles_anywhere(),
    }
}
