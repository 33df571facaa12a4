//! `POST /api/v1/accounts/{id}/enabling`: enable a disabled account.

use actix_web::{post, web::Data};
use authz::{
    accounts::{self, Account, AccountChanged, find},
    acts::ManageAccount,
    desk::{Answered, Caller, Disclosed},
    id::UserId,
};

use crate::{
    http::{Ask, Body, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Enables a disabled account. Its roles are as they were; nobody is signed in by it.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), request_body = Nothing, responses((status = 200, body = AccountChanged)))]
#[post("/api/v1/accounts/{id}/enabling")]
pub async fn enable(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, UserId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: UserId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let account = find(session, id).await?;
            let permit = session.permit::<ManageAccount, Account>(&account)?;
            body.read::<Nothing>()?;
            let (spent, changed) = accounts::enable(session, permit).await?;
            Ok(session.done(spent, &changed)?)
        })
        .await
}
