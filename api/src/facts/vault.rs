//! `POST /api/v1/files/{id}/facts/{fact}/vault`: put a fact under a vault.

use actix_web::{post, web::Data};
use authz::{
    acts::VaultFact,
    desk::{Answered, Caller, Disclosed},
    id::{AgencyId, FactId, FileId},
};
use domain::fact::{FactRecord, FactVaulted, find_for_change, vault as vault_fact};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Who may receive it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVault {
    /// The agencies named; empty: nobody else.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    agencies: Option<Vec<AgencyId>>,
}

/// Names the agencies that may receive a fact at all; `null` lifts the vault.
#[utoipa::path(tag = "facts", params(("id" = uuid::Uuid, Path, description = "The file"), ("fact" = uuid::Uuid, Path, description = "The fact")), request_body = NewVault, responses((status = 200, body = FactVaulted)))]
#[post("/api/v1/files/{id}/facts/{fact}/vault")]
pub async fn vault(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), fact.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    fact: FactId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let fact = find_for_change(session, id, fact).await?;
            let permit = session.permit::<VaultFact, FactRecord>(&fact)?;
            let NewVault { agencies } = body.read()?;
            let (spent, vaulted) = vault_fact(session, permit, agencies).await?;
            Ok(session.done(spent, &vaulted)?)
        })
        .await
}
