//! Asking the gate what another ceiling would change, for those around a file. Opens no value, and tells only which
//! kind of agency would gain or lose how much of which category.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use door::Key;
use uuid::Uuid;

use super::{Session, admit, sealed::FileScope};
use crate::{
    ceiling::Ceiling,
    fault::{Denied, Stop},
    gate::{Decision, Gate, Viewer},
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, RoleSet, SubjectRole},
};

/// Who would gain or lose one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// The kind of the agency.
    pub kind: AgencyKind,
    /// The category of the thing.
    pub category: Category,
    /// Gained, or lost?
    pub gained: bool,
}

impl Moved {
    /// Everything that the rules alone say could move, whatever any file holds.
    #[must_use]
    pub fn possible(now: &Ceiling, then: &Ceiling) -> BTreeSet<Self> {
        let mut moves = BTreeSet::new();
        for kind in AgencyKind::ALL {
            for (role, purpose) in readers() {
                for (subject, basis) in pairs(SubjectRole::ALL, BasisKind::ALL) {
                    let roles = RoleSet::EMPTY.with(role);
                    let (before, after) = (
                        now.mask(roles, *kind, subject, purpose, basis),
                        then.mask(roles, *kind, subject, purpose, basis),
                    );
                    let changed = |category: &&Category| (before ^ after) & (1 << category.index()) != 0;
                    moves.extend(Category::ALL.iter().filter(changed).map(|category| Self {
                        kind: *kind,
                        category: *category,
                        gained: after & (1 << category.index()) != 0,
                    }));
                }
            }
        }
        moves
    }
}

fn pairs<A: Copy, B: Copy>(a: &'static [A], b: &'static [B]) -> impl Iterator<Item = (A, B)> {
    a.iter().flat_map(move |a| b.iter().map(move |b| (*a, *b)))
}

/// Every role that reads content, with every purpose.
fn readers() -> impl Iterator<Item = (Role, Purpose)> {
    pairs(Role::ALL, Purpose::ALL).filter(|(role, _)| role.has_content())
}

impl<M> Session<'_, M> {
    /// What those around a file would gain or lose under another ceiling, one entry for each thing and agency. A file
    /// that does not exist for the caller is passed over, and so is one whose key is gone.
    ///
    /// # Errors
    /// When nobody asked who the caller is, or the keystore fails.
    pub fn rehearse(
        &self,
        _: Key,
        scope: &FileScope,
        agencies: &[(Uuid, AgencyKind)],
        then: &Ceiling,
    ) -> Result<Option<Vec<Moved>>, Stop> {
        let standing = self.standing()?;
        if scope.recused.contains(&standing.human()) {
            return Ok(None);
        }
        let ready = match self.ready(scope, standing) {
            Err(Stop::Denied(Denied::Hidden)) => return Ok(None),
            ready => ready?,
        };
        let (now, ceiling) = (self.now(), self.ceiling());
        let mut moved = Vec::new();
        for (agency, kind) in agencies {
            let mut things: BTreeSet<(Uuid, Moved)> = BTreeSet::new();
            for (role, purpose) in readers() {
                let roles = RoleSet::EMPTY.with(role);
                if same(ceiling, then, roles, *kind, purpose) {
                    continue;
                }
                let viewer = Viewer { user: Uuid::nil(), agency: *agency, agency_kind: *kind, roles };
                let gates = [ceiling, then].map(|it| gate(&ready.scope, &viewer, purpose, now, it));
                for label in &ready.scope.facts {
                    let [before, after] = [&gates[0], &gates[1]]
                        .map(|gate| matches!(gate.decide(label), Decision::Disclosed(_)));
                    let known = admit::knows_person(
                        &ready.persons,
                        label.subject,
                        crate::id::AgencyId::from_uuid(*agency),
                    );
                    if before != after && known {
                        let what = Moved { kind: *kind, category: label.category, gained: after };
                        things.insert((label.id, what));
                    }
                }
            }
            moved.extend(things.into_iter().map(|(_, what)| what));
        }
        Ok(Some(moved))
    }
}

fn gate<'g>(
    scope: &'g crate::gate::Scope<Uuid>,
    viewer: &'g Viewer<Uuid>,
    purpose: Purpose,
    now: DateTime<Utc>,
    ceiling: &Ceiling,
) -> Gate<'g, Uuid> {
    Gate::new(scope, viewer, purpose, now, ceiling)
}

/// Do both ceilings say the same to such a reader?
fn same(now: &Ceiling, then: &Ceiling, roles: RoleSet, kind: AgencyKind, purpose: Purpose) -> bool {
    pairs(SubjectRole::ALL, BasisKind::ALL).all(|(subject, basis)| {
        now.mask(roles, kind, subject, purpose, basis) == then.mask(roles, kind, subject, purpose, basis)
    })
}
