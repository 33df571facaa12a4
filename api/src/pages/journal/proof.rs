//! What proves that nothing was removed from the log: the last signed point to keep, the pieces of the log, and the
//! page that verifies them without Filet.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::clock::real_now;
use serde::Deserialize;

use crate::{
    http::read_query,
    log::{points, proof},
    pages::{
        export,
        frame::{Frame, show},
        moment::moment,
        oops::Oops,
        visit::Visit,
    },
};

/// Which piece.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    since: Option<u64>,
}

#[derive(Template)]
#[template(path = "proof.html")]
struct Proven {
    frame: Frame,
    key: String,
    last: Option<Last>,
    /// Since when lines wait to be signed, when it is too long.
    late: Option<String>,
    parts: Vec<Part>,
}

/// The last signed point.
struct Last {
    lines: String,
    signed: String,
}

/// A piece to be had.
struct Part {
    since: i64,
    lines: String,
    signed: String,
}

/// What was signed of the log, and how to verify it.
#[get("/journal/preuve")]
pub(in crate::pages) async fn proven(visit: Visit) -> Result<HttpResponse, Oops> {
    let view = points::run(&visit.worker, visit.caller()).await?.into_parts().0;
    let p = visit.p;
    let parts = view.parts.iter().map(|part| Part {
        since: part.since,
        lines: p.s("proof-lines", &[("x", &(part.since + 1).to_string()), ("y", &part.size.to_string())]),
        signed: moment(part.signed_at, p.lang()),
    });
    let lines = p.n("proof-size", usize::try_from(view.size).unwrap_or(usize::MAX));
    let page = Proven {
        parts: parts.collect(),
        last: view.signed_at.map(|at| Last { lines, signed: moment(at, p.lang()) }),
        late: view
            .waiting_since
            .filter(|since| real_now() - *since > points::TOO_LONG)
            .map(|at| moment(at, p.lang())),
        key: view.key,
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}

/// The last signed point, to be kept elsewhere.
#[get("/journal/preuve/point")]
pub(in crate::pages) async fn point(visit: Visit) -> Result<HttpResponse, Oops> {
    let view = points::run(&visit.worker, visit.caller()).await?.into_parts().0;
    let name = format!("point-du-journal-{}", view.size);
    Ok(export::text(&name, "txt", proof::KIND, view.checkpoint.unwrap_or_default()))
}

/// A piece of the log with its proof.
#[get("/journal/preuve/lignes")]
pub(in crate::pages) async fn piece(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let view = proof::run(&visit.worker, visit.caller(), wanted.since.unwrap_or(0)).await?.into_parts().0;
    let name = format!("preuve-du-journal-{}-a-{}", view.since.saturating_add(1), view.size);
    Ok(export::text(&name, "txt", proof::KIND, view.text))
}

/// The page that verifies, to be kept and opened from a disk.
#[get("/journal/preuve/verificateur")]
pub(in crate::pages) async fn verifier(_: Visit) -> HttpResponse {
    export::text("verificateur-du-journal", "html", "text/html; charset=utf-8", ::proof::PAGE.to_owned())
}
