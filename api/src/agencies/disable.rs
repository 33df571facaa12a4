//! `POST /api/v1/agencies/{id}/disabling`: disable an agency.

use actix_web::{post, web::Data};
use authz::{
    accounts::{Agency, AgencyChanged, disable_agency, find_agency},
    acts::ManageAgency,
    id::AgencyId,
};

use crate::{
    http::{Ask, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Disables an agency: from the next request on nobody of it is let in. What it wrote stays.
#[utoipa::path(tag = "agencies", params(("id" = uuid::Uuid, Path, description = "The agency")), request_body = Nothing, responses((status = 200, body = AgencyChanged)))]
#[post("/api/v1/agencies/{id}/disabling")]
pub async fn disable(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, AgencyId>,
) -> Result<Reply, Problem> {
    let (id, body) = (id.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let agency = find_agency(session, id).await?;
            let permit = session.permit::<ManageAgency, Agency>(&agency)?;
            body.read::<Nothing>()?;
            let (spent, changed) = disable_agency(session, permit).await?;
            Ok(session.done(spent, &changed)?)
        })
        .await?;
    Reply::act(done)
}
