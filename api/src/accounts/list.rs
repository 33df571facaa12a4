//! `GET /api/v1/accounts`: the accounts of the own agency.

use actix_web::{HttpRequest, get, web::Data};
use authz::accounts::{AccountView, page};
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

/// A page of accounts.
#[derive(Serialize, ToSchema)]
pub struct AccountsView {
    items: Vec<AccountView>,
    next: Option<String>,
}

/// The accounts of the own agency, oldest first. Its admin only.
#[utoipa::path(tag = "accounts", params(Wanted), responses((status = 200, body = AccountsView)))]
#[get("/api/v1/accounts")]
pub async fn list(worker: Data<Worker>, request: HttpRequest, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let after = paging.after.map(|after| (after.at, after.id));
            // One more than asked for tells whether there is a next page.
            let accounts = page(session, i64::from(paging.limit) + 1, after).await?;
            Ok(session.open(accounts)?)
        })
        .await?;
    Reply::list(found, usize::from(paging.limit), |item: &AccountView| Cursor {
        at: item.created_at,
        id: item.id.uuid(),
    })
}
