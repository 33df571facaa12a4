//! `GET /api/v1/cells/{id}`: a cell and its standards.

use actix_web::{get, web::Data};
use authz::id::CellId;
use domain::cell::{CellSettings, find};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// A cell and its standards, for whoever holds a role in it.
#[utoipa::path(tag = "cells", params(("id" = uuid::Uuid, Path, description = "The cell")), responses((status = 200, body = CellSettings)))]
#[get("/api/v1/cells/{id}")]
pub async fn read(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, CellId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
