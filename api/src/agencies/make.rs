//! `POST /api/v1/agencies`: make an agency and invite its first admin.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{AgencyMade, Deployment, NewAgency, deployment, make_agency},
    acts::MakeAgency,
    desk::{Caller, Disclosed},
    id::CellId,
    vocabulary::AgencyKind,
};
use domain::{law::Regime, validation::Invalid, value::check_email};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    accounts::{key_of, name_of, named},
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// An agency to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyToMake {
    /// Short name: lower-case letters, digits, hyphens.
    key: String,
    /// Name.
    name: String,
    /// What it does; it decides what the agency may ever see.
    #[schema(value_type = String)]
    kind: AgencyKind,
    /// The statute it answers to: `A-2.1`, `P-39.1`, `R-22.1`, `P-34.1` or `FR`.
    #[schema(value_type = String)]
    regime: Regime,
    /// The cell it takes part in first; the caller is an admin of it.
    #[schema(value_type = uuid::Uuid)]
    cell: CellId,
    /// Who will look after its accounts.
    admin: FirstAdmin,
}

/// The first admin of an agency.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstAdmin {
    /// Name shown to colleagues.
    name: String,
    /// Address to sign in with.
    email: String,
}

/// Makes an agency: an admin of a coordination agency. The invitation of its first admin is shown once.
#[utoipa::path(tag = "agencies", request_body = AgencyToMake, responses((status = 201, body = AgencyMade)))]
#[post("/api/v1/agencies")]
pub async fn make(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::given(StatusCode::CREATED, run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<AgencyMade>, Problem> {
    worker
        .desk()?
        .once::<_, Problem>(caller, async move |session| {
            let whole = deployment(session).await?;
            let permit = session.permit::<MakeAgency, Deployment>(&whole)?;
            let AgencyToMake { key, name, kind, regime, cell, admin } = body.read()?;
            let (key, name, admin_name) =
                (key_of(&key)?, name_of(&name)?, named(&admin.name, "/admin/name")?);
            let email = admin.email.trim().to_owned();
            check_email(&email).map_err(|rule| Problem::invalid(vec![Invalid::at("/admin/email", rule)]))?;
            let new = NewAgency {
                key: &key,
                name: &name,
                kind,
                regime: regime.wire(),
                cell,
                admin_name: &admin_name,
                admin_email: &email,
            };
            Ok(make_agency(session, permit, &new).await?)
        })
        .await
}
