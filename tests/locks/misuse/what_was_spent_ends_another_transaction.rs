//! What was spent in one transaction proves nothing in another.

use authz::{
    acts::RecuseSelf,
    desk::{Acting, Session, Spent},
};
use domain::recusal::Recused;

fn carry<'one, 'other>(session: &mut Session<'one, Acting>, spent: Spent<'other, RecuseSelf>, answer: &Recused) {
    let _ = session.done(spent, answer);
}

fn main() {}
