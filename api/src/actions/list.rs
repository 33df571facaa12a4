//! `GET /api/v1/mobilisations/{id}/actions`: the safety net, as far as one may know of it.

use actix_web::{get, web::Data};
use authz::id::MobilisationId;
use domain::action::{ActionView, list as list_actions};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// The actions of a mobilisation.
#[derive(Serialize, ToSchema)]
pub struct ActionsView {
    items: Vec<ActionView>,
    next: Option<String>,
}

/// The actions of a mobilisation that one may know of, in the order they were agreed on.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), responses((status = 200, body = ActionsView)))]
#[get("/api/v1/mobilisations/{id}/actions")]
pub async fn list(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
) -> Result<Reply, Problem> {
    let id = id.get();
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| Ok(list_actions(session, id).await?))
        .await?;
    Reply::whole_list(found)
}
