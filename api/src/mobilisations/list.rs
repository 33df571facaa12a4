//! `GET /api/v1/mobilisations`: the board of a cell.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::CellId;
use domain::{
    file::page::Slice,
    mobilisation::{Filter, MobilisationHeadView, State, page},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{Ask, Cursor, Paging, Reads, Reply, read_query},
    problem::Problem,
    server::Worker,
};

/// What the board may be narrowed by.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    #[param(value_type = Option<uuid::Uuid>)]
    cell: Option<CellId>,
    state: Option<State>,
    order: Option<Order>,
    limit: Option<String>,
    cursor: Option<String>,
}

/// In which order.
#[derive(Deserialize, ToSchema, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The oldest first.
    Opened,
    /// What is due first; what has nothing due is left out.
    Due,
}

/// A page of the board.
#[derive(Serialize, ToSchema)]
pub struct MobilisationsView {
    items: Vec<MobilisationHeadView>,
    next: Option<String>,
}

/// The mobilisations one may know of.
#[utoipa::path(tag = "mobilisations", params(Wanted), responses((status = 200, body = MobilisationsView)))]
#[get("/api/v1/mobilisations")]
pub async fn list(worker: Data<Worker>, request: HttpRequest, ask: Ask<Reads>) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let by_due = wanted.order == Some(Order::Due);
    let filter = Filter { cell: wanted.cell, states: wanted.state.into_iter().collect(), by_due };
    let slice =
        Slice { limit: i64::from(paging.limit) + 1, after: paging.after.map(|after| (after.at, after.id)) };
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| Ok(page(session, filter, slice).await?))
        .await?;
    Reply::list(found, usize::from(paging.limit), move |item: &MobilisationHeadView| Cursor {
        at: item.due_at.filter(|_| by_due).unwrap_or(item.opened_at),
        id: item.id.uuid(),
    })
}
