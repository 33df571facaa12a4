//! The gate alone: a file of forty facts and six consents.

use std::{hint::black_box, time::Instant};

use authz::{
    ceiling::Ceiling,
    gate::{
        CategorySet, CircleRow, Consent, Decision, Gate, Label, Person, Provision, PurposeSet, Scope,
        Sources, Viewer,
    },
    vocabulary::{AgencyKind, Category, Effect, GrantorKind, Purpose, Role, SubjectRole},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

const TIMES: u32 = 20_000;

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(kind << 64 | number as u128)
}

fn scope(now: DateTime<Utc>) -> Scope<Uuid> {
    let roles =
        [SubjectRole::PersonAtRisk, SubjectRole::Child, SubjectRole::Child, SubjectRole::AllegedAggressor];
    let day = TimeDelta::days(1);
    let fact = |n: usize| Label {
        id: id(1, n),
        subject: id(2, n % 4),
        category: Category::ALL[n % Category::ALL.len()],
        source: id(3, n % 8),
        recorded_at: now - day * 3,
        vault: (n.is_multiple_of(13)).then(|| vec![id(3, 0), id(3, 1)]),
    };
    let provision = |n: usize| Provision {
        effect: if n % 4 == 3 { Effect::Deny } else { Effect::Permit },
        recipients: vec![id(3, n % 8), id(3, 0)],
        to_circle: n.is_multiple_of(3),
        categories: Category::ALL.iter().copied().skip(n % 5).step_by(2).collect::<CategorySet>(),
        purposes: PurposeSet::ANY,
        sources: if n.is_multiple_of(2) { Sources::Any } else { Sources::These(vec![id(3, 1), id(3, 2)]) },
    };
    let consent = |n: usize| Consent {
        id: id(4, n),
        subject: id(2, n % 4),
        recorded_by: id(3, 1),
        grantor: GrantorKind::SelfGiven,
        grantor_person: None,
        given_at: now - day * 2,
        valid_from: now - day * 2,
        valid_until: Some(now + day * 90),
        withdrawn_at: None,
        provisions: (0..3).map(|p| provision(n * 3 + p)).collect(),
    };
    Scope {
        circle: (0..8).map(|n| CircleRow { agency: id(3, n), from: now - day * 4, until: None }).collect(),
        recused: vec![id(5, 9)],
        sunset_at: None,
        persons: roles
            .iter()
            .enumerate()
            .map(|(n, role)| Person { id: id(2, n), role: *role, birth_date: None })
            .collect(),
        facts: (0..40).map(fact).collect(),
        consents: (0..6).map(consent).collect(),
        acts: Vec::new(),
    }
}

/// Microseconds for all facts, and for the withheld lists of all persons.
pub fn run() {
    let ceiling = Ceiling::built_in().expect("the policy");
    let now: DateTime<Utc> = super::house::NOW.parse().expect("a moment");
    let scope = scope(now);
    let viewer = Viewer {
        user: id(5, 1),
        agency: id(3, 0),
        agency_kind: AgencyKind::Police,
        roles: [Role::Worker].into_iter().collect(),
    };
    let gate = Gate::new(&scope, &viewer, Purpose::SafetyPlanning, now, &ceiling);
    let shown = scope.facts.iter().filter(|fact| matches!(gate.decide(fact), Decision::Disclosed(_))).count();
    let withheld: usize = scope.persons.iter().map(|person| gate.withheld(&person.id).len()).sum();
    println!("of 40 facts {shown} are shown; {withheld} categories are withheld");
    for _ in 0..5 {
        let began = Instant::now();
        for _ in 0..TIMES {
            let gate = Gate::new(&scope, &viewer, Purpose::SafetyPlanning, now, &ceiling);
            for fact in &scope.facts {
                black_box(gate.decide(fact));
            }
        }
        let decided = began.elapsed();
        let gate = Gate::new(&scope, &viewer, Purpose::SafetyPlanning, now, &ceiling);
        let began = Instant::now();
        for _ in 0..TIMES {
            for person in &scope.persons {
                black_box(gate.withheld(&person.id));
            }
        }
        let each = |took: std::time::Duration| took.as_secs_f64() * 1e6 / f64::from(TIMES);
        println!(
            "40 facts decided in {:.2} µs, withheld lists in {:.2} µs",
            each(decided),
            each(began.elapsed())
        );
    }
}
