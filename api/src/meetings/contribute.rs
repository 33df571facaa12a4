//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/contributions`: bring what one’s agency knows.

use actix_web::{post, web::Data};
use authz::{
    acts::Contribute,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Kept, Meeting, NewContribution, contribute as contribute_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Brings something, as a document of the writer’s own agency, before the table or at it.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewContribution, responses((status = 201, body = Kept)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/contributions")]
pub async fn contribute(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), meeting.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    meeting: MeetingId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<Contribute, Meeting>(&found)?;
            let new: NewContribution = body.read()?;
            let (spent, done) = contribute_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
