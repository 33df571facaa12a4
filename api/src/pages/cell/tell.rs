//! Telling aloud: which own facts are told to everybody in the room, and on what. The page reminds that each who
//! hears is a recipient in law.

use actix_web::{HttpResponse, get, post, web::Query};
use authz::id::{MeetingId, MobilisationId};
use domain::{
    catalogue::{Field as Fact, Labelled},
    file::view::FactView,
    reference::{LegalView, find_legal},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::live;
use crate::{
    http::{Body, Id},
    meetings,
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
pub(super) struct Wanted {
    fondement: Option<String>,
}

/// On consents that are in force.
const CONSENT: &str = "consentement";

async fn laws(visit: &Visit) -> Result<LegalView, Oops> {
    let lang = visit.p.lang();
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_legal(session, None, lang).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

async fn page(
    visit: &Visit,
    id: MobilisationId,
    meeting: MeetingId,
    basis: &str,
) -> Result<(FormPage, Form), Oops> {
    let read = live::read(visit, id, meeting).await?;
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let around = read.around.as_ref().ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let own = visit.known.profile.agency.id;
    let mut facts = Vec::new();
    for person in &around.view.persons {
        let of = around.person(person.id).unwrap_or_default();
        for fact in person.facts.iter().filter(|fact| fact.source.id == own) {
            facts.push(Choice::new(fact.id.to_string(), of).hint(said(fact, visit)));
        }
    }
    let hearers: Vec<String> = read
        .view
        .attendance
        .iter()
        .flatten()
        .filter(|one| one.departed_at.is_none() && one.agency != own)
        .map(|one| read.names.somebody(Some(one.person), Some(one.agency)))
        .collect();
    let mut fields = vec![Field::hidden("_basis", basis), Field::checks("items[]", p.t("tell-what"), facts)];
    let mut page_lead = vec![p.x("tell-hearers", &hearers.join(" ; "))];
    if basis == CONSENT {
        page_lead.push(p.t("tell-consent"));
    } else {
        let laws = laws(visit).await?;
        let law = laws.items.iter().find(|law| law.code == basis);
        let law = law.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        page_lead.push(format!("{} — {}", law.title, law.statute));
        page_lead.push(law.summary.clone());
        for condition in &law.conditions {
            let name = format!("basis/attestations/{}:bool", condition.id);
            let yes = vec![Choice::new("true", p.t("tell-attest"))];
            fields.push(Field::checks(name, condition.prompt.clone(), yes));
        }
        page_lead.push(p.t("tell-record"));
    }
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let form = Form::new(&frame, format!("{path}/dire"), p.t("tell-do"), fields)?;
    let empty = Form::new(&frame, "", "", Vec::new())?;
    let mut page = FormPage::new(frame, p.t("tell-title"), empty).back(path);
    for line in page_lead {
        page = page.lead(line);
    }
    Ok((page, form))
}

fn said(fact: &FactView, visit: &Visit) -> String {
    let lang = visit.p.lang();
    let field = Fact::named(fact.field).map_or(fact.field, |field| field.label(lang));
    format!("{field} ({})", fact.category.label(lang))
}

/// Asks on what, then what.
#[get("/cellule/{id}/rencontres/{meeting}/dire")]
pub(super) async fn ask(
    visit: Visit,
    wanted: Query<Wanted>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let (id, meeting) = (id.get(), meeting.get());
    if let Some(basis) = wanted.into_inner().fondement.filter(|basis| !basis.is_empty()) {
        let (page, form) = page(&visit, id, meeting, &basis).await?;
        return page.with(form.restored(drafts::kept(&visit).await?)).show();
    }
    live::read(&visit, id, meeting).await?;
    let (frame, p) = (Frame::of(&visit)?, visit.p);
    let mut bases = vec![Choice::new(CONSENT, p.t("tell-by-consent")).hint(p.t("tell-by-consent-hint"))];
    let laws = laws(&visit).await?;
    bases.extend(
        laws.items
            .iter()
            .map(|law| Choice::new(law.code.clone(), law.title.clone()).hint(law.statute.clone())),
    );
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let field = Field::radios("fondement", p.t("tell-basis"), bases);
    let form = Form::new(&frame, format!("{path}/dire"), p.t("tell-next"), vec![field])?.asking();
    FormPage::new(frame, p.t("tell-title"), form).back(path).lead(p.t("tell-lead")).show()
}

/// The form as the API reads it.
fn told(posted: &Posted, basis: &str) -> Value {
    let json = posted.json();
    let items: Vec<Value> = posted.all("items[]").map(|fact| json!({"fact": fact})).collect();
    let on = if basis == CONSENT {
        json!({"consent": true})
    } else {
        let attested = json.pointer("/basis/attestations").cloned().unwrap_or_else(|| json!({}));
        json!({"basis_code": basis, "attestations": attested})
    };
    json!({"items": items, "basis": on})
}

/// Tells it.
#[post("/cellule/{id}/rencontres/{meeting}/dire")]
pub(super) async fn tell(
    posted: Posted,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, meeting) = (&posted.visit, id.get(), meeting.get());
    let basis = posted.get("_basis").unwrap_or(CONSENT).to_owned();
    let body = Body::of(&told(&posted, &basis));
    match meetings::tell::run(&visit.worker, posted.changer()?, id, meeting, body).await {
        Ok(_) => {
            drafts::forget(visit, &visit.path).await?;
            Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait=meeting-told")))
        }
        Err(problem) => {
            let (page, form) = page(visit, id, meeting, &basis).await?;
            page.with(form.refused(&posted, &problem)).show()
        }
    }
}
