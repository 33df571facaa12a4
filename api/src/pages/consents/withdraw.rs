//! Taking a consent back: what will happen is said first, then it is done.

use actix_web::{HttpResponse, get, post};
use askama::Template;
use authz::id::{ConsentId, FileId};
use domain::{catalogue::Field as CatalogueField, consent::ConsentView};
use serde_json::Value;

use super::{
    consents,
    sentence::{Teller, Told, together},
    shareable,
};
use crate::{
    consents as operations,
    http::{Body, Id},
    pages::{
        field::Form,
        form::Posted,
        frame::{Frame, show},
        oops::Oops,
        people::People,
        phrases::Phrases,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "consent_withdraw.html")]
struct Before {
    frame: Frame,
    file: FileId,
    about: String,
    told: Told,
    notice: String,
    only_refusal: bool,
    form: Form,
}

/// What will happen.
#[get("/dossiers/{id}/consentements/{consent}/retrait")]
pub(super) async fn ask(
    visit: Visit,
    id: Id<0, FileId>,
    consent: Id<1, ConsentId>,
) -> Result<HttpResponse, Oops> {
    let (file, consent, p) = (id.get(), consent.get(), visit.p);
    let people = People::read(&visit, visit.reader()?, file).await?;
    let known = consents(&visit, visit.reader()?, file).await?.items;
    let view = known.into_iter().find(|one| one.id == consent && one.withdrawn_at.is_none());
    let view = view.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let open = shareable(&visit).await?;
    let person = people.person(view.subject);
    let teller = Teller { people: &people, subject: person.map(|person| person.role), open: &open, p };
    let frame = Frame::of(&visit)?;
    let action = format!("/dossiers/{file}/consentements/{consent}/retrait");
    let page = Before {
        file,
        about: person.map(|person| person.label.clone()).unwrap_or_default(),
        told: teller.tell(&view.provisions),
        notice: notice(&view, &people, p),
        only_refusal: view.provisions.iter().all(|one| one.effect == authz::vocabulary::Effect::Deny),
        form: Form::new(&frame, action, p.t("consent-withdraw-confirm"), Vec::new())?.grave(),
        frame,
    };
    show(&page.frame, &page)
}

/// Who will be told, as far as the consent shows whom it names.
fn notice(view: &ConsentView, people: &People, p: Phrases) -> String {
    if view.recorded.is_none() {
        return p.t("consent-told-all-named");
    }
    let mut names: Vec<String> = Vec::new();
    for id in view.provisions.iter().flat_map(|one| &one.recipients) {
        let name = match people.agency(id) {
            _ if id == "circle" => p.t("consent-told-circle"),
            Some(member) => member.name.clone(),
            None => p.t("consent-agency-elsewhere"),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    p.x("consent-told", &together(&names, p))
}

#[derive(Template)]
#[template(path = "consent_withdrawn.html")]
struct After {
    frame: Frame,
    file: FileId,
    /// What was read of ours already: the agency and the fields.
    shared: Vec<(String, String)>,
}

/// Takes it back.
#[post("/dossiers/{id}/consentements/{consent}/retrait")]
pub(super) async fn withdraw(
    posted: Posted,
    id: Id<0, FileId>,
    consent: Id<1, ConsentId>,
) -> Result<HttpResponse, Oops> {
    let (visit, file) = (&posted.visit, id.get());
    let nothing = Body::of(&Value::Object(serde_json::Map::new()));
    let done =
        operations::withdraw::run(&visit.worker, posted.changer()?, file, consent.get(), nothing).await?;
    let answer = done.into_parts().0.body;
    let people = People::read(visit, visit.reader()?, file).await?;
    let (p, lang) = (visit.p, visit.p.lang());
    let items = answer.get("already_shared").and_then(Value::as_array).cloned().unwrap_or_default();
    let shared = items.iter().map(|item| {
        let id = item.get("agency").and_then(Value::as_str).unwrap_or_default();
        let name = people.agency(id).map_or_else(|| p.t("consent-agency-elsewhere"), |one| one.name.clone());
        let fields = item.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
        let labels: Vec<String> = fields
            .iter()
            .filter_map(Value::as_str)
            .map(|field| CatalogueField::named(field).map_or(field, |field| field.label(lang)).to_owned())
            .collect();
        (name, together(&labels, p))
    });
    let page =
        After { shared: shared.collect(), file, frame: Frame::of(visit)?.saying(Some("consent-withdrawn")) };
    show(&page.frame, &page)
}
