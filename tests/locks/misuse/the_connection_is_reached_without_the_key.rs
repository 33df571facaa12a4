//! Whoever cannot name the key cannot ask the database anything.

use authz::desk::{Reading, Session};

fn raw(session: &Session<'_, Reading>) {
    let _ = session.tx(Default::default()).conn(Default::default());
}

fn main() {}
