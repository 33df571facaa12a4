//! `GET /api/v1/me/notifications`: how one is told.

use actix_web::{get, web::Data};
use domain::notification::{NotificationsView, find};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// How one is told of messages: by mail at once, once a day or not at all, and when not to be disturbed.
#[utoipa::path(tag = "me", responses((status = 200, body = NotificationsView)))]
#[get("/api/v1/me/notifications")]
pub async fn notifications(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
