//! The decision itself, in the order the rules are asked.
//!
//! What does not depend on the fact is worked out once: for each person, the sentences that speak to
//! this viewer for this purpose, and the ceiling's answers, as sets of categories. A decision is then
//! a handful of bit operations.

use chrono::{DateTime, Utc};

use super::{
    rules::{Agreed, Rule, Verdict, agreed_of, rules_of},
    scope::{Act, Item, Label, Scope, Viewer},
};
use crate::{
    ceiling::Ceiling,
    vocabulary::{BasisKind, Category, Expiry, Purpose, Reason, SubjectRole},
};

/// How much of the file the viewer may know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// The file does not exist for this viewer.
    Absent,
    /// Outside the circle: own facts, and those a disclosure act tells.
    Outside,
    /// Inside the circle.
    Circle,
}

/// On what a fact is disclosed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis<I> {
    /// The viewer's agency is the source.
    Own,
    /// A consent.
    Consent(I),
    /// A disclosure act.
    Disclosure(I),
}

/// The answer about one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision<I> {
    /// It may be shown.
    Disclosed(Basis<I>),
    /// It may not, and its field may be listed as something that *may* exist.
    Withheld(Reason),
    /// It is never mentioned.
    Hidden,
}

/// The ceiling's answers about one subject role, as sets of categories.
#[derive(Clone, Copy, Default)]
struct Allowed {
    own: u16,
    consent: u16,
    disclosure: u16,
}

/// One viewer at one file, for one purpose, at one moment.
pub struct Gate<'g, I> {
    scope: &'g Scope<I>,
    viewer: &'g Viewer<I>,
    now: DateTime<Utc>,
    visibility: Visibility,
    after_sunset: bool,
    allowed: [Allowed; SubjectRole::ALL.len()],
    rules: Vec<Rule<'g, I>>,
    acts: Vec<&'g Act<I>>,
}

impl<'g, I: Clone + Ord> Gate<'g, I> {
    /// Sets the gate up.
    #[must_use]
    pub fn new(
        scope: &'g Scope<I>,
        viewer: &'g Viewer<I>,
        purpose: Purpose,
        now: DateTime<Utc>,
        ceiling: &Ceiling,
    ) -> Self {
        let mut allowed = [Allowed::default(); SubjectRole::ALL.len()];
        for (slot, role) in allowed.iter_mut().zip(SubjectRole::ALL) {
            let mask = |basis| ceiling.mask(viewer.roles, viewer.agency_kind, *role, purpose, basis);
            *slot = Allowed {
                own: mask(BasisKind::Own),
                consent: mask(BasisKind::Consent),
                disclosure: mask(BasisKind::Disclosure),
            };
        }
        let mut acts: Vec<&Act<I>> = scope
            .acts
            .iter()
            .filter(|act| {
                act.recipients.contains(&viewer.agency)
                    && act.at <= now
                    && now < act.until
                    && act.revoked_at.is_none_or(|at| at > now)
            })
            .collect();
        acts.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let after_sunset = scope.sunset_at.is_some_and(|at| at <= now);
        let mut gate = Self {
            scope,
            viewer,
            now,
            visibility: Visibility::Absent,
            after_sunset,
            allowed,
            rules: Vec::new(),
            acts,
        };
        gate.visibility = gate.look();
        if gate.visibility == Visibility::Circle && !after_sunset {
            gate.rules = rules_of(scope, viewer, purpose, now);
        }
        gate
    }

    fn look(&self) -> Visibility {
        if self.scope.recused.contains(&self.viewer.user) {
            Visibility::Absent
        } else if self.scope.in_circle(&self.viewer.agency, self.now) {
            Visibility::Circle
        } else if self.scope.facts.iter().any(|fact| self.is_own(fact) || self.is_told(fact)) {
            Visibility::Outside
        } else {
            Visibility::Absent
        }
    }

    /// How much of the file the viewer may know of.
    #[must_use]
    pub const fn visibility(&self) -> Visibility {
        self.visibility
    }

    /// The decision about one fact, or one document that carries a label.
    #[must_use]
    pub fn decide(&self, fact: &Label<I>) -> Decision<I> {
        if self.visibility == Visibility::Absent {
            return Decision::Hidden;
        }
        let allowed = self.allowed_for(&fact.subject);
        let bit = 1 << fact.category.index();
        if self.is_own(fact) {
            return if allowed.own & bit == 0 { Decision::Hidden } else { Decision::Disclosed(Basis::Own) };
        }
        if self.after_sunset || !self.vault_opens(fact) || (allowed.consent | allowed.disclosure) & bit == 0 {
            return Decision::Hidden;
        }
        let verdict = Verdict::over(self.rules_for(&fact.subject, &fact.source));
        if allowed.consent & bit != 0
            && verdict.permits() & bit != 0
            && let Some(id) = verdict.permitting(self.rules_for(&fact.subject, &fact.source), bit)
        {
            return Decision::Disclosed(Basis::Consent(id.clone()));
        }
        if allowed.disclosure & bit != 0
            && let Some(act) = self.acts.iter().find(|act| covers(act, fact))
        {
            return Decision::Disclosed(Basis::Disclosure(act.id.clone()));
        }
        match self.visibility {
            Visibility::Circle if allowed.consent & bit == 0 => Decision::Withheld(Reason::NoBasis),
            Visibility::Circle => Decision::Withheld(verdict.reason(bit)),
            Visibility::Outside | Visibility::Absent => Decision::Hidden,
        }
    }

    /// What is withheld about a person, whether or not a value exists: for each category the
    /// strongest reason among the other agencies that are or have been in the circle.
    #[must_use]
    pub fn withheld(&self, person: &I) -> Vec<(Category, Reason)> {
        if self.visibility != Visibility::Circle || self.after_sunset {
            return Vec::new();
        }
        let allowed = self.allowed_for(person);
        let possible = allowed.consent | allowed.disclosure;
        let mut strongest: [Option<Reason>; Category::ALL.len()] = [None; Category::ALL.len()];
        for (place, row) in self.scope.circle.iter().enumerate() {
            let earlier =
                self.scope.circle.iter().take(place).any(|r| r.agency == row.agency && r.from <= self.now);
            if row.from > self.now || row.agency == self.viewer.agency || earlier {
                continue;
            }
            let verdict = Verdict::over(self.rules_for(person, &row.agency));
            let told = self.agreed_for(person, &row.agency) & allowed.disclosure;
            let withheld = possible & !(verdict.permits() & allowed.consent) & !told;
            for (slot, category) in strongest.iter_mut().zip(Category::ALL) {
                let bit = 1 << category.index();
                if withheld & bit == 0 {
                    continue;
                }
                let reason = if allowed.consent & bit == 0 { Reason::NoBasis } else { verdict.reason(bit) };
                *slot = Some(slot.map_or(reason, |known| known.min(reason)));
            }
        }
        let listed = Category::ALL.iter().zip(strongest);
        listed.filter_map(|(category, reason)| reason.map(|reason| (*category, reason))).collect()
    }

    /// Outside the circle: is the person one of those whom the facts that show speak of?
    #[must_use]
    pub fn knows_of(&self, person: &I) -> bool {
        self.scope
            .facts
            .iter()
            .any(|fact| fact.subject == *person && matches!(self.decide(fact), Decision::Disclosed(_)))
    }

    fn is_own(&self, fact: &Label<I>) -> bool {
        fact.source == self.viewer.agency
    }

    /// Does an act in force tell this fact, before sunset and past its vault?
    fn is_told(&self, fact: &Label<I>) -> bool {
        !self.after_sunset && self.vault_opens(fact) && self.acts.iter().any(|act| covers(act, fact))
    }

    fn vault_opens(&self, fact: &Label<I>) -> bool {
        fact.vault.as_ref().is_none_or(|named| named.contains(&self.viewer.agency))
    }

    fn allowed_for(&self, person: &I) -> Allowed {
        let role = self.scope.person(person).map(|person| person.role.index());
        role.and_then(|index| self.allowed.get(index)).copied().unwrap_or_default()
    }

    fn rules_for<'a>(
        &'a self,
        person: &'a I,
        source: &'a I,
    ) -> impl Iterator<Item = &'a Rule<'g, I>> + Clone {
        self.rules.iter().filter(move |rule| rule.speaks_of(person, source))
    }

    fn agreed_for(&self, person: &I, source: &I) -> u16 {
        self.acts
            .iter()
            .flat_map(|act| agreed_of(act))
            .filter(|agreed: &Agreed<'_, I>| agreed.subject == person && agreed.source == source)
            .fold(0, |mask, agreed| mask | 1 << agreed.category.index())
    }
}

/// Does this act, taken to be in force, cover the fact? Whether it may be shown is the ceiling's answer.
fn covers<I: PartialEq>(act: &Act<I>, fact: &Label<I>) -> bool {
    act.source == fact.source
        && act.items.iter().any(|item| match (act.expires, item) {
            (Expiry::SingleAct, Item::Fact(id)) => *id == fact.id && fact.recorded_at <= act.at,
            (Expiry::AgreementEnd, Item::Agreed { subject, category }) => {
                *subject == fact.subject && *category == fact.category
            }
            _ => false,
        })
}
