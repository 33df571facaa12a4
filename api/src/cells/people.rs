//! `GET /api/v1/cells/{id}/people`: who works in a cell.

use actix_web::{get, web::Data};
use authz::id::CellId;
use domain::cell::{PeopleView, find_people};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Who speaks for its agency in a cell, the own agency’s people, and for the coordination everybody who works there.
#[utoipa::path(tag = "cells", params(("id" = uuid::Uuid, Path, description = "The cell")), responses((status = 200, body = PeopleView)))]
#[get("/api/v1/cells/{id}/people")]
pub async fn people(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, CellId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_people(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
