//! `GET /api/v1/me/passkeys`: the own passkeys.

use actix_web::{get, web::Data};
use authz::accounts::{PasskeyList, own_passkeys};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// The passkeys one may sign in with, oldest first.
#[utoipa::path(tag = "me", responses((status = 200, body = PasskeyList)))]
#[get("/api/v1/me/passkeys")]
pub async fn passkeys(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::view(own_passkeys(worker.desk()?, ask.caller).await?)
}
