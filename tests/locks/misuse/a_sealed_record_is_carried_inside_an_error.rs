//! An error leaves the unit: it carries nothing of it.

use authz::{
    desk::{Caller, Desk, Sealed},
    fault::Stop,
    id::FileId,
};
use domain::file::{find::find, view::RiskFile};

enum Smuggler {
    File(Sealed<'static, RiskFile>),
    Stop,
}

impl From<Stop> for Smuggler {
    fn from(_: Stop) -> Self {
        Self::Stop
    }
}

async fn leak(desk: &Desk, who: Caller, id: FileId) {
    let _ = desk
        .read::<String, Smuggler>(who, async move |session| {
            let file = find(session, id).await?;
            Err(Smuggler::File(file))
        })
        .await;
}

fn main() {}
