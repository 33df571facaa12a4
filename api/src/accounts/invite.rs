//! `POST /api/v1/accounts/{id}/invitation`: invite again somebody who has not enrolled.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{Account, Invitation, find, invite_again},
    acts::ManageAccount,
    desk::{Caller, Disclosed},
    id::UserId,
};

use crate::{
    http::{Ask, Body, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Makes a new invitation; the earlier one serves no more. It is shown once.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), request_body = Nothing, responses((status = 201, body = Invitation)))]
#[post("/api/v1/accounts/{id}/invitation")]
pub async fn invite(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, UserId>) -> Result<Reply, Problem> {
    Reply::given(StatusCode::CREATED, run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: UserId,
    body: Body,
) -> Result<Disclosed<Invitation>, Problem> {
    worker
        .desk()?
        .once::<_, Problem>(caller, async move |session| {
            let account = find(session, id).await?;
            let permit = session.permit::<ManageAccount, Account>(&account)?;
            body.read::<Nothing>()?;
            Ok(invite_again(session, permit).await?)
        })
        .await
}
