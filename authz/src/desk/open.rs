//! Opening what is sealed: judge, disclose, and note it for the log. No other place does.

use std::{cell::RefCell, marker::PhantomData};

use door::Key;
use uuid::Uuid;

use super::{
    Disclose, Door, Grant, Pending, Scope, Sealed, Session, admit,
    grant::FileGrant,
    ready::Ready,
    sealed::{FileScope, ProcessScope, Resource},
    session::Object,
};
use crate::{
    fault::{Denied, Fault, Stop},
    gate::{self, Gate, Visibility},
    keys::{FileKey, KeyError},
    log::{DisclosedPart, Outcome},
    standing::Standing,
    vocabulary::{Purpose, RoleSet},
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

    pub(super) fn judge<R: Disclose>(&self, sealed: Sealed<'tx, R>) -> Result<Judged<R::View>, Stop> {
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

    pub(super) fn gate<'g>(&'g self, ready: &'g Ready, door: Door) -> Gate<'g, Uuid> {
        Gate::new(&ready.scope, &ready.viewer, self.gate_purpose(door), self.now, &self.shared.ceiling)
    }

    /// The file of a process, once identity is open and while its key is there.
    pub(super) fn process_ready(
        &self,
        process: &ProcessScope,
        standing: &Standing,
    ) -> Result<Option<Ready>, Stop> {
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

    pub(super) fn ready(&self, scope: &FileScope, standing: &Standing) -> Result<Ready, Stop> {
        let key = match self.shared.keys.open(scope.file) {
            Ok(key) => key,
            // The key is gone: so is the file, for everybody.
            Err(KeyError::Gone) => return Err(Denied::Hidden.into()),
            Err(error) => return Err(Fault::from(error).into()),
        };
        Ready::new(scope, standing, key).map_err(Stop::from)
    }
}

pub(super) struct Judged<V> {
    pub(super) view: V,
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

pub(super) fn object_of<R: Resource>(sealed: &Sealed<'_, R>) -> Object {
    let (file, cell) = match sealed.held.as_ref().map(|(_, scope)| scope) {
        Some(Scope::File(file) | Scope::Framed(file, _)) => (Some(file.file), Some(file.cell)),
        Some(Scope::Process(process)) => (process.file.as_ref().map(|file| file.file), Some(process.cell)),
        Some(Scope::Table(table)) => {
            (table.process.file.as_ref().map(|file| file.file), Some(table.process.cell))
        }
        Some(Scope::Room(super::Room::Cell(cell) | super::Room::Statistics(cell)) | Scope::Reached(cell)) => {
            (None, Some(*cell))
        }
        Some(Scope::Room(super::Room::Privacy(_, cell) | super::Room::PrivacyEntry(_, cell))) => {
            (None, *cell)
        }
        Some(Scope::Room(_)) | None => (None, None),
    };
    Object { kind: R::KIND, id: Some(sealed.id.into()), file, cell }
}
