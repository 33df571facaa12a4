//! The end of a file and what comes after: closing it, reopening it, uniting it with another about the same situation.

use actix_web::{HttpResponse, get, post};
use authz::{
    etag::{IfMatch, of},
    id::{CellId, FileId},
};
use domain::file::page::{Filter, Slice, page};

use super::{
    super::{
        field::{Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    seen,
};
use crate::{
    files,
    http::{Body, Id},
    problem::{Problem, ProblemKind},
};

async fn closing(visit: &Visit, id: FileId) -> Result<FormPage, Oops> {
    let (view, p) = (seen(visit, id).await?, visit.p);
    let (tag, _) = of(&view).map_err(|_| Problem::new(ProblemKind::Internal))?;
    let frame = Frame::of(visit)?;
    let fields = vec![Field::hidden("_seen", tag)];
    let form = Form::new(&frame, format!("/dossiers/{id}/fermeture"), p.t("file-close-do"), fields)?.grave();
    Ok(FormPage::new(frame, p.x("file-close-title", &view.reference), form)
        .whole(&view.reference)
        .back(format!("/dossiers/{id}"))
        .lead(p.t("file-close-lead"))
        .lead(p.t("file-close-own"))
        .lead(p.t("file-close-after")))
}

#[get("/dossiers/{id}/fermeture")]
pub(super) async fn ask_closing(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    closing(&visit, id.get()).await?.show()
}

#[post("/dossiers/{id}/fermeture")]
pub(super) async fn close(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (id, visit) = (id.get(), &posted.visit);
    let tag = posted.get("_seen").map(IfMatch::parse);
    match files::close::run(&visit.worker, posted.changer()?, id, posted.body(), tag).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{id}?fait=file-closed"))),
        Err(problem) if may_be_answered(&problem) => {
            let page = closing(visit, id).await?;
            page.wrong(&problem).show()
        }
        Err(problem) => Err(problem.into()),
    }
}

#[get("/dossiers/{id}/reouverture")]
pub(super) async fn ask_reopening(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    reopening(&visit, id.get()).await?.show()
}

async fn reopening(visit: &Visit, id: FileId) -> Result<FormPage, Oops> {
    let (view, p) = (seen(visit, id).await?, visit.p);
    let frame = Frame::of(visit)?;
    let form = Form::new(&frame, format!("/dossiers/{id}/reouverture"), p.t("file-reopen-do"), Vec::new())?;
    Ok(FormPage::new(frame, p.x("file-reopen-title", &view.reference), form)
        .whole(&view.reference)
        .back(format!("/dossiers/{id}"))
        .lead(p.t("file-reopen-lead")))
}

#[post("/dossiers/{id}/reouverture")]
pub(super) async fn reopen(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (id, visit) = (id.get(), &posted.visit);
    match files::reopen::run(&visit.worker, posted.changer()?, id, posted.body()).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{id}?fait=file-reopened"))),
        Err(problem) if may_be_answered(&problem) => reopening(visit, id).await?.wrong(&problem).show(),
        Err(problem) => Err(problem.into()),
    }
}

async fn uniting(visit: &Visit, id: FileId) -> Result<FormPage, Oops> {
    let (view, p) = (seen(visit, id).await?, visit.p);
    let frame = Frame::of(visit)?;
    let fields = vec![Field::line("into", p.t("file-merge-into")).hint(p.t("file-merge-into-hint"))];
    let form = Form::new(&frame, format!("/dossiers/{id}/reunion"), p.t("file-merge-do"), fields)?.grave();
    Ok(FormPage::new(frame, p.x("file-merge-title", &view.reference), form)
        .whole(&view.reference)
        .back(format!("/dossiers/{id}"))
        .lead(p.t("file-merge-lead"))
        .lead(p.t("file-merge-nobody"))
        .lead(p.t("file-merge-final")))
}

#[get("/dossiers/{id}/reunion")]
pub(super) async fn ask_uniting(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    uniting(&visit, id.get()).await?.show()
}

#[post("/dossiers/{id}/reunion")]
pub(super) async fn unite(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (id, visit) = (id.get(), &posted.visit);
    let cell = seen(visit, id).await?.cell.id;
    let Some(into) = called(visit, cell, posted.get("into").unwrap_or_default()).await? else {
        let page = uniting(visit, id).await?;
        return page.again(&posted, "into", visit.p.t("file-merge-none")).show();
    };
    let body = serde_json::json!({"into": into});
    let caller = posted.changer_of("", &body)?;
    match files::merge::run(&visit.worker, caller, id, Body::of(&body)).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{into}?fait=file-merged"))),
        Err(problem) if may_be_answered(&problem) => {
            uniting(visit, id).await?.refused(&posted, &problem).show()
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Can the same page be answered otherwise, or tell more than that it is refused?
fn may_be_answered(problem: &Problem) -> bool {
    !problem.errors.is_empty() || problem.kind == ProblemKind::Conflict
}

/// The open file of this cell that goes by this number, if the visitor may know of it.
async fn called(visit: &Visit, cell: CellId, reference: &str) -> Result<Option<FileId>, Oops> {
    let reference = Some(reference.trim().to_uppercase());
    let filter = Filter { cell: Some(cell), closed: Some(false), reference, ..Filter::default() };
    let slice = Slice { limit: 1, after: None };
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| Ok(page(session, filter, slice).await?))
        .await?;
    Ok(found.into_parts().0.first().map(|file| file.id))
}
