//! After a disclosure: its record, and its revocation.

use actix_web::{HttpResponse, get, post};
use authz::id::{DisclosureId, FileId};
use chrono::TimeDelta;
use domain::disclosure::DisclosureView;

use super::{
    super::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::Frame,
        moment::moment,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    ask::record_fields,
    own::{Own, Subject},
};
use crate::{
    disclosures,
    http::Id,
    problem::{Problem, ProblemKind},
};

/// The persons of the file and one act of one's own agency.
async fn act_of(
    visit: &Visit,
    file: FileId,
    id: DisclosureId,
) -> Result<(Vec<Subject>, DisclosureView), Oops> {
    let caller = visit.reader()?;
    let (_, acts, _) = super::list::read(visit, &caller, file).await?;
    let own = visit.known.profile.agency.id;
    let act = acts.into_iter().find(|act| act.id == id && act.source == own);
    let act = act.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    Ok((Own::read(visit, &caller, file).await?.persons, act))
}

async fn record_page(
    visit: &Visit,
    file: FileId,
    id: DisclosureId,
) -> Result<(Frame, Form, Vec<String>), Oops> {
    let (persons, act) = act_of(visit, file, id).await?;
    let frame = Frame::of(visit)?;
    let (p, lang) = (frame.p, frame.p.lang());
    let path = format!("/dossiers/{file}/levees/{id}/registre");
    let form = Form::new(&frame, path, p.t("record-complete"), record_fields("", &persons, p))?;
    let due = act.at + TimeDelta::hours(24);
    let late = visit.worker.desk()?.clock().now() > due;
    let key = if late { "record-lead-late" } else { "record-lead-due" };
    Ok((frame, form, vec![p.x("record-lead", &moment(act.at, lang)), p.x(key, &moment(due, lang))]))
}

fn around(file: FileId, frame: Frame, form: Form, lead: Vec<String>) -> Result<HttpResponse, Oops> {
    let title = frame.p.t("record-title");
    let page = FormPage::new(frame, title, form).back(format!("/dossiers/{file}/levees"));
    lead.into_iter().fold(page, FormPage::lead).show()
}

/// Asks for the rest of the seven points.
#[get("/dossiers/{id}/levees/{levee}/registre")]
pub(in super::super) async fn ask_record(
    visit: Visit,
    id: Id<0, FileId>,
    act: Id<1, DisclosureId>,
) -> Result<HttpResponse, Oops> {
    let (frame, form, lead) = record_page(&visit, id.get(), act.get()).await?;
    let form = form.restored(drafts::kept(&visit).await?);
    around(id.get(), frame, form, lead)
}

/// Completes the record.
#[post("/dossiers/{id}/levees/{levee}/registre")]
pub(in super::super) async fn complete(
    posted: Posted,
    id: Id<0, FileId>,
    act: Id<1, DisclosureId>,
) -> Result<HttpResponse, Oops> {
    let (visit, file, id) = (&posted.visit, id.get(), act.get());
    match disclosures::complete::run(&visit.worker, posted.changer()?, file, id, posted.body()).await {
        Ok(done) => {
            drafts::forget(visit, &visit.path).await?;
            let late = done.into_parts().0.body.get("late").and_then(serde_json::Value::as_bool);
            let said = if late == Some(true) { "record-completed-late" } else { "record-completed" };
            Ok(redirect(&format!("/dossiers/{file}/levees?fait={said}")))
        }
        Err(problem) if problem.kind != ProblemKind::Invalid => Err(problem.into()),
        Err(problem) => {
            let (frame, form, lead) = record_page(visit, file, id).await?;
            around(file, frame, form.refused(&posted, &problem), lead)
        }
    }
}

/// Asks whether an act is to be revoked, saying what will happen.
#[get("/dossiers/{id}/levees/{levee}/revoquer")]
pub(in super::super) async fn ask_revocation(
    visit: Visit,
    id: Id<0, FileId>,
    act: Id<1, DisclosureId>,
) -> Result<HttpResponse, Oops> {
    let (file, id) = (id.get(), act.get());
    let (_, act) = act_of(&visit, file, id).await?;
    let frame = Frame::of(&visit)?;
    let p = frame.p;
    let path = format!("/dossiers/{file}/levees/{id}/revoquer");
    let form = Form::new(&frame, path, p.t("disclosure-revoke"), Vec::<Field>::new())?.grave();
    let lead = p.x("disclosure-revoke-lead", &moment(act.at, p.lang()));
    FormPage::new(frame, p.t("disclosure-revoke-title"), form)
        .back(format!("/dossiers/{file}/levees"))
        .lead(lead)
        .lead(p.t("disclosure-revoke-past"))
        .show()
}

/// Revokes it.
#[post("/dossiers/{id}/levees/{levee}/revoquer")]
pub(in super::super) async fn revoke(
    posted: Posted,
    id: Id<0, FileId>,
    act: Id<1, DisclosureId>,
) -> Result<HttpResponse, Oops> {
    let file = id.get();
    disclosures::revoke::run(&posted.visit.worker, posted.changer()?, file, act.get(), posted.body()).await?;
    Ok(redirect(&format!("/dossiers/{file}/levees?fait=disclosure-revoked")))
}
