//! `POST /api/v1/registers/incidents/{id}/amendments`: write what is known of an incident now.

use actix_web::{post, web::Data};
use authz::{
    acts::AmendIncident,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::IncidentId,
};
use domain::incident::{Incident, IncidentAmended, NewIncident, amend as amend_now, find_for_change};

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Writes an incident anew, whole; what it said before is kept. A closed one is open again. Needs the tag of the
/// incident as last seen.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The incident")), request_body = NewIncident, responses((status = 200, body = IncidentAmended)))]
#[post("/api/v1/registers/incidents/{id}/amendments")]
pub async fn amend(
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
            let permit = session.permit::<AmendIncident, Incident>(&incident)?;
            let new: NewIncident = body.read()?;
            session.unchanged(incident, &Ask::<SignedIn>::seen(seen)?)?;
            let (spent, amended) = amend_now(session, permit, new).await?;
            Ok(session.done(spent, &amended)?)
        })
        .await
}
