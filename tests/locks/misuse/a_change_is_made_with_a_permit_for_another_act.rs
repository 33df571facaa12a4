//! A permit is for one act.

use authz::{
    acts::RecuseOther,
    desk::{Acting, Permit, Session},
};
use domain::{file::view::RiskFile, recusal::recuse_self};

async fn swap<'tx>(session: &mut Session<'tx, Acting>, permit: Permit<'tx, RecuseOther, RiskFile>) {
    let _ = recuse_self(session, permit).await;
}

fn main() {}
