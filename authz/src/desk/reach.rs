//! The files an actor may know of: what every list, search and count starts from.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use door::Key;

use crate::{
    id::{AgencyId, CellId, HumanId},
    standing::Standing,
    vocabulary::Role,
};

/// Proof that a list was bounded by what its reader may know of. `domain` turns it into a WHERE clause.
pub struct Reach<'tx> {
    bounds: Bounds,
    brand: PhantomData<fn(&'tx ()) -> &'tx ()>,
}

/// The bounds themselves, for who writes the clause.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// The agency that must be in the circle, or a source, or a recipient.
    pub agency: AgencyId,
    /// The human being who must not be recused.
    pub human: HumanId,
    /// The cells in which a role with content is held.
    pub cells: Vec<CellId>,
    /// The moment.
    pub now: DateTime<Utc>,
}

impl Reach<'_> {
    pub(super) fn of(standing: &Standing, now: DateTime<Utc>) -> Self {
        let content: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.has_content()).collect();
        let bounds = Bounds {
            agency: standing.agency(),
            human: standing.human(),
            cells: standing.cells_as(&content),
            now,
        };
        Self { bounds, brand: PhantomData }
    }

    /// The bounds, for who holds the key.
    #[must_use]
    pub const fn bounds(&self, _: Key) -> &Bounds {
        &self.bounds
    }
}
