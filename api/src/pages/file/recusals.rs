//! Who is recused from a file, as the coordination sees it, and recusing somebody else.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::id::FileId;
use domain::{file::view::FileView, recusal::find};
use serde::Deserialize;

use super::{
    super::{
        cell::names::Names,
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show_form},
        moment::{date, day},
        oops::{Oops, redirect},
        visit::Visit,
    },
    seen,
};
use crate::{
    http::Id,
    problem::{Problem, ProblemKind},
    recusals as operations,
};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "file/recusals.html")]
struct Recused {
    frame: Frame,
    file: FileId,
    reference: String,
    people: Vec<Person>,
    form: Form,
}

struct Person {
    name: String,
    since: String,
    tried: Vec<String>,
}

async fn page(visit: &Visit, view: FileView) -> Result<Recused, Oops> {
    let (p, id) = (visit.p, view.id);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let (recused, _) = found.into_parts();
    let people = recused.items.into_iter().map(|one| Person {
        name: one.name,
        since: day(one.at, p.lang()),
        tried: one.attempted_on.into_iter().map(|on| date(on, p.lang())).collect(),
    });
    let names = Names::of_cell(visit, view.cell.id).await?;
    let frame = Frame::of(visit)?;
    let who = Field::select("user", p.t("recusals-who"), names.choices(None)).hint(p.t("recusals-who-hint"));
    let form =
        Form::new(&frame, format!("/dossiers/{id}/recusations"), p.t("recusals-do"), vec![who])?.grave();
    Ok(Recused { file: id, reference: view.reference, people: people.collect(), form, frame })
}

fn show(page: &Recused) -> Result<HttpResponse, Oops> {
    show_form(page.form.is_refused(), &page.frame, page)
}

#[get("/dossiers/{id}/recusations")]
pub(super) async fn list(visit: Visit, said: Query<Said>, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let mut page = page(&visit, seen(&visit, id.get()).await?).await?;
    page.frame = page.frame.saying(said.fait.as_deref());
    show(&page)
}

#[post("/dossiers/{id}/recusations")]
pub(super) async fn recuse(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (file, visit) = (id.get(), &posted.visit);
    // An empty choice would recuse whoever sends it.
    let chosen = posted.get("user").is_some();
    let answer = if chosen {
        operations::recuse::run(&visit.worker, posted.caller(), file, posted.body()).await.map(|_| ())
    } else {
        Err(Problem::new(ProblemKind::Invalid))
    };
    match answer {
        Ok(()) => Ok(redirect(&format!("/dossiers/{file}/recusations?fait=recused-other"))),
        Err(problem) if chosen && problem.errors.is_empty() && problem.kind != ProblemKind::Conflict => {
            Err(problem.into())
        }
        Err(problem) => {
            let mut page = page(visit, seen(visit, file).await?).await?;
            page.form = if chosen {
                page.form.refused(&posted, &problem)
            } else {
                page.form.again(&posted).beside("user", visit.p.t("recusals-nobody"))
            };
            show(&page)
        }
    }
}
