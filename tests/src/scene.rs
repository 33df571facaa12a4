//! A situation told in a few words, for the examples that are made by hand.
//!
//! The stage: at noon UTC on 17 October 2026, a respondent of `health-0` reads for safety planning. `health-0`,
//! `police-1` and `shelter-2` are the circle since January. On the file are a person at risk, an alleged
//! aggressor, a child of twelve and a relative who is grown up. There are no facts, consents or acts yet.

use serde_json::{Value, json};

use crate::engine::{engine, is_visible, of_fact};
use crate::variations;

/// The agency of the viewer.
pub const HEALTH: &str = "health-0";
/// Two agencies of the circle beside the viewer's.
pub const POLICE: &str = "police-1";
pub const SHELTER: &str = "shelter-2";
/// An agency that is not in the circle.
pub const COMMUNITY: &str = "community-3";

/// The four persons of the file.
pub const AT_RISK: &str = "at-risk";
pub const AGGRESSOR: &str = "aggressor";
pub const CHILD: &str = "child";
pub const RELATIVE: &str = "relative";

/// A consent that everything else defaults to: given on this day.
pub const GIVEN: &str = "2026-09-01T12:00:00Z";
/// The present of the stage, and one second either side.
pub const NOW: &str = "2026-10-17T12:00:00Z";
pub const A_SECOND_AGO: &str = "2026-10-17T11:59:59Z";
pub const IN_A_SECOND: &str = "2026-10-17T12:00:01Z";

/// A situation being told.
#[derive(Clone, Debug)]
pub struct Scene(Value);

/// The stage, with nobody on it but the persons.
pub fn scene() -> Scene {
    let in_circle = |agency: &str| json!({"agency": agency, "from": "2026-01-01T00:00:00Z", "until": null});
    Scene(json!({
        "id": "s0",
        "now": NOW,
        "purpose": "safety_planning",
        "viewer": {"user": "u0", "agency": HEALTH, "agency_kind": "health", "roles": ["respondent"]},
        "file": {
            "id": "f0",
            "circle": [in_circle(HEALTH), in_circle(POLICE), in_circle(SHELTER)],
            "recused": [],
            "sunset_at": null,
            "persons": [
                {"id": AT_RISK, "role": "person_at_risk", "birth_date": "1990-05-04"},
                {"id": AGGRESSOR, "role": "alleged_aggressor", "birth_date": "1985-06-01"},
                {"id": CHILD, "role": "child", "birth_date": "2014-06-01"},
                {"id": RELATIVE, "role": "relative", "birth_date": null},
            ],
        },
        "facts": [],
        "consents": [],
        "disclosures": [],
    }))
}

impl Scene {
    /// A fact recorded on 10 October, in no vault.
    pub fn fact(self, id: &str, subject: &str, category: &str, source: &str) -> Self {
        self.and(
            "facts",
            json!({
                "id": id,
                "subject": subject,
                "category": category,
                "source": source,
                "recorded_at": "2026-10-10T12:00:00Z",
                "vault": null,
            }),
        )
    }

    /// A consent or an act that stands beside those told before.
    pub fn on_record(self, writing: Writing) -> Self {
        self.and(writing.list, writing.value)
    }

    /// The same, but with `value` where `pointer` points.
    pub fn with(self, pointer: &str, value: Value) -> Self {
        Self(variations::with(&self.0, pointer, value))
    }

    /// The viewer is of another kind of agency, under the same name.
    pub fn viewer_kind(self, kind: &str) -> Self {
        self.with("/viewer/agency_kind", json!(kind))
    }

    /// The viewer holds exactly these roles.
    pub fn roles(self, roles: &[&str]) -> Self {
        self.with("/viewer/roles", json!(roles))
    }

    /// The viewer reads for this purpose.
    pub fn purpose(self, purpose: &str) -> Self {
        self.with("/purpose", json!(purpose))
    }

    /// The viewer's agency has left the circle.
    pub fn outside(self) -> Self {
        self.with("/file/circle/0/until", json!(NOW))
    }

    /// What the gate says of a fact: its basis, `withheld: <reason>`, `hidden`; or `absent` for the whole file.
    pub fn says_of(&self, fact: &str) -> String {
        let decision = engine(&self.0);
        if !is_visible(&decision) {
            assert_eq!(decision, json!({"file": "absent", "facts": []}), "an absent file says nothing else");
            return "absent".to_owned();
        }
        let decided = of_fact(&decision, fact);
        match decided["outcome"].as_str() {
            Some("disclosed") => decided["basis"].as_str().unwrap().to_owned(),
            Some("withheld") => format!("withheld: {}", decided["reason"].as_str().unwrap()),
            Some("hidden") => "hidden".to_owned(),
            _ => panic!("no outcome for {fact} in {decision}"),
        }
    }

    /// The situation told, for those who ask more of it.
    pub fn situation(&self) -> &Value {
        &self.0
    }

    fn and(mut self, list: &str, element: Value) -> Self {
        self.0[list].as_array_mut().unwrap().push(element);
        self
    }
}

/// A consent or an act being told.
#[derive(Clone, Debug)]
pub struct Writing {
    list: &'static str,
    value: Value,
}

/// A consent by the subject in person, taken by the shelter, without end; it has no provisions yet.
pub fn consent(id: &str, subject: &str) -> Writing {
    Writing {
        list: "consents",
        value: json!({
            "id": id,
            "subject": subject,
            "recorded_by": SHELTER,
            "grantor": {"kind": "self", "person": null},
            "given_at": GIVEN,
            "valid_from": GIVEN,
            "valid_until": null,
            "withdrawn_at": null,
            "provisions": [],
        }),
    }
}

/// An emergency act of 12 October by `source` towards the viewer's agency, of the facts chosen.
pub fn emergency_act(id: &str, source: &str, facts: &[&str]) -> Writing {
    let items: Vec<Value> = facts.iter().map(|fact| json!({"fact": fact})).collect();
    act(id, source, "single_act", "QC_A21_59_1", &items)
}

/// An agreement of 12 October by `source` with the viewer's agency, over one category of one subject.
pub fn agreement(id: &str, source: &str, subject: &str, category: &str) -> Writing {
    act(id, source, "agreement_end", "QC_A21_68", &[json!({"subject": subject, "category": category})])
}

fn act(id: &str, source: &str, expires: &str, basis_code: &str, items: &[Value]) -> Writing {
    Writing {
        list: "disclosures",
        value: json!({
            "id": id,
            "source": source,
            "at": "2026-10-12T12:00:00Z",
            "basis_code": basis_code,
            "expires": expires,
            "until": "2026-11-11T12:00:00Z",
            "revoked_at": null,
            "recipients": [{"agency": HEALTH, "capacity": "able_to_aid"}],
            "items": items,
        }),
    }
}

impl Writing {
    /// The same, but with `value` under `key`.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        assert!(self.value.get(key).is_some(), "a consent or act has no `{key}`");
        self.value[key] = value.into();
        self
    }

    /// Given by a parent, who is this person of the file or elsewhere.
    pub fn by_parent(self, person: &str) -> Self {
        self.with("grantor", json!({"kind": "parent", "person": person}))
    }

    /// Permitting these recipients everything.
    pub fn permitting(self, recipients: &[&str]) -> Self {
        self.providing("permit", recipients, &["*"])
    }

    /// Denying these recipients everything.
    pub fn denying(self, recipients: &[&str]) -> Self {
        self.providing("deny", recipients, &["*"])
    }

    /// Permitting or denying these recipients these categories.
    pub fn providing(mut self, effect: &str, recipients: &[&str], categories: &[&str]) -> Self {
        self.value["provisions"].as_array_mut().unwrap().push(json!({
            "effect": effect,
            "recipients": recipients,
            "categories": categories,
            "purposes": ["*"],
            "sources": ["*"],
        }));
        self
    }
}
