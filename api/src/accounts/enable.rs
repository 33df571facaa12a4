//! `POST /api/v1/accounts/{id}/enabling`: enable a disabled account.

use actix_web::{post, web::Data};
use authz::{
    accounts::{self, Account, AccountChanged, find},
    acts::ManageAccount,
    id::UserId,
};

use crate::{
    http::{Ask, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Enables a disabled account. Its roles are as they were; nobody is signed in by it.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), request_body = Nothing, responses((status = 200, body = AccountChanged)))]
#[post("/api/v1/accounts/{id}/enabling")]
pub async fn enable(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, UserId>) -> Result<Reply, Problem> {
    let (id, body) = (id.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let account = find(session, id).await?;
            let permit = session.permit::<ManageAccount, Account>(&account)?;
            body.read::<Nothing>()?;
            let (spent, changed) = accounts::enable(session, permit).await?;
            Ok(session.done(spent, &changed)?)
        })
        .await?;
    Reply::act(done)
}
