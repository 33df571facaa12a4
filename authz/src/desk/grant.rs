//! What one viewer was granted of one record: the only maker of [`Shown`].

use std::{cell::RefCell, marker::PhantomData};

use serde::Serialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Frame, Resource, admit::LogReach};
use crate::{
    fault::Fault,
    gate::{Basis, Decision, Gate, Label, Visibility},
    id::AgencyId,
    keys::{FileKey, Place},
    log::DisclosedPart,
    standing::Standing,
    vocabulary::{Category, Reason, RoleSet},
};

/// A value the gate decided to show, with the basis it is shown on.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Shown<T> {
    value: T,
    #[serde(skip)]
    basis: Basis<Uuid>,
}

impl<T> std::fmt::Debug for Shown<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(•••)")
    }
}

impl<T> Shown<T> {
    /// The value, for who holds its view.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// On what it is shown.
    pub const fn basis(&self) -> &Basis<Uuid> {
        &self.basis
    }
}

impl<T> Shown<Option<T>> {
    /// What is shown, if it holds anything; it stays shown on the same basis.
    #[must_use]
    pub fn some(self) -> Option<Shown<T>> {
        let Self { value, basis } = self;
        value.map(|value| Shown { value, basis })
    }
}

/// The judgement over one record for one viewer, purpose and moment.
pub struct Grant<'g, R: Resource> {
    pub(super) viewer: &'g Standing,
    pub(super) roles: RoleSet,
    pub(super) file: Option<FileGrant<'g>>,
    pub(super) frame: Option<&'g FileKey>,
    pub(super) shown: RefCell<Vec<DisclosedPart>>,
    pub(super) of: PhantomData<fn(R)>,
}

pub(super) struct FileGrant<'g> {
    pub gate: &'g Gate<'g, Uuid>,
    pub key: Option<&'g FileKey>,
    pub persons: &'g [(Uuid, Option<Vec<Uuid>>)],
}

impl<R: Resource> Grant<'_, R> {
    /// Would this fact be shown? For choosing the current one of a chain; shows nothing by itself.
    #[must_use]
    pub fn would_show(&self, label: &Label<Uuid>) -> bool {
        self.file.as_ref().is_some_and(|file| matches!(file.gate.decide(label), Decision::Disclosed(_)))
    }

    /// Shows a value that carries this label, if the gate discloses it; `field` goes into the log.
    pub fn show<T>(&self, label: &Label<Uuid>, field: &'static str, value: T) -> Option<Shown<T>> {
        let Decision::Disclosed(basis) = self.file.as_ref()?.gate.decide(label) else { return None };
        let source = AgencyId::from_uuid(label.source);
        DisclosedPart::note(&mut self.shown.borrow_mut(), label.subject, source, &basis, field);
        Some(Shown { value, basis })
    }

    /// Opens sealed bytes under this label, if the gate discloses them, and reads them with `read`.
    ///
    /// # Errors
    /// When the bytes do not open or cannot be read.
    pub fn unseal<T>(
        &self,
        label: &Label<Uuid>,
        field: &'static str,
        place: &Place,
        sealed: &[u8],
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<Shown<T>>, Fault> {
        let Some(shown) = self.show(label, field, ()) else { return Ok(None) };
        let plain = self.open_bytes(place, sealed)?;
        let value = read(&plain).ok_or(Fault::Stored)?;
        Ok(Some(Shown { value, basis: shown.basis }))
    }

    /// Opens a record that belongs to one agency, for that agency's own people only.
    ///
    /// # Errors
    /// When the bytes do not open or cannot be read.
    pub fn unseal_own<T>(
        &self,
        owner: AgencyId,
        place: &Place,
        sealed: &[u8],
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        if owner != self.viewer.agency() {
            return Ok(None);
        }
        let plain = self.open_bytes(place, sealed)?;
        read(&plain).ok_or(Fault::Stored).map(Some)
    }

    /// Opens a part of the frame kept under seal, such as where a meeting is held: for the circle, and for who is
    /// called to the meeting by name.
    ///
    /// # Errors
    /// When the bytes do not open or cannot be read.
    pub fn unseal_frame<T>(
        &self,
        place: &Place,
        sealed: &[u8],
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        let Some(key) = self.frame else { return Ok(None) };
        let plain = key.open(place, sealed)?;
        read(&plain).ok_or(Fault::Stored).map(Some)
    }

    fn open_bytes(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let key = self.file.as_ref().and_then(|file| file.key).ok_or(Fault::Keys)?;
        Ok(key.open(place, sealed)?)
    }

    /// The constant-shape list of what is withheld about a person: the same whether or not a value exists.
    #[must_use]
    pub fn withheld(&self, person: Uuid) -> Vec<(Category, Reason)> {
        self.file.as_ref().map_or_else(Vec::new, |file| file.gate.withheld(&person))
    }

    /// May the viewer know that this person is on the file?
    #[must_use]
    pub fn knows_person(&self, person: Uuid) -> bool {
        let Some(file) = &self.file else { return false };
        match file.gate.visibility() {
            Visibility::Absent => false,
            Visibility::Outside => file.gate.knows_of(&person),
            Visibility::Circle => super::admit::knows_person(file.persons, person, self.viewer.agency()),
        }
    }

    /// May the viewer know of a record of this file whose text is another's to show? The rule that its own read asks.
    #[must_use]
    pub fn knows_frame(&self, frame: &Frame) -> bool {
        self.file.as_ref().is_some_and(|file| {
            super::admit::to_frame(frame, file.gate, file.persons, self.viewer, self.roles)
        })
    }

    /// Does the viewer see the whole frame, or only its own row of it?
    #[must_use]
    pub fn sees_circle(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.gate.visibility() == Visibility::Circle)
    }

    /// The agency the viewer speaks for.
    #[must_use]
    pub const fn agency(&self) -> AgencyId {
        self.viewer.agency()
    }

    /// The viewer.
    #[must_use]
    pub const fn viewer(&self) -> &Standing {
        self.viewer
    }

    /// The roles the viewer holds in the record's cell; none where no cell is concerned.
    #[must_use]
    pub const fn roles(&self) -> RoleSet {
        self.roles
    }

    /// How much of a file's log the viewer sees; nothing without a file.
    #[must_use]
    pub fn log_reach(&self) -> Option<LogReach> {
        let file = self.file.as_ref()?;
        super::admit::log_reach(file.gate.visibility(), self.roles()).ok()
    }
}
