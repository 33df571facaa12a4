//! `GET /api/v1/mobilisations/{id}`: one mobilisation.

use actix_web::{get, web::Data};
use authz::id::MobilisationId;
use domain::mobilisation::{MobilisationView, find};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// A mobilisation: its agency, and from the consultation on the committee; once identity is open, the circle too.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), responses((status = 200, body = MobilisationView)))]
#[get("/api/v1/mobilisations/{id}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
) -> Result<Reply, Problem> {
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
