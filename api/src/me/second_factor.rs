//! `POST /api/v1/me/second-factor`: propose a second factor.

use actix_web::{http::StatusCode, post, web::Data};
use authz::accounts::{Evidence, Proposed, holder, propose_second_factor};

use super::ProofOfHolder;
use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
    session::lockout,
};

/// Proposes a second factor. It counts once a first code confirms it; until then the one before serves.
#[utoipa::path(tag = "me", request_body = ProofOfHolder, responses((status = 200, body = Proposed)))]
#[post("/api/v1/me/second-factor")]
pub async fn second_factor(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let desk = worker.desk()?;
    let holder = holder(desk, ask.caller).await?;
    let ProofOfHolder { password, totp } = ask.body.read()?;
    let proof = holder.prove(&worker.shared.passwords, Evidence::Both(password, totp)).await?;
    let proposed = propose_second_factor(desk, proof, lockout(&worker.shared.config)).await?;
    Reply::given(StatusCode::OK, proposed)
}
