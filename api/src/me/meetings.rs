//! `GET /api/v1/me/meetings`: the meetings the caller is called to.

use actix_web::{get, web::Data};
use domain::meeting::find_called;

use crate::{
    http::{Ask, Reply, SignedIn},
    meetings::list::MeetingsView,
    problem::Problem,
    server::Worker,
};

/// The meetings that the caller is called to by name and that are not over, the next first.
#[utoipa::path(tag = "me", responses((status = 200, body = MeetingsView)))]
#[get("/api/v1/me/meetings")]
pub async fn meetings(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_called(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::whole_list(found)
}
