//! `PUT /api/v1/me/language`: choose the language of mails and pages.

use actix_web::{HttpResponse, put, web::Data};
use authz::accounts::{Locale, choose_language, holder};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, SignedIn},
    problem::Problem,
    server::Worker,
};

/// A language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLanguage {
    /// `fr` or `en`.
    language: Locale,
}

/// Chooses the language of mails, and of pages after signing in.
#[utoipa::path(tag = "me", request_body = NewLanguage, responses((status = 204)))]
#[put("/api/v1/me/language")]
pub async fn language(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<HttpResponse, Problem> {
    let desk = worker.desk()?;
    holder(desk, ask.caller.clone()).await?;
    let NewLanguage { language } = ask.body.read()?;
    choose_language(desk, ask.caller, language).await?;
    Ok(HttpResponse::NoContent().finish())
}
