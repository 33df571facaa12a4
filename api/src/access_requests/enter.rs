//! `POST /api/v1/registers/access-requests`: enter an access request.

use actix_web::{post, web::Data};
use authz::{
    acts::EnterRequest,
    desk::{Answered, Caller, Disclosed},
};
use domain::access_request::{
    NewRequest, RequestEntered, RequestRegister, enter as enter_now, find_register,
};

use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Enters a request of a person, or of who speaks for her, in the own agency's register: its privacy officer.
#[utoipa::path(tag = "registers", request_body = NewRequest, responses((status = 201, body = RequestEntered)))]
#[post("/api/v1/registers/access-requests")]
pub async fn enter(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let register = find_register(session).await?;
            let permit = session.permit::<EnterRequest, RequestRegister>(&register)?;
            let (spent, entered) = enter_now(session, permit, body.read::<NewRequest>()?).await?;
            Ok(session.done(spent, &entered)?)
        })
        .await
}
