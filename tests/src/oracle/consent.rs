//! Consents: what state one is in, and what its provisions say of a fact for the viewer.

use serde_json::Value;

use super::read::{find, instant, list, list_has, maybe_instant, text};
use super::{age, circle};

/// What a consent is worth now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Valid,
    Void,
    Withdrawn,
    Expired,
}

/// One provision that covers the fact, with the consent it stands in.
struct Covering<'a> {
    consent: &'a Value,
    provision: &'a Value,
    state: State,
}

/// Everything that consents say of one fact for the viewer, in whatever state.
pub struct Provisions<'a>(Vec<Covering<'a>>);

impl<'a> Provisions<'a> {
    /// The provisions that cover `fact`, among the consents given about its subject.
    pub fn about(situation: &'a Value, fact: &Value) -> Self {
        let mut covering = Vec::new();
        for consent in list(situation, "consents") {
            for provision in list(consent, "provisions") {
                if consent["subject"] == fact["subject"] && covers(situation, consent, provision, fact) {
                    covering.push(Covering { consent, provision, state: state(situation, consent) });
                }
            }
        }
        Self(covering)
    }

    /// Whether a denial that counts covers the fact.
    pub fn refuse(&self) -> bool {
        self.that_count().any(|one| is_denial(one.provision))
    }

    /// The smallest id, by bytes, among the consents whose permission counts.
    pub fn smallest_permitting_consent(&self) -> Option<&'a str> {
        self.that_count().filter(|one| !is_denial(one.provision)).map(|one| text(one.consent, "id")).min()
    }

    /// Whether a consent in that state has a permission that covers the fact.
    pub fn permit_in_state(&self, state: State) -> bool {
        self.0.iter().any(|one| one.state == state && !is_denial(one.provision))
    }

    /// The valid ones; and where the subject speaks validly, either way, only what the subject says.
    fn that_count(&self) -> impl Iterator<Item = &Covering<'a>> {
        let valid = |one: &&Covering| one.state == State::Valid;
        let subject_speaks = self.0.iter().filter(valid).any(|one| is_by_subject(one.consent));
        self.0.iter().filter(valid).filter(move |one| !subject_speaks || is_by_subject(one.consent))
    }
}

fn is_denial(provision: &Value) -> bool {
    match text(provision, "effect") {
        "deny" => true,
        "permit" => false,
        other => panic!("`{other}` is not an effect"),
    }
}

fn is_by_subject(consent: &Value) -> bool {
    text(&consent["grantor"], "kind") == "self"
}

/// The consent's state: the first of these sentences that applies.
fn state(situation: &Value, consent: &Value) -> State {
    let now = instant(situation, "now");
    let given_at = instant(consent, "given_at");
    let subject =
        find(&situation["file"], "persons", text(consent, "subject")).expect("a subject on the file");
    if is_by_subject(consent) {
        if !age::is_at_least(subject, 14, given_at) {
            return State::Void;
        }
    } else {
        if !may_speak_for_subject(situation, consent) || age::is_at_least(subject, 18, given_at) {
            return State::Void;
        }
        if age::is_at_least(subject, 18, now) {
            return State::Expired;
        }
    }
    if maybe_instant(consent, "withdrawn_at").is_some_and(|withdrawn| withdrawn <= now) {
        return State::Withdrawn;
    }
    if given_at > now || instant(consent, "valid_from") > now {
        return State::Void;
    }
    if maybe_instant(consent, "valid_until").is_some_and(|until| now >= until) {
        return State::Expired;
    }
    State::Valid
}

/// A parent or tutor: someone named, on this file, who is neither an alleged aggressor on it nor the subject.
fn may_speak_for_subject(situation: &Value, consent: &Value) -> bool {
    let named = consent["grantor"]["person"].as_str();
    let Some(grantor) = named.and_then(|id| find(&situation["file"], "persons", id)) else {
        return false;
    };
    text(grantor, "role") != "alleged_aggressor" && grantor["id"] != consent["subject"]
}

/// Whether all four lists of the provision match, and the aggressor's own limit does not stand in the way.
fn covers(situation: &Value, consent: &Value, provision: &Value, fact: &Value) -> bool {
    names_the_viewer(situation, consent, provision)
        && names(provision, "categories", text(fact, "category"))
        && names(provision, "purposes", text(situation, "purpose"))
        && names(provision, "sources", text(fact, "source"))
        && (is_denial(provision) || within_aggressors_reach(situation, consent, fact))
}

/// `*` is any, but only here: among recipients it names nobody.
fn names(provision: &Value, key: &str, wanted: &str) -> bool {
    list_has(provision, key, "*") || list_has(provision, key, wanted)
}

fn names_the_viewer(situation: &Value, consent: &Value, provision: &Value) -> bool {
    let agency = text(&situation["viewer"], "agency");
    if list_has(provision, "recipients", agency) {
        return true;
    }
    // A denial to the circle reaches every agency; a permission, those that were in it when it was given.
    list_has(provision, "recipients", "circle")
        && (is_denial(provision) || circle::contains(situation, agency, instant(consent, "given_at")))
}

/// A permission about an alleged aggressor covers only what the agency that took it recorded itself, whoever
/// gave it in the aggressor's name.
fn within_aggressors_reach(situation: &Value, consent: &Value, fact: &Value) -> bool {
    let subject =
        find(&situation["file"], "persons", text(consent, "subject")).expect("a subject on the file");
    text(subject, "role") != "alleged_aggressor" || consent["recorded_by"] == fact["source"]
}
