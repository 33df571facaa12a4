//! `POST /api/v1/me/inbox/{id}/acknowledgement`: acknowledge a message.

use actix_web::{post, web::Data};
use authz::{
    acts::OwnAccount,
    desk::{Answered, Caller, Disclosed},
    id::InboxId,
};
use domain::inbox::{Acknowledged, Message, acknowledge as acknowledge_message, find};

use crate::{
    http::{Ask, Body, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Acknowledges a message; doing it again changes nothing.
#[utoipa::path(tag = "me", params(("id" = uuid::Uuid, Path, description = "The message")), request_body = Nothing, responses((status = 200, body = Acknowledged)))]
#[post("/api/v1/me/inbox/{id}/acknowledgement")]
pub async fn acknowledge(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, InboxId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: InboxId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let message = find(session, id).await?;
            let permit = session.permit::<OwnAccount, Message>(&message)?;
            body.read::<Nothing>()?;
            let (spent, acknowledged) = acknowledge_message(session, permit).await?;
            Ok(session.done(spent, &acknowledged)?)
        })
        .await
}
