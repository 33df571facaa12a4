//! `POST /api/v1/cells/{id}/agencies`: let an agency take part in a cell.

use actix_web::{post, web::Data};
use authz::{
    accounts::{Admitted, admit as admit_agency},
    acts::AdmitAgency,
    desk::{Answered, Caller, Disclosed},
    id::{AgencyId, CellId},
};
use domain::cell::{Cell, find};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Which agency.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyToAdmit {
    /// The agency.
    #[schema(value_type = uuid::Uuid)]
    agency: AgencyId,
}

/// Lets an agency take part in a cell: its admins become admins there and grant their people's roles.
#[utoipa::path(tag = "cells", params(("id" = uuid::Uuid, Path, description = "The cell")), request_body = AgencyToAdmit, responses((status = 200, body = Admitted)))]
#[post("/api/v1/cells/{id}/agencies")]
pub async fn admit(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, CellId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: CellId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let cell = find(session, id).await?;
            let permit = session.permit::<AdmitAgency, Cell>(&cell)?;
            let AgencyToAdmit { agency } = body.read()?;
            let (spent, admitted) = admit_agency(session, permit, agency).await?;
            Ok(session.done(spent, &admitted)?)
        })
        .await
}
