//! The files within reach.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use domain::file::page::{Filter, Slice, page};
use serde::Deserialize;

use super::{
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
    cursor: Option<String>,
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "files.html")]
struct Files {
    frame: Frame,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    reference: String,
    cell: String,
    opened: String,
}

#[get("/dossiers")]
pub(super) async fn files(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(Some("50"), wanted.cursor.as_deref())?;
    let slice = Slice { limit: 51, after: paging.after.map(|after| (after.at, after.id)) };
    let (caller, lang) = (visit.reader()?, visit.p.lang());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| Ok(page(session, Filter::default(), slice).await?))
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
    });
    let page =
        Files { lines: lines.collect(), next, frame: Frame::of(&visit)?.saying(wanted.fait.as_deref()) };
    show(&page.frame, &page)
}
