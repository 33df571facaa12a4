//! Somebody is worried: a new situation begins inside her own agency.

use actix_web::{HttpResponse, get, post};

use crate::{
    mobilisations,
    pages::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        people::cell_field,
        simple::FormPage,
        visit::Visit,
    },
};

const PATH: &str = "/cellule/nouvelle";

fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let cell = cell_field(visit, p.t("cell-new-which"));
    let own = Field::line("own_reference", p.t("cell-new-own")).hint(p.t("cell-new-own-hint")).optional();
    let form = Form::new(&frame, PATH, p.t("cell-new-begin"), vec![cell, own])?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    FormPage::new(frame, p.t("cell-new"), form)
        .back("/cellule")
        .lead(p.t("cell-new-lead"))
        .lead(p.t("cell-new-danger"))
        .show()
}

/// Asks in which cell.
#[get("/cellule/nouvelle")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    visit.reader()?;
    let (frame, form) = page(&visit)?;
    around(frame, form.restored(drafts::kept(&visit).await?))
}

/// Begins it.
#[post("/cellule/nouvelle")]
pub(super) async fn begin(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match mobilisations::identify::run(&visit.worker, posted.changer()?, posted.body()).await {
        Ok(done) => {
            drafts::forget(visit, PATH).await?;
            let id = done.into_parts().0.body.get("id").and_then(|id| id.as_str()).map(str::to_owned);
            Ok(redirect(&format!("/cellule/{}?fait=cell-identified", id.unwrap_or_default())))
        }
        Err(problem) => {
            let (frame, form) = page(visit)?;
            around(frame, form.refused(&posted, &problem))
        }
    }
}
