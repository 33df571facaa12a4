//! Disclosure acts: when one is in force for the viewer, and which facts it covers.

use serde_json::Value;

use super::read::{instant, list, maybe_instant, text};

/// The smallest id, by bytes, among the acts that cover the fact.
pub fn smallest_covering<'a>(situation: &'a Value, fact: &Value) -> Option<&'a str> {
    let acts = list(situation, "disclosures").iter();
    acts.filter(|act| covers(situation, act, fact)).map(|act| text(act, "id")).min()
}

/// Whether the act is in force for the viewer and speaks of this fact.
pub fn covers(situation: &Value, act: &Value, fact: &Value) -> bool {
    if !is_in_force(situation, act) || text(act, "source") != text(fact, "source") {
        return false;
    }
    let mut items = list(act, "items").iter();
    match text(act, "expires") {
        "single_act" => {
            items.any(|item| item["fact"] == fact["id"]) && instant(fact, "recorded_at") <= instant(act, "at")
        }
        "agreement_end" => {
            items.any(|item| item["subject"] == fact["subject"] && item["category"] == fact["category"])
        }
        other => panic!("`{other}` is not a way for an act to expire"),
    }
}

fn is_in_force(situation: &Value, act: &Value) -> bool {
    let now = instant(situation, "now");
    let viewer_agency = text(&situation["viewer"], "agency");
    list(act, "recipients").iter().any(|recipient| text(recipient, "agency") == viewer_agency)
        && instant(act, "at") <= now
        && now < instant(act, "until")
        && maybe_instant(act, "revoked_at").is_none_or(|revoked| revoked > now)
}
