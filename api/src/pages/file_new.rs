//! Opening a file: in which cell. The rest is written on the file itself.

use actix_web::{HttpResponse, get, post};
use authz::vocabulary::Role;

use super::{
    drafts,
    field::{Choice, Field, Form},
    form::Posted,
    frame::Frame,
    oops::{Oops, redirect},
    simple::FormPage,
    visit::Visit,
};
use crate::files;

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
    let mut cell = Field::radios("cell", p.t("new-file-cell"), cells);
    if let Some(only) = only {
        cell = cell.given(only);
    }
    let form = Form::new(&frame, "/dossiers/ouvrir", p.t("new-file-open"), vec![cell])?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    FormPage::new(frame, p.t("new-file"), form).back("/dossiers").lead(p.t("new-file-lead")).show()
}

/// Asks for what opening a file needs.
#[get("/dossiers/ouvrir")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    visit.reader()?;
    let (frame, form) = page(&visit)?;
    let form = form.restored(drafts::kept(&visit).await?);
    around(frame, form)
}

/// Opens it.
#[post("/dossiers/ouvrir")]
pub(super) async fn open(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match files::open::run(&visit.worker, posted.changer()?, posted.body()).await {
        Ok(done) => {
            drafts::forget(visit, "/dossiers/ouvrir").await?;
            let id = done.into_parts().0.body.get("id").and_then(|id| id.as_str()).map(str::to_owned);
            Ok(redirect(&format!("/dossiers/{}?fait=file-opened", id.unwrap_or_default())))
        }
        Err(problem) => {
            let (frame, form) = page(visit)?;
            around(frame, form.refused(&posted, &problem))
        }
    }
}
