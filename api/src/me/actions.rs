//! `GET /api/v1/me/actions`: the actions the caller answers for.

use actix_web::{get, web::Data};
use domain::action::list_own;

use crate::{
    actions::list::ActionsView,
    http::{Ask, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// The actions that the caller answers for in person and that are still to be done, what is due first on top.
#[utoipa::path(tag = "me", responses((status = 200, body = ActionsView)))]
#[get("/api/v1/me/actions")]
pub async fn actions(worker: Data<Worker>, ask: Ask<Reads>) -> Result<Reply, Problem> {
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| Ok(list_own(session).await?))
        .await?;
    Reply::whole_list(found)
}
