//! `POST /api/v1/me/passkeys/{id}/removal`: take a passkey away.

use actix_web::{HttpResponse, post, web::Data};
use authz::{
    accounts::{Evidence, holder, remove_passkey as remove},
    desk::Caller,
    id::PasskeyId,
};

use super::ProofOfHolder;
use crate::{
    http::{Ask, Body, Id, SignedIn},
    problem::Problem,
    server::Worker,
    session::lockout,
};

/// Takes a passkey away: it signs in no more.
#[utoipa::path(tag = "me", params(("id" = uuid::Uuid, Path, description = "The passkey")), request_body = ProofOfHolder, responses((status = 204)))]
#[post("/api/v1/me/passkeys/{id}/removal")]
pub async fn remove_passkey(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, PasskeyId>,
) -> Result<HttpResponse, Problem> {
    run(&worker, ask.caller, id.get(), ask.body).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, id: PasskeyId, body: Body) -> Result<(), Problem> {
    let (desk, shared) = (worker.desk()?, &worker.shared);
    let holder = holder(desk, caller).await?;
    let ProofOfHolder { password, totp } = body.read()?;
    let proof = holder.prove(&shared.passwords, Evidence::Both(password, totp)).await?;
    remove(desk, proof, lockout(&shared.config), id).await?;
    Ok(())
}
