//! `GET /api/v1/mobilisations/{id}/actions/{action}`: one action.

use actix_web::{get, web::Data};
use authz::id::{ActionId, MobilisationId};
use domain::action::{ActionView, find};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// One action: its frame for the agency that answers for it and the coordination, its words through the gate.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("action" = uuid::Uuid, Path, description = "The action")), responses((status = 200, body = ActionView)))]
#[get("/api/v1/mobilisations/{id}/actions/{action}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    action: Id<1, ActionId>,
) -> Result<Reply, Problem> {
    let (id, action) = (id.get(), action.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id, action).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
