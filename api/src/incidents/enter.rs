//! `POST /api/v1/registers/incidents`: enter a confidentiality incident.

use actix_web::{post, web::Data};
use authz::{
    acts::EnterIncident,
    desk::{Answered, Caller, Disclosed},
};
use domain::incident::{IncidentEntered, IncidentRegister, NewIncident, enter as enter_now, find_register};

use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Enters an incident in the own agency's register: its privacy officer.
#[utoipa::path(tag = "registers", request_body = NewIncident, responses((status = 201, body = IncidentEntered)))]
#[post("/api/v1/registers/incidents")]
pub async fn enter(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let register = find_register(session).await?;
            let permit = session.permit::<EnterIncident, IncidentRegister>(&register)?;
            let (spent, entered) = enter_now(session, permit, body.read::<NewIncident>()?).await?;
            Ok(session.done(spent, &entered)?)
        })
        .await
}
