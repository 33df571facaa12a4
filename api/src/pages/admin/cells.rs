//! Cells: their territories, their standards, and the agencies that take part.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    etag::{IfMatch, of},
    id::CellId,
};
use domain::{
    cell::{CellSettings, find},
    reference::find_agencies,
};

use super::{admins_only, coordinates, own_cells};
use crate::{
    cells,
    http::Id,
    pages::{
        account::Said,
        cell::names::{code, codes},
        field::{Choice, Field, Form, Shape},
        form::Posted,
        frame::{Frame, show, show_form},
        oops::{Oops, redirect},
        phrases::Phrases,
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

const NEW: &str = "/administration/cellules/nouvelle";

#[derive(Template)]
#[template(path = "admin/cells.html")]
struct CellsPage {
    frame: Frame,
    cells: Vec<Choice>,
    coordinates: bool,
}

/// The cells where the visitor is admin.
#[get("/administration/cellules")]
pub(super) async fn list(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    admins_only(&visit)?;
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let page = CellsPage { cells: own_cells(&visit), coordinates: coordinates(&visit), frame };
    show(&page.frame, &page)
}

/// The standards of a cell: name of the field, its sentence, what it is to begin with.
const STANDARDS: [(&str, &str, &str); 5] = [
    ("analysis_within_hours", "admin-analysis", "24"),
    ("meeting_within_hours", "admin-meeting", "48"),
    ("quorum", "admin-quorum", "4"),
    ("review_within_days", "admin-review", "30"),
    ("sunset_days", "admin-sunset", "90"),
];

fn standards(p: Phrases, now: Option<&CellSettings>) -> Vec<Field> {
    let held = now.map(|cell| {
        [
            i64::from(cell.analysis_within_hours),
            i64::from(cell.meeting_within_hours),
            i64::from(cell.quorum),
            i64::from(cell.review_within_days),
            i64::from(cell.sunset_days),
        ]
    });
    let field = |(at, (name, key, usual)): (usize, &(&str, &str, &str))| {
        let given = held.and_then(|held| held.get(at).map(i64::to_string)).unwrap_or_else(|| (*usual).into());
        let shape = Shape::Line("number", "off", 4);
        Field::new(shape, format!("{name}:int"), p.t(key)).hint(p.t(&format!("{key}-hint"))).given(given)
    };
    STANDARDS.iter().enumerate().map(field).collect()
}

fn new_form(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let mut fields = vec![
        Field::line("name", p.t("name")),
        Field::line("key", p.t("admin-key")).hint(p.t("admin-key-hint")),
        Field::select("region", p.t("admin-region"), codes(p, "region")),
        Field::heading(p.t("admin-standards")),
    ];
    fields.extend(standards(p, None));
    let form = Form::new(&frame, NEW, p.t("admin-cell-make"), fields)?;
    Ok((frame, form))
}

fn around_new(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("admin-cell-new"), form).back("/administration/cellules");
    page.lead(p.t("admin-cell-new-lead")).show()
}

/// Asks for what a new cell needs.
#[get("/administration/cellules/nouvelle")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    if !coordinates(&visit) {
        return Err(Problem::new(ProblemKind::NotPermitted).into());
    }
    let (frame, form) = new_form(&visit)?;
    around_new(frame, form)
}

/// Makes it; whoever does becomes its first admin.
#[post("/administration/cellules/nouvelle")]
pub(super) async fn make(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match cells::make::run(&visit.worker, posted.caller(), posted.body()).await {
        Ok(_) => {
            visit.forget();
            Ok(redirect("/administration/cellules?fait=cell-made"))
        }
        Err(problem) => {
            let (frame, form) = new_form(visit)?;
            around_new(frame, form.refused(&posted, &problem))
        }
    }
}

#[derive(Template)]
#[template(path = "admin/cell.html")]
struct One {
    frame: Frame,
    name: String,
    key: String,
    region: String,
    standards: Vec<(String, String)>,
    /// What changes it, and lets an agency in: for those who coordinate.
    change: Option<Form>,
    admit: Option<Form>,
}

async fn page(
    visit: &Visit,
    frame: Frame,
    id: CellId,
    refused: Option<(&Posted, &Problem, bool)>,
) -> Result<HttpResponse, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let cell = find(session, id).await?;
        Ok(session.open(cell)?)
    });
    let (cell, p) = (found.await?.into_parts().0, visit.p);
    let mut wrong = false;
    let (mut change, mut admit) = (None, None);
    if coordinates(visit) {
        let seen = of(&cell).map_err(|_| Problem::new(ProblemKind::Internal))?.0;
        let mut fields = vec![Field::line("name", p.t("name")).given(cell.name.clone())];
        fields.extend(standards(p, Some(&cell)));
        fields.push(Field::hidden("_seen", seen));
        let action = format!("/administration/cellules/{id}");
        let mut changing = Form::new(&frame, action, p.t("admin-cell-change"), fields)?;
        let agencies = Field::select("agency", p.t("agency"), agencies(visit).await?);
        let action = format!("/administration/cellules/{id}/organismes");
        let mut admitting = Form::new(&frame, action, p.t("admin-admit"), vec![agencies])?.small();
        match refused {
            Some((posted, problem, true)) => changing = changing.refused(posted, problem),
            Some((posted, problem, false)) => admitting = admitting.refused(posted, problem),
            None => {}
        }
        wrong = refused.is_some();
        (change, admit) = (Some(changing), Some(admitting));
    }
    let held = [
        cell.analysis_within_hours.to_string(),
        cell.meeting_within_hours.to_string(),
        cell.quorum.to_string(),
        cell.review_within_days.to_string(),
        cell.sunset_days.to_string(),
    ];
    let page = One {
        standards: STANDARDS.iter().zip(held).map(|((_, key, _), held)| (p.t(key), held)).collect(),
        name: cell.name,
        key: cell.key,
        region: code(p, "region", &cell.region),
        change,
        admit,
        frame,
    };
    show_form(wrong, &page.frame, &page)
}

async fn agencies(visit: &Visit) -> Result<Vec<Choice>, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_agencies(session).await?;
        Ok(session.open(found)?)
    });
    let agencies = found.await?.into_parts().0.agencies;
    Ok(agencies.into_iter().map(|agency| Choice::new(agency.id.to_string(), agency.name)).collect())
}

/// A cell.
#[get("/administration/cellules/{id}")]
pub(super) async fn one(visit: Visit, id: Id<0, CellId>, said: Query<Said>) -> Result<HttpResponse, Oops> {
    admins_only(&visit)?;
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    page(&visit, frame, id.get(), None).await
}

/// Changes its name or standards.
#[post("/administration/cellules/{id}")]
pub(super) async fn alter(posted: Posted, id: Id<0, CellId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match cells::change::run(&visit.worker, posted.caller(), id, posted.body(), seen).await {
        Ok(_) => Ok(redirect(&format!("/administration/cellules/{id}?fait=cell-changed"))),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => page(visit, Frame::of(visit)?, id, Some((&posted, &problem, true))).await,
    }
}

/// Lets an agency take part.
#[post("/administration/cellules/{id}/organismes")]
pub(super) async fn let_in(posted: Posted, id: Id<0, CellId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    match cells::admit::run(&visit.worker, posted.caller(), id, posted.body()).await {
        Ok(_) => Ok(redirect(&format!("/administration/cellules/{id}?fait=agency-admitted"))),
        Err(problem) => page(visit, Frame::of(visit)?, id, Some((&posted, &problem, false))).await,
    }
}
