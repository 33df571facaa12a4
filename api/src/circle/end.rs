//! `POST /api/v1/files/{id}/circle/{agency}/end`: end an agency's place in the circle.

use actix_web::{post, web::Data};
use authz::{
    acts::EndAgency,
    desk::{Answered, Caller, Disclosed},
    id::{AgencyId, FileId},
};
use domain::circle::{MemberEnded, MemberRecord, end as end_place, find};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Ends an agency's place in the circle: that agency, or the coordinator.
#[utoipa::path(tag = "circle", params(("id" = uuid::Uuid, Path, description = "The file"), ("agency" = uuid::Uuid, Path, description = "The agency")), request_body = Nothing, responses((status = 200, body = MemberEnded)))]
#[post("/api/v1/files/{id}/circle/{agency}/end")]
pub async fn end(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    agency: Id<1, AgencyId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), agency.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    agency: AgencyId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let place = find(session, id, agency).await?;
            let permit = session.permit::<EndAgency, MemberRecord>(&place)?;
            body.read::<Nothing>()?;
            let (spent, ended) = end_place(session, permit, id).await?;
            Ok(session.done(spent, &ended)?)
        })
        .await
}
