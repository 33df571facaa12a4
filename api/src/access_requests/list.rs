//! `GET /api/v1/registers/access-requests`: the own agency's register of access requests.

use actix_web::{HttpRequest, get, web::Data};
use domain::access_request::{RequestsView, find_all};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Cursor, Paging, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// Where the page is.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    limit: Option<String>,
    cursor: Option<String>,
}

/// The own agency's access requests as they stand, newest first: its privacy officer.
#[utoipa::path(tag = "registers", params(Wanted), responses((status = 200, body = RequestsView)))]
#[get("/api/v1/registers/access-requests")]
pub async fn list(worker: Data<Worker>, request: HttpRequest, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let (limit, before) = (i64::from(paging.limit), paging.after.map(|after| (after.at, after.id)));
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let register = find_all(session, limit, before).await?;
            Ok(session.open(register)?)
        })
        .await?;
    Reply::page(view, |view: &RequestsView| {
        let full = view.items.len() == usize::from(paging.limit);
        view.items
            .last()
            .filter(|_| full)
            .map(|last| Cursor { at: last.entered_at, id: last.id.uuid() }.encode())
    })
}
