//! One request: as it stands, when it is due, and everything the register said before.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::AccessRequestId;
use domain::access_request::RequestKind;

use super::{due, kind, points, read, source};
use crate::{
    http::Id,
    pages::{
        account::Said,
        frame::{Frame, show},
        moment::date,
        oops::Oops,
        registers::kept::version,
        visit::Visit,
    },
};

#[derive(Template)]
#[template(path = "request.html")]
struct One {
    frame: Frame,
    path: String,
    received: String,
    kind: String,
    due: String,
    source: String,
    answered: bool,
    overdue: bool,
    may_extend: bool,
    /// Who read the file that the request names: the log answers.
    journal: Option<String>,
    points: Vec<(String, String)>,
    /// What it said before, the newest first.
    before: Vec<(String, Vec<(String, String)>)>,
}

/// One request.
#[get("/registres/demandes/{id}")]
pub(in crate::pages) async fn one(
    visit: Visit,
    id: Id<0, AccessRequestId>,
    said: Query<Said>,
) -> Result<HttpResponse, Oops> {
    let (p, view) = (visit.p, read(&visit, id.get()).await?);
    let (lang, now) = (p.lang(), &view.now);
    let before = view.versions.iter().rev().skip(1);
    let readers = now.record.kind == RequestKind::Readers;
    let page = One {
        path: format!("{}/{}", super::LIST, now.id),
        received: date(now.record.received_on, lang),
        kind: kind(now.record.kind, p),
        due: due(now, p),
        source: source(now, p),
        answered: now.answered,
        overdue: now.late && !now.answered,
        may_extend: now.term.extension_days > 0 && !now.late,
        journal: now.record.file.filter(|_| readers).map(|file| format!("/journal/dossier/{file}")),
        points: points(&now.record, p),
        before: before.map(|one| (version(one.number, one.at, p), points(&one.record, p))).collect(),
        frame: Frame::of(&visit)?.saying(said.fait.as_deref()),
    };
    show(&page.frame, &page)
}
