//! `GET /api/v1/files`: the files within reach, by opening date.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::CellId;
use chrono::{DateTime, Utc};
use domain::file::page::{FileHeadView, Filter, Slice, page};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{Ask, Cursor, Paging, Reads, Reply, read_query},
    problem::Problem,
    server::Worker,
};

/// What the list may be narrowed by.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    #[param(value_type = Option<uuid::Uuid>)]
    cell: Option<CellId>,
    status: Option<Status>,
    opened_from: Option<DateTime<Utc>>,
    opened_to: Option<DateTime<Utc>>,
    /// Is one's agency in the circle now?
    member: Option<bool>,
    limit: Option<String>,
    cursor: Option<String>,
}

/// Whether a file is being worked on.
#[derive(Deserialize, ToSchema, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// At work.
    Active,
    /// Closed.
    Closed,
}

/// A page of files.
#[derive(Serialize, ToSchema)]
pub struct FilesView {
    items: Vec<FileHeadView>,
    next: Option<String>,
}

/// The files one may know of, oldest first.
#[utoipa::path(tag = "files", params(Wanted), responses((status = 200, body = FilesView)))]
#[get("/api/v1/files")]
pub async fn list(worker: Data<Worker>, request: HttpRequest, ask: Ask<Reads>) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let filter = Filter {
        reference: None,
        cell: wanted.cell,
        closed: wanted.status.map(|status| status == Status::Closed),
        opened_from: wanted.opened_from,
        opened_to: wanted.opened_to,
        member: wanted.member,
    };
    // One more than asked for tells whether there is a next page.
    let slice =
        Slice { limit: i64::from(paging.limit) + 1, after: paging.after.map(|after| (after.at, after.id)) };
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| Ok(page(session, filter, slice).await?))
        .await?;
    Reply::list(found, usize::from(paging.limit), |item: &FileHeadView| Cursor {
        at: item.opened_at,
        id: item.id.uuid(),
    })
}
