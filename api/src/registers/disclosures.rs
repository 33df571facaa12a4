//! `GET /api/v1/registers/disclosures`: the own agency's register of disclosures.

use actix_web::{HttpRequest, get, web::Data};
use domain::disclosure::{RegisterView, find_register};
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

/// The own agency's disclosures with their records, oldest first: its privacy officer and respondents.
#[utoipa::path(tag = "registers", params(Wanted), responses((status = 200, body = RegisterView)))]
#[get("/api/v1/registers/disclosures")]
pub async fn disclosures(
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
            let register = find_register(session, limit, after).await?;
            Ok(session.open(register)?)
        })
        .await?;
    Reply::page(view, |view: &RegisterView| {
        let full = view.items.len() == usize::from(paging.limit);
        view.items.last().filter(|_| full).map(|act| Cursor { at: act.at, id: act.id.uuid() }.encode())
    })
}
