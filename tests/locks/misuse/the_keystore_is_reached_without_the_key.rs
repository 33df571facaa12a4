//! Keys are for the crates that seal and open.

use authz::desk::{Reading, Session};

fn raw(session: &Session<'_, Reading>) {
    let _ = session.keys(Default::default());
}

fn main() {}
