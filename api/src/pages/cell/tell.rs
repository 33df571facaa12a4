//! Telling aloud: what of one's own is told to everybody in the room, and on what. The page reminds that each who
//! hears is a recipient in law.

use actix_web::{HttpResponse, get, post, web::Query};
use authz::{
    id::{MeetingId, MobilisationId},
    vocabulary::{Category, Expiry},
};
use domain::law::BasisVersion;
use serde::Deserialize;
use serde_json::{Value, json};

use super::live;
use crate::{
    http::{Body, Id},
    meetings,
    pages::{
        disclosures::{Own, Sent, allowed_by, boxes, conditions, record_fields},
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

/// The room, and what of one's own could be told in it.
struct Ground {
    read: live::Read,
    own: Own,
}

impl Ground {
    async fn of(visit: &Visit, id: MobilisationId, meeting: MeetingId) -> Result<Self, Oops> {
        let read = live::read(visit, id, meeting).await?;
        let around = read.around.as_ref().ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let own = Own::read(visit, &visit.reader()?, around.view.id).await?;
        Ok(Self { read, own })
    }

    /// The bases one may invoke for what is told once: an agreement tells nothing aloud.
    fn bases(&self) -> impl Iterator<Item = &'static BasisVersion> {
        self.own.bases.iter().copied().filter(|basis| basis.expires == Expiry::SingleAct)
    }

    fn basis(&self, code: &str) -> Result<Option<&'static BasisVersion>, Problem> {
        if code == CONSENT {
            return Ok(None);
        }
        let found = self.bases().find(|basis| basis.code == code);
        found.map(Some).ok_or_else(|| Problem::new(ProblemKind::NotFound))
    }

    /// The boxes of what can be told on this basis, and what it asks.
    fn fields(&self, visit: &Visit, basis: Option<&'static BasisVersion>) -> Vec<Field> {
        let (p, own) = (visit.p, &self.own);
        let mut fields = vec![
            Field::hidden("_basis", basis.map_or(CONSENT, |basis| basis.code.as_str())),
            Field::heading(p.t("tell-what")),
        ];
        fields.extend(match basis {
            None => boxes(own, |_, thing| thing.category != Category::Notes, &[], p),
            Some(basis) => boxes(own, allowed_by(basis), &[], p),
        });
        if let Some(basis) = basis {
            fields.push(Field::heading(p.t("tell-attest-title")));
            fields.extend(conditions(basis, "basis/", p));
            fields.push(Field::heading(p.t("tell-record-title")));
            fields.push(Field::prose(p.t("tell-record")));
            let record = record_fields("basis/record/", &own.persons, p);
            fields.extend(record.into_iter().map(Field::optional));
        }
        fields
    }
}

async fn page(
    visit: &Visit,
    id: MobilisationId,
    meeting: MeetingId,
    basis: &str,
) -> Result<(FormPage, Form), Oops> {
    let ground = Ground::of(visit, id, meeting).await?;
    let (frame, p, lang) = (Frame::of(visit)?, visit.p, visit.p.lang());
    let basis = ground.basis(basis)?;
    let own = visit.known.profile.agency.id;
    let read = &ground.read;
    let hearers: Vec<String> = read
        .view
        .attendance
        .iter()
        .flatten()
        .filter(|one| one.departed_at.is_none() && one.agency != own)
        .map(|one| read.names.somebody(Some(one.person), Some(one.agency)))
        .collect();
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let fields = ground.fields(visit, basis);
    let form = Form::new(&frame, format!("{path}/dire"), p.t("tell-do"), fields)?;
    let empty = Form::new(&frame, "", "", Vec::new())?;
    let page = FormPage::new(frame, p.t("tell-title"), empty)
        .back(path)
        .lead(p.x("tell-hearers", &hearers.join(" ; ")));
    let page = match basis {
        None => page.lead(p.t("tell-consent")),
        Some(basis) => page
            .lead(format!("{} \u{2014} {}", basis.title.get(lang), basis.statute.get(lang)))
            .lead(basis.summary.get(lang)),
    };
    Ok((page, form))
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
    let ground = Ground::of(&visit, id, meeting).await?;
    let (frame, p, lang) = (Frame::of(&visit)?, visit.p, visit.p.lang());
    let mut bases = vec![Choice::new(CONSENT, p.t("tell-by-consent")).hint(p.t("tell-by-consent-hint"))];
    bases.extend(
        ground.bases().map(|basis| {
            Choice::new(basis.code.clone(), basis.title.get(lang)).hint(basis.statute.get(lang))
        }),
    );
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let field = Field::radios("fondement", p.t("tell-basis"), bases);
    let form = Form::new(&frame, format!("{path}/dire"), p.t("tell-next"), vec![field])?.asking();
    FormPage::new(frame, p.t("tell-title"), form).back(path).lead(p.t("tell-lead")).show()
}

/// The form as the API reads it. Everybody in the room hears: no recipient is chosen.
fn told(sent: &Sent, basis: &str) -> Value {
    let json = sent.json();
    let items = json.get("items").cloned().unwrap_or_else(|| json!([]));
    let on = if basis == CONSENT {
        json!({"consent": true})
    } else {
        let mut on = json.get("basis").cloned().unwrap_or_else(|| json!({}));
        if let Some(members) = on.as_object_mut() {
            members.insert("basis_code".to_owned(), basis.into());
        }
        on
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
    let sent = Sent::of(&posted.fields);
    let body = told(&sent, &basis);
    let caller = posted.changer_of("", &body)?;
    match meetings::tell::run(&visit.worker, caller, id, meeting, Body::of(&body)).await {
        Ok(_) => {
            drafts::forget(visit, &visit.path).await?;
            Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait=meeting-told")))
        }
        Err(problem) => {
            let (page, form) = page(visit, id, meeting, &basis).await?;
            page.with(form.refused(&posted, &sent.back(problem))).show()
        }
    }
}
