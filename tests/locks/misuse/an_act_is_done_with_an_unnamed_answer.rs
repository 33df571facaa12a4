//! What a change answers is a type of its own, never loose JSON.

use authz::{
    acts::RecuseSelf,
    desk::{Acting, Session, Spent},
};

fn loose<'tx>(session: &mut Session<'tx, Acting>, spent: Spent<'tx, RecuseSelf>) {
    let _ = session.done(spent, &serde_json::json!({"name": "x"}));
}

fn main() {}
