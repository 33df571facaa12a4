//! `PATCH /api/v1/cells/{id}`: change a cell's name or standards.

use actix_web::{patch, web::Data};
use authz::{
    acts::ManageCell,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::CellId,
};
use domain::cell::{Cell, CellChanged, Change, change as change_cell, find_to_change};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    accounts::name_of,
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// What to change; what is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CellPatch {
    /// Name.
    name: Option<String>,
    /// Hours within which a triggered cell meets, 1 to 720.
    meeting_within_hours: Option<i32>,
    /// Organisations that must be there to decide, 1 to 50.
    quorum: Option<i16>,
    /// Days after closure from which only own facts remain, 0 to 3650; for files closed from now on.
    sunset_days: Option<i32>,
    /// Hours within which a consultation is analysed, 1 to 720.
    analysis_within_hours: Option<i32>,
    /// Days within which a safety net is looked at again, 1 to 365.
    review_within_days: Option<i32>,
}

/// Changes a cell: an admin of it, of a coordination agency. Needs the tag of the cell as last seen.
#[utoipa::path(tag = "cells", params(("id" = uuid::Uuid, Path, description = "The cell")), request_body = CellPatch, responses((status = 200, body = CellChanged)))]
#[patch("/api/v1/cells/{id}")]
pub async fn change(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, CellId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: CellId,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let cell = find_to_change(session, id).await?;
            let permit = session.permit::<ManageCell, Cell>(&cell)?;
            let patch: CellPatch = body.read()?;
            let name = patch.name.as_deref().map(name_of).transpose()?;
            session.unchanged(cell, &Ask::<SignedIn>::seen(seen)?)?;
            let wanted = Change {
                name,
                meeting_within_hours: patch.meeting_within_hours,
                quorum: patch.quorum,
                sunset_days: patch.sunset_days,
                analysis_within_hours: patch.analysis_within_hours,
                review_within_days: patch.review_within_days,
            };
            let (spent, changed) = change_cell(session, permit, wanted).await?;
            Ok(session.done(spent, &changed)?)
        })
        .await
}
