//! The form: what, to whom, on what basis, what is attested, and the record.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{
    id::{AgencyId, DisclosureId, FileId},
    vocabulary::{Capacity, Category, Expiry, Role},
};
use domain::{
    catalogue::Labelled,
    disclosure::{DisclosureView, SinceDocument, SinceView, find_all, find_renewal},
    law::{BasisVersion, Condition, ConditionKind, Precision, Status},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    super::{
        drafts,
        field::{Choice, Field, Form},
        frame::{Frame, show_form},
        moment::{date, moment},
        oops::Oops,
        phrases::Phrases,
        visit::Visit,
    },
    boxes::{allowed_by, boxes},
    own::{Own, Recipient, Subject, Thing, document_name, fact_name},
};
use crate::{
    http::{Id, read_query},
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    base: Option<String>,
    renouvelle: Option<Uuid>,
}

/// An act to attest again: what it was, and what came since.
pub struct Renewed {
    id: DisclosureId,
    at: String,
    basis_code: String,
    recipients: Vec<(AgencyId, Capacity)>,
    /// The boxes of what came since.
    since: Vec<String>,
}

#[derive(Template)]
#[template(path = "disclosure_new.html")]
struct AskPage {
    frame: Frame,
    file: FileId,
    reference: String,
    closed: bool,
    renewed: Option<String>,
    law: Option<LawPart>,
    others: Vec<Other>,
    form: Option<Form>,
}

/// The legal text beside the form.
struct LawPart {
    statute: String,
    title: String,
    summary: String,
    note: Option<String>,
    dated: String,
    verified: bool,
    source: String,
    consulted: Option<String>,
}

/// Another basis that the agency may invoke.
struct Other {
    path: String,
    title: String,
    statute: String,
}

/// Asks for a disclosure.
#[get("/dossiers/{id}/levees/nouvelle")]
pub(in super::super) async fn ask(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let file = id.get();
    respondents_only(&visit)?;
    let mut own = Own::read(&visit, &visit.reader()?, file).await?;
    let renewed = match wanted.renouvelle {
        Some(act) => Some(renewed(&visit, &mut own, DisclosureId::from_uuid(act)).await?),
        None => None,
    };
    let kept = drafts::kept(&visit).await?;
    let kept_basis = || {
        let kept = kept.as_ref()?.iter().find(|(name, _)| name == "basis_code");
        kept.map(|(_, code)| code.clone())
    };
    let code = wanted.base.or_else(|| renewed.as_ref().map(|act| act.basis_code.clone())).or_else(kept_basis);
    let basis = own.basis(code.as_deref());
    let frame = Frame::of(&visit)?;
    let form = match basis {
        None => None,
        Some(basis) => {
            let form = form(&frame, &own, basis, renewed.as_ref())?;
            // A draft is of this basis, and an act that attests another again begins with that one.
            let of_it = |kept: &Vec<(String, String)>| {
                renewed.is_none()
                    && kept.iter().any(|(name, code)| name == "basis_code" && *code == basis.code)
            };
            Some(form.restored(kept.filter(of_it)))
        }
    };
    page(frame, &own, basis, renewed.as_ref(), form)
}

/// Whoever could not make the act is not led through its form.
pub fn respondents_only(visit: &Visit) -> Result<(), Problem> {
    if visit.holds(&[Role::Respondent]) { Ok(()) } else { Err(Problem::new(ProblemKind::NotPermitted)) }
}

/// The page around a form.
pub fn page(
    frame: Frame,
    own: &Own,
    basis: Option<&'static BasisVersion>,
    renewed: Option<&Renewed>,
    form: Option<Form>,
) -> Result<HttpResponse, Oops> {
    let (p, lang) = (frame.p, frame.p.lang());
    let others = own.bases.iter().filter(|other| basis.is_none_or(|basis| other.code != basis.code));
    let page = AskPage {
        file: own.file,
        reference: own.reference.clone(),
        closed: own.closed,
        renewed: renewed.map(|act| {
            format!(
                "{} {}",
                p.x("disclosure-renews", &act.at),
                p.n("disclosure-renews-since", act.since.len())
            )
        }),
        law: basis.map(|basis| law(basis, p)),
        others: others
            .map(|basis| Other {
                path: format!("/dossiers/{}/levees/nouvelle?base={}", own.file, basis.code),
                title: basis.title.get(lang).to_owned(),
                statute: basis.statute.get(lang).to_owned(),
            })
            .collect(),
        form,
        frame,
    };
    let refused = page.form.as_ref().is_some_and(Form::is_refused);
    show_form(refused, &page.frame, &page)
}

fn law(basis: &'static BasisVersion, p: Phrases) -> LawPart {
    let lang = p.lang();
    let from = match basis.effective.precision {
        Precision::Day => p.x("law-from", &date(basis.effective.from, lang)),
        Precision::Year => p.x("law-from-year", &basis.effective.from.format("%Y").to_string()),
        Precision::AtLatest => p.x("law-from-latest", &date(basis.effective.from, lang)),
    };
    LawPart {
        statute: basis.statute.get(lang).to_owned(),
        title: basis.title.get(lang).to_owned(),
        summary: basis.summary.get(lang).to_owned(),
        note: basis.note.as_ref().map(|note| note.get(lang).to_owned()),
        dated: from,
        verified: basis.status == Status::Verified,
        source: basis.source.clone(),
        consulted: basis.consulted.map(|on| p.x("law-consulted", &date(on, lang))),
    }
}

/// The form, empty or begun by the act that is attested again.
pub fn form(
    frame: &Frame,
    own: &Own,
    basis: &'static BasisVersion,
    renewed: Option<&Renewed>,
) -> Result<Form, Problem> {
    let p = frame.p;
    let mut fields =
        vec![Field::hidden("basis_code", basis.code.clone()), Field::hidden("expires", basis.expires.wire())];
    fields.extend(renewed.map(|act| Field::hidden("renews", act.id.to_string())));
    fields.push(Field::heading(p.t("disclosure-what")));
    match basis.expires {
        Expiry::SingleAct => things(own, basis, renewed, p, &mut fields),
        Expiry::AgreementEnd => agreed(own, basis, p, &mut fields),
    }
    recipients(own, basis, renewed, p, &mut fields);
    fields.push(Field::heading(p.t("disclosure-attest")));
    fields.extend(conditions(basis, "", p));
    let until = Field::moment("until:time", p.t("disclosure-until"));
    fields.push(match basis.expires {
        Expiry::SingleAct => until.hint(p.t("disclosure-until-hint")).optional(),
        Expiry::AgreementEnd => until.hint(p.t("disclosure-until-agreement")),
    });
    fields.push(Field::heading(p.t("disclosure-record")));
    fields.push(Field::prose(p.t("disclosure-record-lead")));
    // Folded away: who has two minutes sees that it may wait, and what the form asks at once is in sight.
    let mut record = vec![Field::prose(p.t("disclosure-record-points"))];
    record.extend(record_fields("record/", &own.persons, p).into_iter().map(Field::optional));
    fields.extend(Field::folded(p.t("disclosure-record-now"), record));
    let action = format!("/dossiers/{}/levees/nouvelle", own.file);
    Form::new(frame, action, p.t("disclosure-see"), fields)
}

/// What the record asks beside what the act says by itself.
pub fn record_fields(under: &str, persons: &[Subject], p: Phrases) -> Vec<Field> {
    let persons = persons.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone()));
    vec![
        Field::checks(format!("{under}exposed[]"), p.t("record-exposed"), persons.collect()),
        Field::area(format!("{under}act_feared"), p.t("record-act-feared"))
            .hint(p.t("record-act-feared-hint")),
        Field::area(format!("{under}danger"), p.t("record-danger")).hint(p.t("record-danger-hint")),
        Field::area(format!("{under}urgency"), p.t("record-urgency")).hint(p.t("record-urgency-hint")),
        Field::area(format!("{under}information"), p.t("record-information"))
            .hint(p.t("record-information-hint")),
    ]
}

fn things(own: &Own, basis: &BasisVersion, renewed: Option<&Renewed>, p: Phrases, fields: &mut Vec<Field>) {
    fields.push(Field::prose(p.t("disclosure-what-lead")));
    fields.extend(boxes(own, allowed_by(basis), renewed.map_or(&[], |act| act.since.as_slice()), p));
}

/// Under an agreement, a person and a category at a time.
fn agreed(own: &Own, basis: &BasisVersion, p: Phrases, fields: &mut Vec<Field>) {
    fields.push(Field::prose(p.t("disclosure-agreed-lead")));
    for person in own.persons.iter().filter(|person| basis.content.subjects.allows(&person.role)) {
        fields.push(Field::opening(person.name.clone()));
        for category in Category::ALL.iter().filter(|category| **category != Category::Notes) {
            if basis.content.categories.allows(category) {
                let name = format!("agreed/{}.{}", person.id, category.wire());
                fields.push(Field::tick(name, category.wire(), category.label(p.lang())));
            }
        }
        fields.push(Field::closing());
    }
}

fn recipients(
    own: &Own,
    basis: &BasisVersion,
    renewed: Option<&Renewed>,
    p: Phrases,
    fields: &mut Vec<Field>,
) {
    let lang = p.lang();
    fields.push(Field::heading(p.t("disclosure-to")));
    fields.push(Field::prose(p.t("disclosure-to-lead")));
    let capacities: Vec<Choice> = Capacity::ALL
        .iter()
        .filter(|capacity| basis.recipients.capacities.allows(capacity))
        .map(|capacity| Choice::new(capacity.wire(), capacity.label(lang)))
        .collect();
    let field = |one: &Recipient| {
        let field = Field::select(format!("to/{}", one.id), one.name.clone(), capacities.clone());
        let before = renewed.and_then(|act| act.recipients.iter().find(|(id, _)| *id == one.id));
        let field = field.hint(one.kind.label(lang)).blank(p.t("disclosure-to-none")).optional();
        match before {
            Some((_, capacity)) => field.given(capacity.wire()),
            None => field,
        }
    };
    for (inside, title) in [(true, "disclosure-to-circle"), (false, "disclosure-to-others")] {
        let mut those = own
            .recipients
            .iter()
            .filter(|one| one.inside == inside && basis.recipients.kinds.allows(&one.kind))
            .peekable();
        if those.peek().is_some() {
            fields.push(Field::opening(p.t(title)));
            fields.extend(those.map(field));
            fields.push(Field::closing());
        }
    }
}

/// What a basis asks of whoever invokes it, each in its own field.
pub fn conditions(basis: &'static BasisVersion, under: &str, p: Phrases) -> Vec<Field> {
    basis.asks.iter().map(|asked| condition(asked, under, p)).collect()
}

fn condition(asked: &Condition, under: &str, p: Phrases) -> Field {
    let lang = p.lang();
    let prompt = asked.prompt.get(lang).to_owned();
    let name = format!("{under}attestations/{}", asked.id);
    let field = match asked.kind {
        ConditionKind::Attest => return Field::tick(format!("{name}:bool"), "true", prompt),
        ConditionKind::Choice => {
            let choices = asked.choices.iter();
            let choices = choices.map(|choice| Choice::new(choice.code.clone(), choice.label.get(lang)));
            Field::radios(name, prompt, choices.collect())
        }
        ConditionKind::Text => Field::area(name, prompt),
        ConditionKind::Ref => Field::line(name, prompt),
    };
    if asked.required { field } else { field.optional() }
}

/// A document that came since, as it is offered: its words stand where it was recorded.
fn document(since: &SinceDocument, p: Phrases) -> Thing {
    Thing {
        name: document_name(since.document),
        person: since.person,
        category: since.category,
        label: p
            .x(&format!("disclosure-of-{}", since.kind.replace('_', "-")), since.category.label(p.lang())),
        words: p.t("disclosure-document-elsewhere"),
        at: since.recorded_at,
        // What can be under a vault is read in a list of its own.
        vault: None,
        sharing: None,
    }
}

/// The act to attest again, with what came since: its documents are offered beside what is offered always.
pub async fn renewed(visit: &Visit, own: &mut Own, act: DisclosureId) -> Result<Renewed, Oops> {
    let (desk, file) = (visit.worker.desk()?, own.file);
    let caller = visit.reader()?;
    let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
        let found = find_renewal(session, file, act).await?;
        Ok(session.open_some(found)?)
    });
    let since = found.await?.into_parts().0;
    let found = desk.read::<_, Problem>(caller, async move |session| {
        let found = find_all(session, file).await?;
        Ok(session.open(found)?)
    });
    let acts = found.await?.into_parts().0.items;
    let before: DisclosureView =
        acts.into_iter().find(|one| one.id == act).ok_or(Problem::new(ProblemKind::NotFound))?;
    let (mut boxes, mut documents) = (Vec::new(), Vec::new());
    for item in &since.items {
        match item {
            SinceView::Fact(fact) => boxes.push(fact_name(fact.fact)),
            SinceView::Document(one) => {
                boxes.push(document_name(one.document));
                documents.push(document(one, visit.p));
            }
        }
    }
    own.offer(documents);
    Ok(Renewed {
        id: act,
        at: moment(before.at, visit.p.lang()),
        basis_code: before.basis_code,
        recipients: before.recipients.into_iter().map(|one| (one.agency, one.capacity)).collect(),
        since: boxes,
    })
}
