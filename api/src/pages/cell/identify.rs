//! Somebody is worried: a new situation begins inside her own agency.

use actix_web::{HttpResponse, get, post};
use authz::vocabulary::Role;

use crate::{
    mobilisations,
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
};

const PATH: &str = "/cellule/nouvelle";

fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let mut cells: Vec<Choice> = Vec::new();
    for held in &visit.known.profile.roles {
        let works = held.role.inherits().contains(&Role::Worker);
        if works && !cells.iter().any(|cell| cell.label == held.cell.name) {
            cells.push(Choice::new(held.cell.id.to_string(), held.cell.name.clone()));
        }
    }
    let only = cells.first().filter(|_| cells.len() == 1).map(|cell| cell.value.clone());
    let mut cell = Field::radios("cell", p.t("cell-new-which"), cells);
    if let Some(only) = only {
        cell = cell.given(only);
    }
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
