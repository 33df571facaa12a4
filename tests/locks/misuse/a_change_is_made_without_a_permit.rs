//! A change asks for its permit.

use authz::desk::{Acting, Session};
use domain::recusal::recuse_self;

async fn bare(session: &mut Session<'_, Acting>) {
    let _ = recuse_self(session).await;
}

fn main() {}
