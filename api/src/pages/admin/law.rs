//! The legal texts that the program knows, every version with its dates. They are the same for everybody, and
//! nothing of anybody.

use actix_web::{HttpResponse, get};
use askama::Template;
use domain::law::{Law, Status};

use crate::pages::{
    frame::{Frame, show},
    moment::date,
    oops::Oops,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "admin/law.html")]
struct Texts {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    code: &'static str,
    version: i16,
    title: String,
    statute: String,
    summary: String,
    from: String,
    until: Option<String>,
    verified: bool,
    source: &'static str,
    consulted: Option<String>,
}

/// All of them.
#[get("/administration/textes")]
pub(super) async fn texts(visit: Visit) -> Result<HttpResponse, Oops> {
    let lang = visit.p.lang();
    let lines = Law::all().iter().map(|basis| Line {
        code: &basis.code,
        version: basis.version,
        title: basis.title.get(lang).to_owned(),
        statute: basis.statute.get(lang).to_owned(),
        summary: basis.summary.get(lang).to_owned(),
        from: date(basis.effective.from, lang),
        until: basis.effective.to.map(|to| date(to, lang)),
        verified: matches!(basis.status, Status::Verified),
        source: &basis.source,
        consulted: basis.consulted.map(|day| date(day, lang)),
    });
    let page = Texts { lines: lines.collect(), frame: Frame::of(&visit)? };
    show(&page.frame, &page)
}
