//! `GET /api/v1/agencies/disabled`: the agencies that are disabled.

use actix_web::{get, web::Data};
use authz::accounts::{DisabledAgency, disabled_agencies};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// The agencies that are disabled.
#[derive(Serialize, ToSchema)]
pub struct DisabledView {
    /// By short name.
    pub items: Vec<DisabledAgency>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// The agencies that are disabled, so that they can be enabled again. An admin only.
#[utoipa::path(tag = "agencies", responses((status = 200, body = DisabledView)))]
#[get("/api/v1/agencies/disabled")]
pub async fn disabled(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = disabled_agencies(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::whole_list(found)
}
