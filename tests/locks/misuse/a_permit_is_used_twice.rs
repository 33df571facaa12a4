//! A permit is used up.

use authz::{
    acts::RecuseSelf,
    desk::{Acting, Permit, Session},
};
use domain::{file::view::RiskFile, recusal::recuse_self};

async fn twice<'tx>(session: &mut Session<'tx, Acting>, permit: Permit<'tx, RecuseSelf, RiskFile>) {
    let _ = recuse_self(session, permit).await;
    let _ = recuse_self(session, permit).await;
}

fn main() {}
