//! The agencies, at work or disabled: making one with its first admin, disabling one, enabling it again.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    accounts::{DisabledAgency, disabled_agencies},
    id::AgencyId,
    vocabulary::AgencyKind,
};
use domain::{
    catalogue::Labelled,
    law::Regime,
    reference::{AgenciesView, find_agencies},
};

use super::{coordinates, handed::hand, own_cells};
use crate::{
    agencies,
    http::Id,
    pages::{
        account::Said,
        field::{Choice, Field, Form, Shape},
        form::Posted,
        frame::{Frame, show},
        moment::day,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

const NEW: &str = "/administration/organismes/nouveau";

#[derive(Template)]
#[template(path = "admin/agencies.html")]
struct Agencies {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    id: String,
    name: String,
    kind: &'static str,
    own: bool,
    /// Since when it is disabled, if it is.
    disabled: Option<String>,
}

fn coordinating(visit: &Visit) -> Result<(), Problem> {
    if coordinates(visit) { Ok(()) } else { Err(Problem::new(ProblemKind::NotPermitted)) }
}

async fn read(visit: &Visit) -> Result<AgenciesView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_agencies(session).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

async fn read_disabled(visit: &Visit) -> Result<Vec<DisabledAgency>, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = disabled_agencies(session).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// The agencies, those at work first.
#[get("/administration/organismes")]
pub(super) async fn list(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    coordinating(&visit)?;
    let lang = visit.p.lang();
    let at_work = read(&visit).await?.agencies.into_iter().map(|agency| Line {
        own: agency.id == visit.known.profile.agency.id,
        id: agency.id.to_string(),
        kind: agency.kind.label(lang),
        name: agency.name,
        disabled: None,
    });
    let disabled = read_disabled(&visit).await?.into_iter().map(|agency| Line {
        own: false,
        id: agency.id.to_string(),
        kind: agency.kind.label(lang),
        name: agency.name,
        disabled: Some(day(agency.disabled_at, lang)),
    });
    let page = Agencies {
        lines: at_work.chain(disabled).collect(),
        frame: Frame::of(&visit)?.saying(said.fait.as_deref()),
    };
    show(&page.frame, &page)
}

fn form(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p, lang) = (Frame::of(visit)?, visit.p, visit.p.lang());
    let kinds = AgencyKind::ALL.iter().map(|kind| Choice::new(kind.wire(), kind.label(lang)));
    let regimes = Regime::ALL.iter().map(|regime| Choice::new(regime.wire(), regime.label(lang)));
    let fields = vec![
        Field::line("name", p.t("name")),
        Field::line("key", p.t("admin-key")).hint(p.t("admin-key-hint")),
        Field::select("kind", p.t("admin-kind"), kinds.collect()).hint(p.t("admin-kind-hint")),
        Field::select("regime", p.t("admin-regime"), regimes.collect()).hint(p.t("admin-regime-hint")),
        Field::select("cell", p.t("cell"), own_cells(visit)),
        Field::heading(p.t("admin-first")),
        Field::line("admin/name", p.t("name")),
        Field::new(Shape::Line("email", "off", 0), "admin/email", p.t("email")),
    ];
    let form = Form::new(&frame, NEW, p.t("admin-agency-make"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("admin-agency-new"), form).back("/administration/organismes");
    page.lead(p.t("admin-agency-new-lead")).show()
}

/// Asks for what a new agency needs.
#[get("/administration/organismes/nouveau")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    coordinating(&visit)?;
    let (frame, form) = form(&visit)?;
    around(frame, form)
}

/// Makes it and shows the link of its first admin, once.
#[post("/administration/organismes/nouveau")]
pub(super) async fn make(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match agencies::make::run(&visit.worker, visit.caller(), posted.body()).await {
        Ok(made) => {
            let made = made.into_parts().0;
            let name = posted.get("admin/name").unwrap_or_default().to_owned();
            hand(visit, name, "/invitation", &made.invitation, "/administration/organismes".into())
        }
        Err(problem) => {
            let (frame, form) = form(visit)?;
            around(frame, form.refused(&posted, &problem))
        }
    }
}

/// Which way.
fn way(verb: &str) -> Result<bool, Problem> {
    match verb {
        "desactiver" => Ok(true),
        "retablir" => Ok(false),
        _ => Err(Problem::new(ProblemKind::NotFound)),
    }
}

/// Asks before an agency is disabled, or enabled again.
#[get("/administration/organismes/{id}/{verb}")]
pub(super) async fn ask_turn(
    visit: Visit,
    id: Id<0, AgencyId>,
    path: actix_web::web::Path<(String, String)>,
) -> Result<HttpResponse, Oops> {
    coordinating(&visit)?;
    let (frame, p, off) = (Frame::of(&visit)?, visit.p, way(&path.1)?);
    let (title, lead) = if off {
        ("admin-agency-disable", "admin-agency-disable-lead")
    } else {
        ("admin-agency-enable", "admin-agency-enable-lead")
    };
    let action = format!("/administration/organismes/{}/{}", id.get(), path.1);
    let mut form = Form::new(&frame, action, p.t(title), Vec::new())?;
    if off {
        form = form.grave();
    }
    FormPage::new(frame, p.t(title), form).back("/administration/organismes").lead(p.t(lead)).show()
}

/// Disables it, or enables it again.
#[post("/administration/organismes/{id}/{verb}")]
pub(super) async fn turn(
    posted: Posted,
    id: Id<0, AgencyId>,
    path: actix_web::web::Path<(String, String)>,
) -> Result<HttpResponse, Oops> {
    let (worker, caller, body) = (&posted.visit.worker, posted.caller(), posted.body());
    if way(&path.1)? {
        agencies::disable::run(worker, caller, id.get(), body).await?;
        return Ok(redirect("/administration/organismes?fait=agency-disabled"));
    }
    agencies::enable::run(worker, caller, id.get(), body).await?;
    Ok(redirect("/administration/organismes?fait=agency-enabled"))
}
