//! `GET /api/v1/registers/communications`: everything the own agency told.

use actix_web::{HttpRequest, get, web::Data};
use domain::meeting::{CommunicationsView, find_communications};
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

/// Everything the own agency told without being asked for it field by field: its disclosures, and what was told aloud
/// on a consent; oldest first, for its privacy officer and respondents.
#[utoipa::path(tag = "registers", params(Wanted), responses((status = 200, body = CommunicationsView)))]
#[get("/api/v1/registers/communications")]
pub async fn communications(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let (limit, after) = (i64::from(paging.limit), paging.after.map(|after| (after.at, after.id)));
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let register = find_communications(session, limit, after).await?;
            Ok(session.open(register)?)
        })
        .await?;
    Reply::page(view, |view: &CommunicationsView| {
        let full = view.items.len() == usize::from(paging.limit);
        view.items.last().filter(|_| full).map(|act| Cursor { at: act.at, id: act.id }.encode())
    })
}
