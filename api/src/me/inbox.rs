//! `GET /api/v1/me/inbox`: what happened that concerns the caller.

use actix_web::{HttpRequest, get, web::Data};
use domain::inbox::{MessageView, page};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{Ask, Cursor, Paging, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// Which page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    limit: Option<String>,
    cursor: Option<String>,
}

/// A page of messages.
#[derive(Serialize, ToSchema)]
pub struct InboxView {
    items: Vec<MessageView>,
    next: Option<String>,
}

/// The messages, newest first: a fixed sentence each, and the file it leads to.
#[utoipa::path(tag = "me", params(Wanted), responses((status = 200, body = InboxView)))]
#[get("/api/v1/me/inbox")]
pub async fn inbox(worker: Data<Worker>, request: HttpRequest, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let lang = ask.lang;
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let before = paging.after.map(|after| (after.at, after.id));
            // One more than asked for tells whether there is a next page.
            let messages = page(session, i64::from(paging.limit) + 1, before, lang).await?;
            Ok(session.open(messages)?)
        })
        .await?;
    Reply::list(found, usize::from(paging.limit), |item: &MessageView| Cursor {
        at: item.created_at,
        id: item.id.uuid(),
    })
}
