//! The agencies around a file: bringing one in, ending the place of one.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::id::{AgencyId, FileId};
use domain::{file::view::FileView, reference::find_agencies};
use serde::Deserialize;

use super::{
    super::{
        field::{Choice, Field, Form},
        form::Posted,
        frame::{Frame, show_form},
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    Powers, member,
    read::{Around, around},
    seen,
};
use crate::{
    circle as operations,
    http::Id,
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "file/circle.html")]
struct Circle {
    frame: Frame,
    file: FileId,
    reference: String,
    agencies: Vec<(Around, bool)>,
    form: Option<Form>,
}

async fn page(visit: &Visit, view: FileView) -> Result<Circle, Oops> {
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let (powers, own) = (Powers::of(visit, &view), visit.known.profile.agency.id.to_string());
    let frame = Frame::of(visit)?;
    let form = if powers.respond { Some(joining(visit, &view, &frame).await?) } else { None };
    let ends = |one: &Around| one.here && (powers.coordinate || (powers.respond && one.id == own));
    let agencies = around(&view, now, p).into_iter().map(|one| {
        let ends = ends(&one);
        (one, ends)
    });
    Ok(Circle { file: view.id, agencies: agencies.collect(), reference: view.reference, form, frame })
}

async fn joining(visit: &Visit, view: &FileView, frame: &Frame) -> Result<Form, Oops> {
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_agencies(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let agencies = found.into_parts().0.agencies.into_iter();
    let outside = agencies.filter(|agency| !member(view, agency.id, now));
    let mut choices: Vec<_> = outside.map(|agency| Choice::new(agency.id.to_string(), agency.name)).collect();
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    let fields = vec![Field::select("agency", p.t("circle-agency"), choices).hint(p.t("circle-agency-hint"))];
    Ok(Form::new(frame, format!("/dossiers/{}/cercle", view.id), p.t("circle-join"), fields)?)
}

fn show(page: &Circle) -> Result<HttpResponse, Oops> {
    let refused = page.form.as_ref().is_some_and(Form::is_refused);
    show_form(refused, &page.frame, page)
}

#[get("/dossiers/{id}/cercle")]
pub(super) async fn circle(visit: Visit, said: Query<Said>, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let view = seen(&visit, id.get()).await?;
    let mut page = page(&visit, view).await?;
    page.frame = page.frame.saying(said.fait.as_deref());
    show(&page)
}

#[post("/dossiers/{id}/cercle")]
pub(super) async fn join(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (file, visit) = (id.get(), &posted.visit);
    match operations::join::run(&visit.worker, posted.changer()?, file, posted.body()).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{file}/cercle?fait=circle-joined"))),
        Err(problem) if problem.errors.is_empty() && problem.kind != ProblemKind::Conflict => {
            Err(problem.into())
        }
        Err(problem) => {
            let mut page = page(visit, seen(visit, file).await?).await?;
            page.form = page.form.map(|form| form.refused(&posted, &problem));
            show(&page)
        }
    }
}

#[get("/dossiers/{id}/cercle/{agency}/fin")]
pub(super) async fn ask_end(
    visit: Visit,
    id: Id<0, FileId>,
    agency: Id<1, AgencyId>,
) -> Result<HttpResponse, Oops> {
    let (view, agency, p) = (seen(&visit, id.get()).await?, agency.get(), visit.p);
    let found = view.circle.iter().find(|row| row.agency.id == agency);
    let found = found.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let frame = Frame::of(&visit)?;
    let path = format!("/dossiers/{}/cercle/{agency}/fin", view.id);
    let form = Form::new(&frame, path, p.t("circle-end-submit"), Vec::new())?.grave();
    FormPage::new(frame, p.x("circle-end", &found.agency.name), form)
        .back(format!("/dossiers/{}/cercle", view.id))
        .lead(p.t("circle-end-lead"))
        .show()
}

#[post("/dossiers/{id}/cercle/{agency}/fin")]
pub(super) async fn end(
    posted: Posted,
    id: Id<0, FileId>,
    agency: Id<1, AgencyId>,
) -> Result<HttpResponse, Oops> {
    let (file, agency, visit) = (id.get(), agency.get(), &posted.visit);
    operations::end::run(&visit.worker, posted.changer()?, file, agency, posted.body()).await?;
    if agency == visit.known.profile.agency.id {
        return Ok(redirect("/dossiers?fait=circle-left"));
    }
    Ok(redirect(&format!("/dossiers/{file}/cercle?fait=circle-ended")))
}
