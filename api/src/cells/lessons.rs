//! `GET /api/v1/cells/{id}/lessons`: what a cell learned.

use actix_web::{get, web::Data};
use authz::id::CellId;
use domain::lesson::{LessonsView, find};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// What a cell learned, for whoever holds a role in it: only what at least five lessons say, in steps of five.
#[utoipa::path(tag = "cells", params(("id" = uuid::Uuid, Path, description = "The cell")), responses((status = 200, body = LessonsView)))]
#[get("/api/v1/cells/{id}/lessons")]
pub async fn lessons(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, CellId>) -> Result<Reply, Problem> {
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
