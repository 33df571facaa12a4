//! The files within reach.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{id::CellId, vocabulary::Role};
use domain::file::{
    page::{Filter, Slice, page},
    view::FileStatus,
};
use serde::Deserialize;

use super::super::{
    frame::{Frame, show},
    moment::day,
    oops::Oops,
    visit::Visit,
};
use crate::{
    http::{Cursor, Paging, read_query},
    problem::Problem,
};

#[derive(Deserialize)]
struct Wanted {
    #[serde(default, deserialize_with = "nothing_if_empty")]
    cell: Option<CellId>,
    #[serde(default, deserialize_with = "nothing_if_empty")]
    status: Option<Status>,
    cursor: Option<String>,
    fait: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Status {
    Active,
    Closed,
}

/// A form sends what was left open as no words.
fn nothing_if_empty<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    use serde::de::{IntoDeserializer, value::StringDeserializer};
    let words = Option::<String>::deserialize(deserializer)?.filter(|words| !words.is_empty());
    words
        .map(|words| {
            let words: StringDeserializer<D::Error> = words.into_deserializer();
            T::deserialize(words)
        })
        .transpose()
}

#[derive(Template)]
#[template(path = "file/list.html")]
struct Files {
    frame: Frame,
    cells: Vec<(String, String, bool)>,
    status: &'static str,
    narrowed: bool,
    searches: bool,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    reference: String,
    cell: String,
    opened: String,
    closed: bool,
    member: bool,
}

#[get("/dossiers")]
pub(super) async fn files(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(Some("50"), wanted.cursor.as_deref())?;
    let slice = Slice { limit: 51, after: paging.after.map(|after| (after.at, after.id)) };
    let (caller, lang) = (visit.reader()?, visit.p.lang());
    let closed = wanted.status.map(|status| status == Status::Closed);
    let filter = Filter { cell: wanted.cell, closed, ..Filter::default() };
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| Ok(page(session, filter, slice).await?))
        .await?;
    let (mut items, _) = found.into_parts();
    let more = items.len() > 50;
    items.truncate(50);
    let last = items.last().filter(|_| more);
    let next = last.map(|file| Cursor { at: file.opened_at, id: file.id.uuid() }.encode());
    let lines = items.into_iter().map(|file| Line {
        id: file.id.to_string(),
        reference: file.reference,
        cell: file.cell.name,
        opened: day(file.opened_at, lang),
        closed: file.status == FileStatus::Closed,
        member: file.member,
    });
    let page = Files {
        lines: lines.collect(),
        cells: cells(&visit, wanted.cell),
        status: match wanted.status {
            None => "",
            Some(Status::Active) => "active",
            Some(Status::Closed) => "closed",
        },
        narrowed: wanted.cell.is_some() || wanted.status.is_some(),
        searches: visit.holds(&[Role::Worker]),
        next: next.map(|cursor| query(&cursor, wanted.cell, wanted.status)),
        frame: Frame::of(&visit)?.saying(wanted.fait.as_deref()),
    };
    show(&page.frame, &page)
}

fn query(cursor: &str, cell: Option<CellId>, status: Option<Status>) -> String {
    let mut parts = vec![("cursor", cursor.to_owned())];
    parts.extend(cell.map(|cell| ("cell", cell.to_string())));
    parts.extend(
        status
            .map(|status| ("status", if status == Status::Closed { "closed" } else { "active" }.to_owned())),
    );
    serde_urlencoded::to_string(parts).unwrap_or_default()
}

/// The cells one works in, and which one is chosen.
fn cells(visit: &Visit, chosen: Option<CellId>) -> Vec<(String, String, bool)> {
    let mut cells: Vec<(String, String, bool)> = Vec::new();
    for held in &visit.known.profile.roles {
        let id = held.cell.id.to_string();
        if !cells.iter().any(|(known, ..)| *known == id) {
            cells.push((id, held.cell.name.clone(), chosen == Some(held.cell.id)));
        }
    }
    cells
}
