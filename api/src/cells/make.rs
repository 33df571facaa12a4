//! `POST /api/v1/cells`: make a cell.

use actix_web::{post, web::Data};
use authz::{
    accounts::{Deployment, deployment},
    acts::MakeCell,
    desk::{Answered, Caller, Disclosed},
};
use domain::cell::{CellMade, Standards, make as make_cell};
use serde::Deserialize;
use utoipa::ToSchema;

use super::region_of;
use crate::{
    accounts::{key_of, name_of},
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// A cell to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCell {
    /// Short name: lower-case letters, digits, hyphens. References of files begin with it.
    key: String,
    /// Name.
    name: String,
    /// Its territory.
    region: String,
    /// Hours within which a triggered cell meets, 1 to 720.
    meeting_within_hours: i32,
    /// Organisations that must be there to decide, 1 to 50.
    quorum: i16,
    /// Days after closure from which only own facts remain, 0 to 3650.
    sunset_days: i32,
    /// Hours within which a consultation is analysed, 1 to 720; 24 if not said.
    #[serde(default = "a_day")]
    analysis_within_hours: i32,
    /// Days within which a safety net is looked at again, 1 to 365; 30 if not said.
    #[serde(default = "a_month")]
    review_within_days: i32,
}

const fn a_day() -> i32 {
    24
}

const fn a_month() -> i32 {
    30
}

const fn standards(new: &NewCell) -> Standards {
    Standards {
        meeting_within_hours: new.meeting_within_hours,
        quorum: new.quorum,
        sunset_days: new.sunset_days,
        analysis_within_hours: new.analysis_within_hours,
        review_within_days: new.review_within_days,
    }
}

/// Makes a cell: an admin of a coordination agency, who becomes its first admin.
#[utoipa::path(tag = "cells", request_body = NewCell, responses((status = 201, body = CellMade)))]
#[post("/api/v1/cells")]
pub async fn make(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let whole = deployment(session).await?;
            let permit = session.permit::<MakeCell, Deployment>(&whole)?;
            let new: NewCell = body.read()?;
            let (key, name, region) = (key_of(&new.key)?, name_of(&new.name)?, region_of(&new.region)?);
            let standards = standards(&new);
            let (spent, made) = make_cell(session, permit, &key, &name, &region, standards).await?;
            Ok(session.done(spent, &made)?)
        })
        .await
}
