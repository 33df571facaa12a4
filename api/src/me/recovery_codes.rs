//! `POST /api/v1/me/recovery-codes`: new recovery codes.

use actix_web::{http::StatusCode, post, web::Data};
use authz::accounts::{Evidence, Recovery, holder, renew_recovery_codes};

use super::ProofOfHolder;
use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
    session::lockout,
};

/// Gives ten new recovery codes, once; the old ones serve no more.
#[utoipa::path(tag = "me", request_body = ProofOfHolder, responses((status = 200, body = Recovery)))]
#[post("/api/v1/me/recovery-codes")]
pub async fn recovery_codes(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let desk = worker.desk()?;
    let holder = holder(desk, ask.caller).await?;
    let ProofOfHolder { password, totp } = ask.body.read()?;
    let proof = holder.prove(&worker.shared.passwords, Evidence::Both(password, totp)).await?;
    let codes = renew_recovery_codes(desk, proof, lockout(&worker.shared.config)).await?;
    Reply::given(StatusCode::OK, codes)
}
