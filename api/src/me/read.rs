//! `GET /api/v1/me`: who one is here.

use actix_web::{get, web::Data};
use authz::accounts::{Profile, own_profile};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// The account one is signed in with: name, agency, roles, and what still has to be set up.
#[utoipa::path(tag = "me", responses((status = 200, body = Profile)))]
#[get("/api/v1/me")]
pub async fn read(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::view(own_profile(worker.desk()?, ask.caller).await?)
}
