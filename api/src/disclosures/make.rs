//! `POST /api/v1/files/{id}/disclosures`: disclose without consent.

use actix_web::{post, web::Data};
use authz::{
    acts::Disclose,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    disclosure::{Made, NewDisclosure, make as make_disclosure},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Makes a disclosure of one's own facts under a legal basis, each recipient in a capacity.
#[utoipa::path(tag = "disclosures", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewDisclosure, responses((status = 201, body = Made)))]
#[post("/api/v1/files/{id}/disclosures")]
pub async fn make(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let file = find_for_change(session, id).await?;
            let permit = session.permit::<Disclose, RiskFile>(&file)?;
            let (spent, made) = make_disclosure(session, permit, body.read::<NewDisclosure>()?).await?;
            Ok(session.done(spent, &made)?)
        })
        .await
}
