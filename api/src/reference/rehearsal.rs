//! `POST /api/v1/policy/rehearsal`: who would gain or lose what, were the ceiling changed. Posted, and changes nothing.

use actix_web::{post, web::Data};
use authz::desk::{Caller, Disclosed};
use domain::rehearsal::{NewRehearsal, RehearsalView, find_room, rehearse};

use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Rehearses a change of the ceiling over the files of one's cells, at most five hundred, in counts that name nobody:
/// auditors and privacy officers.
#[utoipa::path(tag = "reference", request_body = NewRehearsal, responses((status = 200, body = RehearsalView)))]
#[post("/api/v1/policy/rehearsal")]
pub async fn rehearsal(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::view(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<RehearsalView>, Problem> {
    worker
        .desk()?
        .read_file::<_, Problem>(caller, async move |session| {
            let room = find_room(session).await?;
            session.pass(room)?;
            let found = rehearse(session, body.read::<NewRehearsal>()?).await?;
            Ok(session.open(found)?)
        })
        .await
}
