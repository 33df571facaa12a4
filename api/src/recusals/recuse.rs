//! `POST /api/v1/files/{id}/recusals`: recuse oneself, or somebody else.

use actix_web::{post, web::Data};
use authz::{
    acts::{RecuseOther, RecuseSelf},
    desk::{Answered, Caller, Disclosed},
    id::{FileId, UserId},
};
use domain::{
    file::{find::find_to_recuse, view::RiskFile},
    recusal::{Recused, recuse_other, recuse_self},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Who is recused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecusal {
    /// The account; the caller, if not said.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
}

/// Recuses the caller, or, by the coordinator, somebody else: the file no longer exists for that person.
#[utoipa::path(tag = "recusals", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewRecusal, responses((status = 201, body = Recused)))]
#[post("/api/v1/files/{id}/recusals")]
pub async fn recuse(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let file = find_to_recuse(session, id).await?;
            let own = session.standing()?.user();
            // Leave to recuse somebody is asked before it is read whom; oneself anybody may.
            let NewRecusal { user } = body.read()?;
            if user.is_none_or(|user| user == own) {
                let permit = session.permit::<RecuseSelf, RiskFile>(&file)?;
                let (spent, recused) = recuse_self(session, permit).await?;
                return Ok(session.done(spent, &recused)?);
            }
            let permit = session.permit::<RecuseOther, RiskFile>(&file)?;
            let (spent, recused) = recuse_other(session, permit, user.unwrap_or(own)).await?;
            Ok(session.done(spent, &recused)?)
        })
        .await
}
