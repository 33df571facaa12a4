//! `POST /api/v1/agencies/{id}/enabling`: let a disabled agency work again.

use actix_web::{post, web::Data};
use authz::{
    accounts::{Agency, AgencyChanged, enable_agency, find_agency},
    acts::ManageAgency,
    desk::{Answered, Caller, Disclosed},
    id::AgencyId,
};

use crate::{
    http::{Ask, Body, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Lets a disabled agency work again.
#[utoipa::path(tag = "agencies", params(("id" = uuid::Uuid, Path, description = "The agency")), request_body = Nothing, responses((status = 200, body = AgencyChanged)))]
#[post("/api/v1/agencies/{id}/enabling")]
pub async fn enable(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, AgencyId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: AgencyId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let agency = find_agency(session, id).await?;
            let permit = session.permit::<ManageAgency, Agency>(&agency)?;
            body.read::<Nothing>()?;
            let (spent, changed) = enable_agency(session, permit).await?;
            Ok(session.done(spent, &changed)?)
        })
        .await
}
