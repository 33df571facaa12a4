//! `GET /api/v1/accounts/{id}`: one account of the own agency.

use actix_web::{get, web::Data};
use authz::{
    accounts::{AccountView, find},
    id::UserId,
};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// One account of the own agency. Its admin only; another agency's is absent.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), responses((status = 200, body = AccountView)))]
#[get("/api/v1/accounts/{id}")]
pub async fn read(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, UserId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let account = find(session, id).await?;
            Ok(session.open(account)?)
        })
        .await?;
    Reply::view(view)
}
