//! Opening a file: in which cell, and what one knows already of the person at risk. The rest is written on the
//! file itself.

use actix_web::{HttpResponse, get, post};
use authz::{id::FileId, vocabulary::SubjectRole};
use serde_json::json;

use super::{
    super::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        people::cell_field,
        simple::FormPage,
        visit::Visit,
    },
    persons::{about, add_with_facts, next},
};
use crate::{files, http::Body};

fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let cell = cell_field(visit, p.t("new-file-cell"));
    let mut fields = vec![cell, Field::heading(p.t("new-file-person")), Field::prose(p.t("new-file-known"))];
    fields.extend(about(p));
    let form = Form::new(&frame, "/dossiers/ouvrir", p.t("new-file-open"), fields)?;
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

/// Opens it, and adds the person at risk.
#[post("/dossiers/ouvrir")]
pub(super) async fn open(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let body = posted.get("cell").map_or_else(|| json!({}), |cell| json!({"cell": cell}));
    let caller = posted.changer_of(".file", &body)?;
    let opened = match files::open::run(&visit.worker, caller, Body::of(&body)).await {
        Ok(done) => done.into_parts().0.body,
        Err(problem) => {
            let (frame, form) = page(visit)?;
            return around(frame, form.refused(&posted, &problem));
        }
    };
    drafts::forget(visit, "/dossiers/ouvrir").await?;
    let id = opened.get("id").and_then(|id| id.as_str()).and_then(|id| id.parse::<uuid::Uuid>().ok());
    let Some(file) = id.map(FileId::from_uuid) else { return Ok(redirect("/dossiers")) };
    match add_with_facts(&posted, file, Some(SubjectRole::PersonAtRisk.wire()), None).await? {
        Ok((person, whole)) => Ok(next(file, person, whole, "file-opened")),
        // The file is there; what was written about the person waits on the page that adds one.
        Err(_) => {
            let page = format!("/dossiers/{file}/personnes/nouvelle");
            let role = [("role".to_owned(), SubjectRole::PersonAtRisk.wire().to_owned())];
            let kept: Vec<_> =
                posted.fields.iter().filter(|(name, _)| name != "cell").cloned().chain(role).collect();
            drafts::keep(&visit.worker, visit.known.actor, visit.request, &page, &kept).await?;
            Ok(redirect(&format!("{page}?fait=file-opened")))
        }
    }
}
