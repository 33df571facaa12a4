//! The page of a meeting, to run it live: what happens in the room beside short forms that are always there.

use actix_web::{HttpRequest, HttpResponse, get, web::Query};
use askama::Template;
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{Stage, find_called};
use serde::Deserialize;

use super::{
    live::{self, Live, Read},
    table::{self, Short},
    words::Worded,
};
use crate::{
    http::{Id, read_query},
    pages::{
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show, show_form},
        moment::moment,
        oops::Oops,
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Deserialize)]
pub(super) struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "cell/meeting.html")]
#[expect(clippy::struct_excessive_bools, reason = "what is offered, each by itself")]
struct MeetingPage {
    frame: Frame,
    path: String,
    process: MobilisationId,
    title: String,
    lines: Vec<(String, String)>,
    link: Option<String>,
    warnings: Vec<String>,
    undertaking: String,
    live: Live,
    /// Short forms that stand open, then those that open on demand.
    open: Vec<Short>,
    folded: Vec<Short>,
    tells: bool,
    moves: bool,
    minutes: bool,
    refused: bool,
}

/// A form of this page that was refused: under which verb, as it was sent, and why.
pub type Refused<'r> = (&'r str, &'r Posted, &'r Problem);

/// The page of a meeting.
#[get("/cellule/{id}/rencontres/{meeting}")]
pub(super) async fn open_page(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    page(&visit, id.get(), meeting.get(), wanted.fait.as_deref(), None).await
}

/// Shows it, with a refused form as it was sent.
pub async fn page(
    visit: &Visit,
    id: MobilisationId,
    meeting: MeetingId,
    done: Option<&str>,
    refused: Option<Refused<'_>>,
) -> Result<HttpResponse, Oops> {
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let mut frame = Frame::of(visit)?.saying(done);
    frame.path.clone_from(&path);
    let read = live::read(visit, id, meeting).await?;
    let live = Live::read(visit, id, &read, &frame.nonce).await?;
    let (open, folded): (Vec<Short>, Vec<Short>) =
        table::forms(visit, &frame, &path, &read, refused).await?.into_iter().partition(|form| form.open);
    let page = of(visit, frame, path, (id, read), live, (open, folded));
    show_form(refused.is_some(), &page.frame, &page)
}

fn of(
    visit: &Visit,
    frame: Frame,
    path: String,
    (process, read): (MobilisationId, Read),
    live: Live,
    (open, folded): (Vec<Short>, Vec<Short>),
) -> MeetingPage {
    let (p, view) = (visit.p, &read.view);
    let mut lines = vec![
        (p.t("meeting-mode"), view.mode.said(p)),
        (p.t("meeting-starts"), moment(view.starts_at, p.lang())),
    ];
    if let Some(ends) = view.ends_at {
        lines.push((p.t("meeting-ends"), moment(ends, p.lang())));
    }
    if let Some(place) = &view.place {
        lines.push((p.t("meeting-place"), place.clone()));
    }
    // What is no address of the web is shown as it was written, and leads nowhere.
    let link = view.link.clone().filter(|link| link.starts_with("https://"));
    if let Some(written) = view.link.clone().filter(|_| link.is_none()) {
        lines.push((p.t("meeting-link"), written));
    }
    if let Some(chair) = view.chair {
        lines.push((p.t("meeting-chair"), read.names.somebody(Some(chair), None)));
    }
    let mut warnings = Vec::new();
    if view.late {
        warnings.push(p.t("meeting-late"));
    }
    if view.short_of_quorum {
        warnings.push(p.t("meeting-short"));
    }
    let led = table::leads(visit, &read);
    MeetingPage {
        title: format!("{} — {}", view.kind.said(p), moment(view.starts_at, p.lang())),
        lines,
        link,
        warnings,
        undertaking: view.undertaking.text.get(p.lang()).to_owned(),
        tells: view.stage == Stage::Open && read.around.is_some() && read.came,
        moves: led && view.stage == Stage::Convened,
        minutes: read.came,
        refused: open.iter().chain(&folded).any(|short| short.form.is_refused()),
        process,
        path,
        live,
        open,
        folded,
        frame,
    }
}

#[derive(Template)]
#[template(path = "cell/mine.html")]
struct Mine {
    frame: Frame,
    meetings: Vec<Called>,
}

struct Called {
    path: String,
    kind: String,
    mode: String,
    stage: String,
    at: String,
    form: Option<Form>,
}

/// The meetings one is called to, each with the answer that is waited for.
#[get("/rencontres")]
pub(super) async fn mine(visit: Visit, wanted: Query<Wanted>) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_called(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let frame = Frame::of(&visit)?.saying(wanted.fait.as_deref());
    let mut meetings = Vec::new();
    for head in found.into_parts().0 {
        let path = format!("/cellule/{}/rencontres/{}", head.mobilisation, head.id);
        let form = match head.stage {
            Stage::Convened => Some(table::reply(&frame, &path, &head.id.to_string())?),
            _ => None,
        };
        meetings.push(Called {
            kind: head.kind.said(p),
            mode: head.mode.said(p),
            stage: head.stage.said(p),
            at: moment(head.starts_at, p.lang()),
            path,
            form,
        });
    }
    let page = Mine { frame, meetings };
    show(&page.frame, &page)
}

/// A hidden mark that the form was sent from the list of one's meetings.
pub fn from_list() -> Field {
    Field::hidden("_from", "mine")
}
