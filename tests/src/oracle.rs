//! The gate, stated a second time, as plainly as the words allow.
//!
//! This is not the engine and shares nothing with it: no masks, no tables worked out beforehand, no casbin.
//! Each function is one numbered step or one sentence of the rules, asked afresh for every fact, over the
//! JSON of a situation. Where the engine and this page of code disagree, one of the two is wrong.
//!
//! A situation is taken to be well formed; a missing member stops the test.

mod act;
mod age;
pub mod ceiling;
mod circle;
mod consent;
mod read;

use serde_json::{Value, json};

use self::ceiling::CATEGORIES;
use self::consent::{Provisions, State};
use self::read::{find, instant, list, list_has, maybe_instant, text};

/// What is decided of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Shown, on the basis named: `own`, `consent:<id>` or `disclosure:<id>`.
    Disclosed(String),
    /// Not shown, and the viewer may know that such a field is not shown.
    Withheld(Reason),
    /// Never mentioned.
    Hidden,
}

/// Why a field is withheld, from the weakest reason to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Nothing speaks of it.
    NoBasis,
    /// A consent that would have permitted it has ended.
    Expired,
    /// A consent that would have permitted it was withdrawn.
    Withdrawn,
    /// A valid denial covers it.
    Refused,
}

impl Reason {
    /// The reason as the wire writes it.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::NoBasis => "no_basis",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
        }
    }

    /// The reason of that wire name.
    pub fn from_wire_name(name: &str) -> Option<Self> {
        [Self::NoBasis, Self::Expired, Self::Withdrawn, Self::Refused]
            .into_iter()
            .find(|reason| reason.wire_name() == name)
    }
}

/// The whole decision on a situation, as the wire writes it.
pub fn decide(situation: &Value) -> Value {
    if is_recused(situation) || !sees_the_file(situation) {
        return json!({"file": "absent", "facts": []});
    }
    let decide_one = |fact: &Value| match outcome(situation, fact) {
        Outcome::Disclosed(basis) => json!({"fact": fact["id"], "outcome": "disclosed", "basis": basis}),
        Outcome::Withheld(reason) => {
            json!({"fact": fact["id"], "outcome": "withheld", "reason": reason.wire_name()})
        }
        Outcome::Hidden => json!({"fact": fact["id"], "outcome": "hidden"}),
    };
    let facts: Vec<Value> = list(situation, "facts").iter().map(decide_one).collect();
    json!({"file": "visible", "facts": facts})
}

/// The view's `withheld` list, of constant shape: person, category and strongest reason, in the order of the
/// situation's persons and of [`CATEGORIES`]. Whether a value exists has no part in it.
///
/// The view lists fields; all fields of a category fare alike, so a category stands for its fields here.
pub fn withheld(situation: &Value) -> Vec<(String, String, Reason)> {
    let mut listed = Vec::new();
    if is_recused(situation) || !is_inside(situation) {
        return listed;
    }
    for person in list(&situation["file"], "persons") {
        for category in CATEGORIES {
            let reason_of = |source: &String| match outcome(
                situation,
                &json!({
                    "id": "a fact that nobody recorded",
                    "subject": person["id"],
                    "category": category,
                    "source": source,
                    "recorded_at": situation["now"],
                    "vault": null,
                }),
            ) {
                Outcome::Withheld(reason) => Some(reason),
                Outcome::Disclosed(_) | Outcome::Hidden => None,
            };
            let sources = circle::sources_so_far(situation);
            let others = sources.iter().filter(|source| *source != viewer_agency(situation));
            if let Some(strongest) = others.filter_map(reason_of).max() {
                listed.push((text(person, "id").to_owned(), (*category).to_owned(), strongest));
            }
        }
    }
    listed
}

/// Step 1: the viewer is recused on the file.
fn is_recused(situation: &Value) -> bool {
    list_has(&situation["file"], "recused", text(&situation["viewer"], "user"))
}

/// Step 2: inside the circle, or the source of a fact, or told a fact by an act.
fn sees_the_file(situation: &Value) -> bool {
    is_inside(situation)
        || list(situation, "facts").iter().any(|fact| is_own(situation, fact))
        || is_told_a_fact(situation)
}

fn is_inside(situation: &Value) -> bool {
    circle::contains(situation, viewer_agency(situation), instant(situation, "now"))
}

/// Step 2, the last way in: before sunset, an act in force covers a fact that this agency may be told.
///
/// An act tells nothing of a fact whose vault leaves the agency out, so a vaulted fact gives no file away. The
/// ceiling has no part in this: the agency was told, even when the present viewer may not see what.
fn is_told_a_fact(situation: &Value) -> bool {
    let told = |fact: &Value| {
        vault_admits(situation, fact)
            && list(situation, "disclosures").iter().any(|act| act::covers(situation, act, fact))
    };
    !is_after_sunset(situation) && list(situation, "facts").iter().any(told)
}

/// Step 3: from `sunset_at` on.
fn is_after_sunset(situation: &Value) -> bool {
    maybe_instant(&situation["file"], "sunset_at").is_some_and(|sunset| instant(situation, "now") >= sunset)
}

/// Step 5: the viewer's agency is the source.
fn is_own(situation: &Value, fact: &Value) -> bool {
    text(fact, "source") == viewer_agency(situation)
}

/// Step 6: no vault, or one that names the viewer's agency.
fn vault_admits(situation: &Value, fact: &Value) -> bool {
    fact["vault"].is_null() || list_has(fact, "vault", viewer_agency(situation))
}

fn viewer_agency(situation: &Value) -> &str {
    text(&situation["viewer"], "agency")
}

/// Step 4: whether any one of the viewer's roles may see this fact on that basis.
fn ceiling_allows(situation: &Value, fact: &Value, basis: &str) -> bool {
    let viewer = &situation["viewer"];
    let subject = find(&situation["file"], "persons", text(fact, "subject")).expect("a subject on the file");
    list(viewer, "roles").iter().any(|role| {
        ceiling::allows(
            role.as_str().expect("a role"),
            text(viewer, "agency_kind"),
            text(fact, "category"),
            text(subject, "role"),
            text(situation, "purpose"),
            basis,
        )
    })
}

/// Steps 3 to 10 for one fact of a file that the viewer sees.
fn outcome(situation: &Value, fact: &Value) -> Outcome {
    // Step 5 comes before sunset, vault and circle here because none of the three touches it.
    if is_own(situation, fact) {
        return if ceiling_allows(situation, fact, "own") {
            Outcome::Disclosed("own".to_owned())
        } else {
            Outcome::Hidden
        };
    }
    // Step 3.
    if is_after_sunset(situation) {
        return Outcome::Hidden;
    }
    // Step 6.
    if !vault_admits(situation, fact) {
        return Outcome::Hidden;
    }
    // Step 7.
    let consent_possible = ceiling_allows(situation, fact, "consent");
    let disclosure_possible = ceiling_allows(situation, fact, "disclosure");
    if !consent_possible && !disclosure_possible {
        return Outcome::Hidden;
    }
    // Step 8.
    let provisions = Provisions::about(situation, fact);
    if is_inside(situation)
        && consent_possible
        && !provisions.refuse()
        && let Some(id) = provisions.smallest_permitting_consent()
    {
        return Outcome::Disclosed(format!("consent:{id}"));
    }
    // Step 9.
    if disclosure_possible && let Some(id) = act::smallest_covering(situation, fact) {
        return Outcome::Disclosed(format!("disclosure:{id}"));
    }
    // Step 10.
    if !is_inside(situation) {
        return Outcome::Hidden;
    }
    Outcome::Withheld(if !consent_possible {
        Reason::NoBasis
    } else if provisions.refuse() {
        Reason::Refused
    } else if provisions.permit_in_state(State::Withdrawn) {
        Reason::Withdrawn
    } else if provisions.permit_in_state(State::Expired) {
        Reason::Expired
    } else {
        Reason::NoBasis
    })
}
