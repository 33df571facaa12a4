//! Permission to change one thing, written down: the id acted on comes out of the permit.

use std::marker::PhantomData;

use door::Key;

use super::Resource;
use crate::{fault::Denied, gate::Visibility, id::AgencyId, standing::Standing, vocabulary::RoleSet};

/// What is known when an act is judged.
pub struct ActContext<'c> {
    /// Who acts.
    pub who: &'c Standing,
    /// The roles held in the cell concerned, or anywhere when no cell is.
    pub roles: RoleSet,
    /// Whether the file shows to the actor's agency; nothing when no file is concerned.
    pub visibility: Option<Visibility>,
    /// The agency whose record is changed, where it has one owner.
    pub owner: Option<AgencyId>,
    /// Whether it is a process received from another cell: then nobody here is the one who brought it.
    pub received: bool,
    /// Is the actor called to the meeting concerned, by name?
    pub called: bool,
    /// Has the actor's agency a seat at the meeting concerned?
    pub seated: bool,
}

impl ActContext<'_> {
    /// Is the actor's agency in the file's circle now?
    #[must_use]
    pub fn in_circle(&self) -> bool {
        self.visibility == Some(Visibility::Circle)
    }

    /// Is the record the actor's own agency's?
    #[must_use]
    pub fn owns(&self) -> bool {
        self.owner == Some(self.who.agency())
    }
}

/// Something a person may be allowed to do. The acts stand in [`crate::acts`], each with its rule.
pub trait Act: 'static {
    /// Its name in the log, as `noun.verb`.
    const NAME: &'static str;
    /// Must a purpose be declared? All that touches a file's content does.
    const PURPOSE: bool;
    /// The rule.
    fn allowed(context: &ActContext<'_>) -> bool;
    /// The refusal: it names the act.
    fn refusal() -> Denied {
        Denied::Refused { rule: Self::NAME }
    }
}

/// Proof that an act on one record was allowed and noted for the log.
#[must_use = "a permit that is not spent changes nothing"]
pub struct Permit<'tx, A: Act, R: Resource> {
    pub(super) id: R::Id,
    pub(super) act: PhantomData<fn(A)>,
    pub(super) brand: PhantomData<fn(&'tx ()) -> &'tx ()>,
}

impl<'tx, A: Act, R: Resource> Permit<'tx, A, R> {
    /// Uses the permit up: the id to act on, and the proof that the act was done.
    pub fn spend(self, _: Key) -> (R::Id, Spent<'tx, A>) {
        (self.id, Spent { act: PhantomData, brand: PhantomData })
    }
}

/// Proof that a permitted change was carried out.
#[must_use = "the answer of an act is made from what was spent"]
pub struct Spent<'tx, A: Act> {
    act: PhantomData<fn(A)>,
    brand: PhantomData<fn(&'tx ()) -> &'tx ()>,
}
