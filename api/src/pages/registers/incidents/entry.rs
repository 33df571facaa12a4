//! One incident: as it stands, what is still to be done, and everything it said before.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::IncidentId;

use super::{awaited, points, read};
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
#[template(path = "incident.html")]
struct One {
    frame: Frame,
    path: String,
    aware: String,
    serious: bool,
    closed: bool,
    awaits: Vec<String>,
    kept: Option<String>,
    points: Vec<(String, String)>,
    /// What it said before, the newest first.
    before: Vec<(String, Vec<(String, String)>)>,
}

/// One incident.
#[get("/registres/incidents/{id}")]
pub(in crate::pages) async fn one(
    visit: Visit,
    id: Id<0, IncidentId>,
    said: Query<Said>,
) -> Result<HttpResponse, Oops> {
    let (p, view) = (visit.p, read(&visit, id.get()).await?);
    let (lang, now) = (p.lang(), &view.now);
    let before = view.versions.iter().rev().skip(1);
    let page = One {
        path: format!("{}/{}", super::LIST, now.id),
        aware: date(now.record.aware_on, lang),
        serious: now.record.serious,
        closed: now.closed,
        awaits: now.awaits.iter().map(|notice| awaited(*notice, p)).collect(),
        kept: now.kept_until.map(|day| p.x("incident-kept", &date(day, lang))),
        points: points(&now.record, p),
        before: before.map(|one| (version(one.number, one.at, p), points(&one.record, p))).collect(),
        frame: Frame::of(&visit)?.saying(said.fait.as_deref()),
    };
    show(&page.frame, &page)
}
