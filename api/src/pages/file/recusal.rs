//! Recusing oneself: the file no longer exists for who does.

use actix_web::{HttpResponse, get, post};
use authz::id::FileId;

use super::{
    super::{
        field::Form,
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    seen,
};
use crate::{http::Id, recusals};

#[get("/dossiers/{id}/recusation")]
pub(super) async fn ask(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (view, p) = (seen(&visit, id.get()).await?, visit.p);
    let frame = Frame::of(&visit)?;
    let path = format!("/dossiers/{}/recusation", view.id);
    let form = Form::new(&frame, path, p.t("recusal-submit"), Vec::new())?.grave();
    FormPage::new(frame, p.x("recusal-title", &view.reference), form)
        .whole(&view.reference)
        .back(format!("/dossiers/{}", view.id))
        .lead(p.t("recusal-lead"))
        .lead(p.t("recusal-final"))
        .show()
}

#[post("/dossiers/{id}/recusation")]
pub(super) async fn recuse(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    recusals::recuse::run(&posted.visit.worker, posted.caller(), id.get(), posted.body()).await?;
    Ok(redirect("/dossiers?fait=recused"))
}
