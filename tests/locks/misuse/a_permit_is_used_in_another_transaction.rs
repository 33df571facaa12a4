//! A permit belongs to the transaction it was noted in.

use authz::{
    acts::RecuseSelf,
    desk::{Acting, Permit, Session},
};
use domain::{file::view::RiskFile, recusal::recuse_self};

async fn carry<'one, 'other>(session: &mut Session<'one, Acting>, permit: Permit<'other, RecuseSelf, RiskFile>) {
    let _ = recuse_self(session, permit).await;
}

fn main() {}
