//! Opening what is sealed: judge, disclose, and note it for the log. No other place does.

use std::{cell::RefCell, marker::PhantomData};

use door::Key;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Disclose, Door, Grant, Pending, Permit, Scope, Sealed, Session, admit,
    grant::FileGrant,
    permit::{Act, ActContext},
    sealed::{FileScope, Owner, ProcessScope, Resource},
    session::{Acting, Object},
};
use crate::{
    etag::{self, IfMatch},
    fault::{Denied, Fault, Stop},
    gate::{self, Gate, Visibility},
    id::AgencyId,
    keys::{FileKey, KeyError, Place},
    log::{DisclosedPart, Outcome},
    standing::Standing,
    vocabulary::{AgencyKind, Purpose, Role, RoleSet},
};

impl<'tx, M> Session<'tx, M> {
    /// Opens one sealed record: decides, builds the view, notes the row. The view stays pending until
    /// the row is committed.
    ///
    /// # Errors
    /// When the record is absent for this viewer, refused, or cannot be read.
    pub fn open<R: Disclose>(&mut self, sealed: Sealed<'tx, R>) -> Result<Pending<'tx, R::View>, Stop> {
        let object = object_of(&sealed);
        match self.judge(sealed) {
            Ok(judged) => {
                self.note(R::READ, object, Outcome::Allowed, judged.shown);
                Ok(Pending::new(judged.view))
            }
            Err(stop) => {
                self.note(R::READ, object, stop.outcome(), Vec::new());
                Err(stop)
            }
        }
    }

    /// Opens one sealed record that may show nothing: then it is absent.
    ///
    /// # Errors
    /// When the record is absent for this viewer, refused, or cannot be read.
    pub fn open_some<R, V: 'static>(&mut self, sealed: Sealed<'tx, R>) -> Result<Pending<'tx, V>, Stop>
    where
        R: Disclose<View = Option<V>>,
    {
        let object = object_of(&sealed);
        let judged =
            self.judge(sealed).and_then(|judged| Ok((judged.view.ok_or(Denied::Hidden)?, judged.shown)));
        match judged {
            Ok((view, shown)) => {
                self.note(R::READ, object, Outcome::Allowed, shown);
                Ok(Pending::new(view))
            }
            Err(stop) => {
                self.note(R::READ, object, stop.outcome(), Vec::new());
                Err(stop)
            }
        }
    }

    /// Judges whether one may know of a record at all, and shows nothing of it: for what hangs on it. Who may not
    /// leaves a row.
    ///
    /// # Errors
    /// When the record is absent for this viewer, refused, or cannot be read.
    pub fn pass<R: Disclose>(&mut self, sealed: Sealed<'tx, R>) -> Result<(), Stop> {
        let object = object_of(&sealed);
        self.judge(sealed)
            .map(|_| ())
            .inspect_err(|stop| self.note(R::READ, object, stop.outcome(), Vec::new()))
    }

    /// Opens the heads of a page under one row.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn open_page<R: Disclose>(
        &mut self,
        heads: Vec<Sealed<'tx, R>>,
    ) -> Result<Pending<'tx, Vec<R::View>>, Stop> {
        let mut views = Vec::with_capacity(heads.len());
        let mut shown = Vec::new();
        for head in heads {
            let judged = self.judge(head)?;
            views.push(judged.view);
            shown.extend(judged.shown);
        }
        self.note(R::READ, Object::kind(R::KIND), Outcome::Allowed, shown);
        Ok(Pending::new(views))
    }

    /// Opens candidates one by one and keeps those that show something. Each kept one leaves a row,
    /// and so does a search that finds nothing.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn sift<R, V: 'static>(
        &mut self,
        candidates: Vec<Sealed<'tx, R>>,
    ) -> Result<Pending<'tx, Vec<V>>, Stop>
    where
        R: Disclose<View = Option<V>>,
    {
        let mut kept = Vec::new();
        self.note(R::READ, Object::kind(R::KIND), Outcome::Allowed, Vec::new());
        for candidate in candidates {
            let object = object_of(&candidate);
            match self.judge(candidate) {
                Ok(Judged { view: Some(view), shown }) => {
                    self.note(R::READ, object, Outcome::Allowed, shown);
                    kept.push(view);
                }
                Ok(_) | Err(Stop::Denied(_)) => {}
                Err(stop) => return Err(stop),
            }
        }
        Ok(Pending::new(kept))
    }

    /// Would the caller be shown what carries this label? For reading no more than that from the database:
    /// shows nothing, and the record is judged all the same.
    ///
    /// # Errors
    /// When nobody asked who the caller is, or the keystore fails.
    pub fn would_show(&self, _: Key, scope: &FileScope, label: &gate::Label<Uuid>) -> Result<bool, Stop> {
        let ready = match self.ready(scope, self.standing()?) {
            Err(Stop::Denied(Denied::Hidden)) => return Ok(false),
            ready => ready?,
        };
        let decision = self.gate(&ready, Door::Content).decide(label);
        Ok(matches!(decision, gate::Decision::Disclosed(_)))
    }

    fn judge<R: Disclose>(&self, sealed: Sealed<'tx, R>) -> Result<Judged<R::View>, Stop> {
        let standing = self.standing()?;
        if R::DOOR == Door::Content {
            self.purpose()?;
        }
        let (record, scope) = sealed.held.ok_or(Denied::Hidden)?;
        match scope {
            Scope::File(scope) => {
                let ready = self.ready(&scope, standing)?;
                let gate = self.gate(&ready, R::DOOR);
                let recused = scope.recused.contains(&standing.human());
                admit::to_file(R::DOOR, gate.visibility(), recused, ready.viewer.roles)?;
                let file = FileGrant { gate: &gate, key: Some(&ready.key), persons: &ready.persons };
                disclose(record, standing, ready.viewer.roles, Some(file))
            }
            Scope::Framed(scope, frame) => {
                let ready = self.ready(&scope, standing)?;
                let gate = self.gate(&ready, R::DOOR);
                admit::to_file(R::DOOR, gate.visibility(), false, ready.viewer.roles)?;
                if !admit::to_frame(&frame, &gate, &ready.persons, standing, ready.viewer.roles) {
                    return Err(Denied::Hidden.into());
                }
                let file = FileGrant { gate: &gate, key: Some(&ready.key), persons: &ready.persons };
                disclose(record, standing, ready.viewer.roles, Some(file))
            }
            Scope::Process(process) => {
                let ready = self.process_ready(&process, standing)?;
                let gate = ready.as_ref().map(|ready| self.gate(ready, R::DOOR));
                admit::to_process(&process, gate.as_ref().map(Gate::visibility), false, standing)?;
                let file = process_file(gate.as_ref(), ready.as_ref());
                disclose(record, standing, standing.roles_in(process.cell), file)
            }
            Scope::Table(table) => {
                let ready = self.process_ready(&table.process, standing)?;
                let gate = ready.as_ref().map(|ready| self.gate(ready, R::DOOR));
                let called = table.called.contains(&standing.user());
                let visibility = gate.as_ref().map(Gate::visibility);
                admit::to_process(&table.process, visibility, called, standing)?;
                let file = process_file(gate.as_ref(), ready.as_ref());
                let frame = ready
                    .as_ref()
                    .filter(|_| called || visibility == Some(Visibility::Circle))
                    .map(|ready| &ready.key);
                disclose_framed(record, standing, standing.roles_in(table.process.cell), file, frame)
            }
            Scope::Room(room) => {
                admit::to_room(room, standing)?;
                disclose(record, standing, RoleSet::EMPTY, None)
            }
            Scope::Reached(cell) if standing.roles_in(cell).is_empty() => Err(Denied::Hidden.into()),
            Scope::Reached(cell) => disclose(record, standing, standing.roles_in(cell), None),
        }
    }

    fn gate<'g>(&'g self, ready: &'g Ready, door: Door) -> Gate<'g, Uuid> {
        Gate::new(&ready.scope, &ready.viewer, self.gate_purpose(door), self.now, &self.shared.ceiling)
    }

    /// The file of a process, once identity is open and while its key is there.
    fn process_ready(&self, process: &ProcessScope, standing: &Standing) -> Result<Option<Ready>, Stop> {
        let Some(file) = &process.file else { return Ok(None) };
        match self.ready(file, standing) {
            Ok(ready) => Ok(Some(ready)),
            Err(Stop::Denied(Denied::Hidden)) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// The log and the recusals of a file are read without a purpose; no field is decided there.
    fn gate_purpose(&self, _: Door) -> Purpose {
        self.caller.purpose.unwrap_or(Purpose::CaseReview)
    }

    fn ready(&self, scope: &FileScope, standing: &Standing) -> Result<Ready, Stop> {
        let key = match self.shared.keys.open(scope.file) {
            Ok(key) => key,
            // The key is gone: so is the file, for everybody.
            Err(KeyError::Gone) => return Err(Denied::Hidden.into()),
            Err(error) => return Err(Fault::from(error).into()),
        };
        Ready::new(scope, standing, key).map_err(Stop::from)
    }
}

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

struct Judged<V> {
    view: V,
    shown: Vec<DisclosedPart>,
}

fn disclose<R: Disclose>(
    record: R,
    viewer: &Standing,
    roles: RoleSet,
    file: Option<FileGrant<'_>>,
) -> Result<Judged<R::View>, Stop> {
    disclose_framed(record, viewer, roles, file, None)
}

fn disclose_framed<R: Disclose>(
    record: R,
    viewer: &Standing,
    roles: RoleSet,
    file: Option<FileGrant<'_>>,
    frame: Option<&FileKey>,
) -> Result<Judged<R::View>, Stop> {
    let grant = Grant { viewer, roles, file, frame, shown: RefCell::new(Vec::new()), of: PhantomData };
    let view = record.disclose(&grant)?;
    Ok(Judged { view, shown: grant.shown.into_inner() })
}

/// The file of a process, for whom it is not absent.
fn process_file<'g>(gate: Option<&'g Gate<'g, Uuid>>, ready: Option<&'g Ready>) -> Option<FileGrant<'g>> {
    let (gate, ready) = gate.zip(ready).filter(|(gate, _)| gate.visibility() != Visibility::Absent)?;
    Some(FileGrant { gate, key: Some(&ready.key), persons: &ready.persons })
}

/// A file's scope made ready for one viewer: birth dates opened, the key at hand.
struct Ready {
    scope: gate::Scope<Uuid>,
    viewer: gate::Viewer<Uuid>,
    persons: Vec<(Uuid, Option<Vec<Uuid>>)>,
    key: FileKey,
}

impl Ready {
    fn new(scope: &FileScope, standing: &Standing, key: FileKey) -> Result<Self, Fault> {
        let mut persons = Vec::with_capacity(scope.persons.len());
        for person in &scope.persons {
            let birth_date = match &person.birth_sealed {
                None => None,
                Some(sealed) => Some(birth_date(&key, person.id, sealed)?),
            };
            persons.push(gate::Person { id: person.id, role: person.role, birth_date });
        }
        let viewer = gate::Viewer {
            user: standing.human().uuid(),
            agency: standing.agency().uuid(),
            agency_kind: standing.kind(),
            roles: standing.roles_in(scope.cell),
        };
        Ok(Self {
            scope: gate::Scope {
                circle: scope.circle.clone(),
                recused: scope.recused.iter().map(|human| human.uuid()).collect(),
                sunset_at: scope.sunset_at,
                persons,
                facts: scope.facts.clone(),
                consents: scope.consents.clone(),
                acts: scope.acts.clone(),
            },
            viewer,
            persons: scope.persons.iter().map(|p| (p.id, p.vault.clone())).collect(),
            key,
        })
    }
}

/// Where a person's birth date for reckoning age is sealed.
#[must_use]
pub const fn birth_place(person: Uuid) -> Place {
    Place { table: "person", column: "birth_sealed", row: person }
}

fn birth_date(key: &FileKey, person: Uuid, sealed: &[u8]) -> Result<chrono::NaiveDate, Fault> {
    let plain = key.open(&birth_place(person), sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| Fault::Stored)?;
    text.parse().map_err(|_| Fault::Stored)
}

fn object_of<R: Resource>(sealed: &Sealed<'_, R>) -> Object {
    let (file, cell) = match sealed.held.as_ref().map(|(_, scope)| scope) {
        Some(Scope::File(file) | Scope::Framed(file, _)) => (Some(file.file), Some(file.cell)),
        Some(Scope::Process(process)) => (process.file.as_ref().map(|file| file.file), Some(process.cell)),
        Some(Scope::Table(table)) => {
            (table.process.file.as_ref().map(|file| file.file), Some(table.process.cell))
        }
        Some(Scope::Room(super::Room::Cell(cell) | super::Room::Statistics(cell)) | Scope::Reached(cell)) => {
            (None, Some(*cell))
        }
        Some(Scope::Room(_)) | None => (None, None),
    };
    Object { kind: R::KIND, id: Some(sealed.id.into()), file, cell }
}

fn room_roles(room: super::Room, standing: &Standing) -> RoleSet {
    match room {
        super::Room::Cell(cell) => standing.roles_in(cell),
        _ => standing.roles_anywhere(),
    }
}
