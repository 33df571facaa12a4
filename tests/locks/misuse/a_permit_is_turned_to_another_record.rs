//! The id acted on comes out of the permit: there is no place for another.

use authz::{
    acts::RecuseSelf,
    desk::{Acting, Permit, Session},
    id::FileId,
};
use domain::{file::view::RiskFile, recusal::recuse_self};

async fn turn<'tx>(session: &mut Session<'tx, Acting>, mut permit: Permit<'tx, RecuseSelf, RiskFile>, other: FileId) {
    permit.id = other;
    let _ = recuse_self(session, permit).await;
}

fn main() {}
