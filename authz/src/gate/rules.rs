//! The sentences of consents that speak to one viewer, as sets of categories.

use chrono::{DateTime, Utc};

use super::{
    scope::{Act, Consent, Item, Provision, Scope, Sources, Viewer},
    validity::{State, state},
};
use crate::vocabulary::{Category, Effect, Expiry, GrantorKind, Purpose, Reason, SubjectRole};

/// One sentence that speaks to the viewer for the purpose, in a consent that is valid or once was.
pub(super) struct Rule<'g, I> {
    consent: &'g I,
    subject: &'g I,
    effect: Effect,
    state: State,
    own_voice: bool,
    categories: u16,
    sources: &'g Sources<I>,
    /// An alleged aggressor's permission: only what the agency that took it has recorded.
    only_source: Option<&'g I>,
}

impl<I: PartialEq> Rule<'_, I> {
    pub fn speaks_of(&self, person: &I, source: &I) -> bool {
        *self.subject == *person
            && self.only_source.is_none_or(|only| only == source)
            && match self.sources {
                Sources::Any => true,
                Sources::These(named) => named.contains(source),
            }
    }
}

/// The rules for one viewer, in the order of the ids of their consents.
pub(super) fn rules_of<'g, I: Clone + Ord>(
    scope: &'g Scope<I>,
    viewer: &Viewer<I>,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Vec<Rule<'g, I>> {
    let mut rules = Vec::new();
    for consent in &scope.consents {
        let state = state(consent, scope, now);
        if state == State::Void {
            continue;
        }
        let by_aggressor =
            scope.person(&consent.subject).is_some_and(|p| p.role == SubjectRole::AllegedAggressor);
        for provision in &consent.provisions {
            if provision.purposes.has(purpose) && reaches(provision, consent, scope, viewer) {
                let restricted = by_aggressor && provision.effect == Effect::Permit;
                rules.push(Rule {
                    consent: &consent.id,
                    subject: &consent.subject,
                    effect: provision.effect,
                    state,
                    own_voice: consent.grantor == GrantorKind::SelfGiven,
                    categories: provision.categories.0,
                    sources: &provision.sources,
                    only_source: restricted.then_some(&consent.recorded_by),
                });
            }
        }
    }
    rules.sort_by(|a, b| a.consent.cmp(b.consent));
    rules
}

fn reaches<I: PartialEq>(
    provision: &Provision<I>,
    consent: &Consent<I>,
    scope: &Scope<I>,
    viewer: &Viewer<I>,
) -> bool {
    provision.recipients.contains(&viewer.agency)
        || (provision.to_circle
            && match provision.effect {
                // The law asks for named organisations: one that joins later is a new question.
                Effect::Permit => scope.in_circle(&viewer.agency, consent.given_at),
                Effect::Deny => true,
            })
}

/// What the rules about one person and source come to, category by category.
#[derive(Default)]
pub(super) struct Verdict {
    own_permits: u16,
    own_denies: u16,
    other_permits: u16,
    other_denies: u16,
    withdrawn: u16,
    expired: u16,
}

impl Verdict {
    pub fn over<'r, 'g: 'r, I: 'g>(rules: impl Iterator<Item = &'r Rule<'g, I>>) -> Self {
        let mut verdict = Self::default();
        for rule in rules {
            let slot = match (rule.state, rule.effect, rule.own_voice) {
                (State::Valid, Effect::Permit, true) => &mut verdict.own_permits,
                (State::Valid, Effect::Deny, true) => &mut verdict.own_denies,
                (State::Valid, Effect::Permit, false) => &mut verdict.other_permits,
                (State::Valid, Effect::Deny, false) => &mut verdict.other_denies,
                (State::Withdrawn, Effect::Permit, _) => &mut verdict.withdrawn,
                (State::Expired, Effect::Permit, _) => &mut verdict.expired,
                _ => continue,
            };
            *slot |= rule.categories;
        }
        verdict
    }

    /// Where the person's own valid sentences speak, those of a parent or tutor no longer count.
    const fn silenced(&self) -> u16 {
        self.own_permits | self.own_denies
    }

    const fn denies(&self) -> u16 {
        self.own_denies | (self.other_denies & !self.silenced())
    }

    /// The categories permitted and not denied.
    pub const fn permits(&self) -> u16 {
        (self.own_permits | (self.other_permits & !self.silenced())) & !self.denies()
    }

    /// The smallest consent that permits this category, once it is known that one does.
    pub fn permitting<'r, 'g: 'r, I: 'g>(
        &self,
        rules: impl Iterator<Item = &'r Rule<'g, I>>,
        bit: u16,
    ) -> Option<&'g I> {
        let only_own = self.silenced() & bit != 0;
        let mut permitting = rules.filter(|rule| {
            rule.state == State::Valid
                && rule.effect == Effect::Permit
                && rule.categories & bit != 0
                && (rule.own_voice || !only_own)
        });
        permitting.next().map(|rule| rule.consent)
    }

    /// Why a category is not permitted, strongest first.
    pub const fn reason(&self, bit: u16) -> Reason {
        if self.denies() & bit != 0 {
            Reason::Refused
        } else if self.withdrawn & bit != 0 {
            Reason::Withdrawn
        } else if self.expired & bit != 0 {
            Reason::Expired
        } else {
            Reason::NoBasis
        }
    }
}

/// One line of an agreement in force.
pub(super) struct Agreed<'g, I> {
    pub source: &'g I,
    pub subject: &'g I,
    pub category: Category,
}

/// What an agreement tells of facts yet to come.
pub(super) fn agreed_of<'g, I>(act: &'g Act<I>) -> impl Iterator<Item = Agreed<'g, I>> {
    let agreement = act.expires == Expiry::AgreementEnd;
    act.items.iter().filter_map(move |item| match item {
        Item::Agreed { subject, category } if agreement => {
            Some(Agreed { source: &act.source, subject, category: *category })
        }
        _ => None,
    })
}
