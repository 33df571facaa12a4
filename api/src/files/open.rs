//! `POST /api/v1/files`: open a risk file.

use actix_web::{post, web::Data};
use authz::{
    acts::OpenFile,
    desk::{Answered, Caller, Disclosed},
    id::CellId,
};
use domain::cell::{Cell, FileOpened, find, open_file};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Changes, Reply},
    problem::Problem,
    server::Worker,
};

/// Where to open it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// The cell.
    #[schema(value_type = uuid::Uuid)]
    cell: CellId,
}

/// Opens a risk file in a cell; the opener's agency joins at once.
#[utoipa::path(tag = "files", params(), request_body = NewFile, responses((status = 201, body = FileOpened)))]
#[post("/api/v1/files")]
pub async fn open(worker: Data<Worker>, ask: Ask<Changes>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let NewFile { cell } = body.read()?;
            let cell = find(session, cell).await?;
            let permit = session.permit::<OpenFile, Cell>(&cell)?;
            let (spent, opened) = open_file(session, permit).await?;
            Ok(session.done(spent, &opened)?)
        })
        .await
}
