//! What each basis allows and refuses, as the law it states.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use authz::id::{PersonId, from_parts};
use authz::vocabulary::{AgencyKind, Capacity, Category, Expiry, SubjectRole};
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Answer, Attempt, BasisVersion, Cleared, ConditionKind, Invoker, Item, Law, LawError, Only, Recipient,
    Regime, Register, Status,
};
use crate::validation::Rule;
use crate::wording::Lang;

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn today() -> DateTime<Utc> {
    moment("2026-11-17T16:10:00Z")
}

fn basis(code: &str) -> &'static BasisVersion {
    Law::in_force(code, today()).unwrap()
}

fn person(number: u8) -> PersonId {
    from_parts(today(), [number; 10]).into()
}

fn item(category: Category, role: SubjectRole) -> Item {
    Item { category, person: person(0), role }
}

/// An act under a basis, right in everything it attests; tests then spoil one thing.
struct Draft {
    basis: &'static BasisVersion,
    invoker: Invoker,
    recipients: Vec<Recipient>,
    items: Vec<Item>,
    attestations: BTreeMap<String, Answer>,
    expires: Expiry,
    until: Option<DateTime<Utc>>,
}

impl Draft {
    fn under(code: &str, kind: AgencyKind, regime: Regime, to: AgencyKind, items: &[Item]) -> Self {
        let basis = basis(code);
        let attestations = basis
            .asks
            .iter()
            .filter(|asked| asked.required)
            .map(|asked| {
                let answer = match asked.kind {
                    ConditionKind::Attest => Answer::Yes(true),
                    ConditionKind::Choice => Answer::Words(asked.choices.first().unwrap().code.clone()),
                    ConditionKind::Text | ConditionKind::Ref => Answer::Words("2026-17".to_owned()),
                };
                (asked.id.clone(), answer)
            })
            .collect();
        Self {
            basis,
            invoker: Invoker { kind, regime },
            recipients: vec![Recipient { kind: to, capacity: Capacity::AbleToAid }],
            items: items.to_vec(),
            attestations,
            expires: basis.expires,
            until: (basis.expires == Expiry::AgreementEnd).then(|| today() + TimeDelta::days(365)),
        }
    }

    /// The act of the men's service that tells the police of a threat to kill.
    fn emergency() -> Self {
        let threat = item(Category::MentalHealth, SubjectRole::AllegedAggressor);
        Self::under(
            "QC_P391_18_1",
            AgencyKind::PerpetratorServices,
            Regime::PrivateSector,
            AgencyKind::Police,
            &[threat],
        )
    }

    fn check(&self) -> Result<Cleared, Vec<(String, Rule)>> {
        let act = Attempt {
            invoker: self.invoker,
            recipients: &self.recipients,
            items: &self.items,
            attestations: &self.attestations,
            expires: self.expires,
            until: self.until,
            at: today(),
        };
        let name = |wrong: Vec<crate::validation::Invalid>| {
            wrong.into_iter().map(|invalid| (invalid.pointer, invalid.rule)).collect()
        };
        self.basis.check(&act).map_err(name)
    }

    fn refusals(&self) -> Vec<(String, Rule)> {
        self.check().err().unwrap_or_default()
    }
}

fn one(place: &str, rule: Rule) -> Vec<(String, Rule)> {
    vec![(place.to_owned(), rule)]
}

mod acts;
mod kinds_of_basis;
mod versions;
