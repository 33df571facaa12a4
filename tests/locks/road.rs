//! The road: found, sealed, judged, recorded, shown; and a change with its permit.

use authz::{
    acts::RecuseSelf,
    desk::{Caller, Desk},
    fault::Stop,
    id::FileId,
};
use domain::{
    file::{find::find, find::find_for_change, view::RiskFile},
    recusal::recuse_self,
    refusal::Refusal,
};

pub async fn read(desk: &Desk, who: Caller, id: FileId) -> Option<String> {
    let view = desk
        .read::<_, Stop>(who, async move |session| {
            let file = find(session, id).await?;
            session.open(file)
        })
        .await
        .ok()?;
    Some(view.into_parts().0.reference)
}

enum Mine {
    Stop,
    Refusal,
}

impl From<Stop> for Mine {
    fn from(_: Stop) -> Self {
        Self::Stop
    }
}

impl From<Refusal> for Mine {
    fn from(_: Refusal) -> Self {
        Self::Refusal
    }
}

pub async fn change(desk: &Desk, who: Caller, id: FileId) -> bool {
    let done = desk.act::<Mine>(who, async move |session| {
        let file = find_for_change(session, id).await?;
        let permit = session.permit::<RecuseSelf, RiskFile>(&file)?;
        let (spent, recused) = recuse_self(session, permit).await?;
        Ok(session.done(spent, &recused)?)
    });
    done.await.is_ok()
}
