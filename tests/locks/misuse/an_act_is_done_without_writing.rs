//! An answer is made of what was spent.

use authz::desk::{Acting, Session};
use domain::recusal::Recused;

fn pretend(session: &mut Session<'_, Acting>, answer: &Recused) {
    let _ = session.done((), answer);
}

fn main() {}
