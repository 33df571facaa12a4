//! `POST /api/v1/registers/incidents/{id}/closure`: close an incident.

use actix_web::{post, web::Data};
use authz::{
    acts::CloseIncident,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::IncidentId,
};
use domain::incident::{Incident, IncidentClosed, close as close_now, find_for_change};

use crate::{
    http::{Ask, Body, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Closes an incident: everything it asked for was done. Needs the tag of the incident as last seen.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The incident")), request_body = Nothing, responses((status = 200, body = IncidentClosed)))]
#[post("/api/v1/registers/incidents/{id}/closure")]
pub async fn close(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, IncidentId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: IncidentId,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let incident = find_for_change(session, id).await?;
            let permit = session.permit::<CloseIncident, Incident>(&incident)?;
            body.read::<Nothing>()?;
            session.unchanged(incident, &Ask::<SignedIn>::seen(seen)?)?;
            let (spent, closed) = close_now(session, permit).await?;
            Ok(session.done(spent, &closed)?)
        })
        .await
}
