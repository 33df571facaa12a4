//! A record under seal: what `domain` found, with everything the gate must know to judge it.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use door::Key;
use uuid::Uuid;

use super::{Grant, Tx};
use crate::{
    fault::Fault,
    gate,
    id::{AgencyId, CellId, FileId, HumanId, UserId},
    vocabulary::SubjectRole,
};

/// A kind of thing that can be asked for.
pub trait Resource: Sized {
    /// Its name in the log.
    const KIND: &'static str;
    /// What reading it is called in the log.
    const READ: &'static str;
    /// The door one has to pass to see it.
    const DOOR: Door;
    /// The type of its handle.
    type Id: Into<Uuid> + Copy;
}

/// A kind of thing that can be shown, once granted.
pub trait Disclose: Resource {
    /// What a viewer gets.
    type View: 'static;
    /// Builds the view out of what the grant shows.
    ///
    /// # Errors
    /// When sealed bytes do not open: an error, never a gap.
    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Self::View, Fault>;
}

/// Which rule admits to a kind of thing. The rules themselves stand in [`super::admit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The content of a risk file.
    Content,
    /// The access log of a file.
    FileLog,
    /// Who is recused on a file.
    Recusals,
    /// Something that is not about a file.
    Room,
}

/// A person as the gate must know them.
pub struct ScopedPerson {
    /// Handle.
    pub id: Uuid,
    /// Role in the file.
    pub role: SubjectRole,
    /// Birth date for reckoning age, under seal.
    pub birth_sealed: Option<Vec<u8>>,
    /// Agencies that may know of this person; none: the whole circle.
    pub vault: Option<Vec<Uuid>>,
}

/// All that decides who sees what in one file, as stored, without the viewer.
pub struct FileScope {
    /// The file.
    pub file: FileId,
    /// Its cell: roles are those held there.
    pub cell: CellId,
    /// Past, present and future members.
    pub circle: Vec<gate::CircleRow<Uuid>>,
    /// Human beings for whom the file does not exist.
    pub recused: Vec<HumanId>,
    /// When only own facts remain.
    pub sunset_at: Option<DateTime<Utc>>,
    /// The persons.
    pub persons: Vec<ScopedPerson>,
    /// Labels of every fact that is not retracted.
    pub facts: Vec<gate::Label<Uuid>>,
    /// Every consent.
    pub consents: Vec<gate::Consent<Uuid>>,
    /// Every disclosure act.
    pub acts: Vec<gate::Act<Uuid>>,
    /// Whose record this is, for a record inside a file that has one owner.
    pub owner: Owner,
}

/// Whose a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's in particular.
    Shared,
    /// One agency's, and everybody who sees the file knows that it exists.
    Known(AgencyId),
    /// One agency's, and that it exists is that agency's to tell: to others it is absent.
    Secret(AgencyId),
}

/// Where something that is not about a file belongs. [`super::admit`] says who may enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Everyone signed in: the catalogue, the ceiling, the legal texts, one's own account.
    SignedIn,
    /// One account's own things.
    Holder(UserId),
    /// A cell in which files are opened.
    Cell(CellId),
    /// The statistics of a cell, and of its region.
    Statistics(CellId),
    /// An agency's registers.
    Register(AgencyId),
    /// The registers that an agency's privacy officer keeps: incidents, access requests. The cell is the one in which
    /// the caller holds an office, so that those who audit it see that something was read or written.
    Privacy(AgencyId, Option<CellId>),
    /// One entry of such a register: absent to whoever does not keep it.
    PrivacyEntry(AgencyId, Option<CellId>),
    /// The access log across files: auditors, and each agency's privacy officers.
    Log,
    /// Where a change of the ceiling is rehearsed: auditors and privacy officers.
    Rehearsal,
    /// An agency's accounts.
    Accounts(AgencyId),
    /// Settings of the whole deployment.
    Settings,
    /// What the deployment knows of one agency.
    Agency(AgencyId),
}

/// Who may know of a cell's process, and of how much: before identity is open it names no file.
pub struct ProcessScope {
    /// The cell.
    pub cell: CellId,
    /// The agency that brought the situation to the cell.
    pub brought_by: AgencyId,
    /// Has it been brought to the cell's committee yet?
    pub shared: bool,
    /// Was it received from another cell, whose file stays there?
    pub received: bool,
    /// The file, once identity is open: from then on its circle sees the process too, and whoever is recused
    /// on it does not.
    pub file: Option<Box<FileScope>>,
}

/// Who may know that a record of a file exists when its text is another's to show: whose it is, and the labels
/// any one of which would let its frame be known. [`super::admit`] says the rule.
pub struct Frame {
    /// The agency that answers for it.
    pub owner: AgencyId,
    /// What the gate is asked about.
    pub labels: Vec<gate::Label<Uuid>>,
}

/// Who may know of a meeting: whoever may know of its process, and who is called to it by name. Being called shows
/// nothing of the file.
pub struct TableScope {
    /// The process it belongs to.
    pub process: ProcessScope,
    /// Accounts called to it, substitutes included.
    pub called: Vec<UserId>,
    /// Agencies that have a seat at it.
    pub seated: Vec<AgencyId>,
}

/// What decides who may see a sealed record.
pub enum Scope {
    /// It belongs to a file, and not everybody who sees the file may know of it.
    Framed(Box<FileScope>, Frame),
    /// It belongs to a file.
    File(Box<FileScope>),
    /// It belongs to a room.
    Room(Room),
    /// It belongs to a cell's process.
    Process(Box<ProcessScope>),
    /// It belongs to a meeting of a cell's process.
    Table(Box<TableScope>),
    /// The head of a file found through a [`super::Reach`].
    Reached(CellId),
}

/// A record nobody has been judged for yet. Closing is free; opening is private to this crate.
#[must_use = "a sealed record must be opened or permitted upon, so that the access is recorded"]
pub struct Sealed<'tx, R: Resource> {
    pub(super) id: R::Id,
    pub(super) held: Option<(R, Scope)>,
    brand: PhantomData<fn(&'tx ()) -> &'tx ()>,
}

impl<R: Resource> std::fmt::Debug for Sealed<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed<{}>", R::KIND)
    }
}

/// Seals what was found, or that nothing was found: an id that names nothing takes the same road.
pub fn seal<'tx, R: Resource>(_: Key, _: &Tx<'tx>, id: R::Id, held: Option<(R, Scope)>) -> Sealed<'tx, R> {
    Sealed { id, held, brand: PhantomData }
}
