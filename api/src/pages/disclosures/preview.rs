//! What each recipient will see, before anything is told; then the act itself.

use actix_web::{HttpResponse, post};
use askama::Template;
use authz::{
    ceiling::Ceiling,
    id::{DisclosureId, FileId},
    vocabulary::{AgencyKind, BasisKind, Category, Expiry, Purpose, Role, RoleSet, SubjectRole},
};
use chrono::TimeDelta;
use domain::{
    catalogue::Labelled,
    disclosure::{NewDisclosure, NewItem},
    law::{Attempt, BasisVersion, Invoker, Item, READING_DAYS, Recipient as Told},
    validation::{Invalid, Rule},
};

use super::{
    super::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show},
        moment::moment,
        oops::{Oops, redirect},
        phrases::Phrases,
    },
    ask,
    own::{Own, Thing, document_name, fact_name},
    sent::Sent,
};
use crate::{
    disclosures,
    http::{Body, Id},
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "disclosure_preview.html")]
struct Preview {
    frame: Frame,
    reference: String,
    statute: String,
    title: String,
    until: String,
    closed: bool,
    record: bool,
    recipients: Vec<Card>,
    confirm: Form,
    change: Form,
}

/// What one recipient will see.
struct Card {
    name: String,
    kind: &'static str,
    capacity: &'static str,
    inside: bool,
    seen: Vec<Line>,
    unseen: Vec<Line>,
}

#[derive(Clone)]
struct Line {
    person: String,
    label: String,
    words: String,
}

/// One thing chosen, as the checks and the preview need it.
struct Chosen {
    item: Item,
    line: Line,
}

/// Shows what each recipient will see; or the form again, with what stands against it.
#[post("/dossiers/{id}/levees/nouvelle")]
pub(in super::super) async fn preview(mut posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let file = id.get();
    ask::respondents_only(&posted.visit)?;
    let caller = posted.changer()?.with_idempotency(None);
    let mut own = Own::read(&posted.visit, &caller, file).await?;
    let renewed = renewed(&posted, &mut own).await?;
    let basis = basis_of(&posted, &own)?;
    let changing = posted.get("_change").is_some();
    let written = posted.fields.clone();
    if !changing {
        fill_information(&mut posted.fields, &own, posted.visit.p);
    }
    let sent = Sent::of(&posted.fields);
    let weighed = weigh(&own, basis, &sent, posted.visit.p);
    let frame = Frame::of(&posted.visit)?;
    let (new, chosen) = match weighed {
        Ok(weighed) if !changing => weighed,
        Ok(_) => {
            posted.fields.retain(|(name, _)| name != "_change");
            let form = ask::form(&frame, &own, basis, renewed.as_ref())?;
            let form = form.restored(Some(posted.fields.clone()));
            return ask::page(frame, &own, Some(basis), None, Some(form));
        }
        Err(problem) => {
            posted.fields = written;
            let form = ask::form(&frame, &own, basis, renewed.as_ref())?;
            let form = form.refused(&posted, &sent.back(problem));
            return ask::page(frame, &own, Some(basis), None, Some(form));
        }
    };
    let recorded = has_record(&posted.fields);
    let recipients = cards(&own, &new, &chosen, &frame)?;
    let until = new.until.unwrap_or(own.now + TimeDelta::days(READING_DAYS));
    let (p, lang) = (frame.p, frame.p.lang());
    let carried = || {
        let fields =
            posted.fields.iter().filter(|(name, _)| !matches!(name.as_str(), "_csrf" | "_once" | "_page"));
        fields.map(|(name, words)| Field::hidden(name.clone(), words.clone()))
    };
    let confirm = Form::new(
        &frame,
        format!("/dossiers/{file}/levees"),
        p.t("disclosure-confirm"),
        carried().collect(),
    )?;
    let mut back: Vec<Field> = carried().collect();
    back.push(Field::hidden("_change", "on"));
    let change =
        Form::new(&frame, format!("/dossiers/{file}/levees/nouvelle"), p.t("disclosure-change"), back)?;
    let page = Preview {
        reference: own.reference,
        statute: basis.statute.get(lang).to_owned(),
        title: basis.title.get(lang).to_owned(),
        until: moment(until, lang),
        closed: own.closed,
        record: recorded,
        recipients,
        confirm: confirm.grave(),
        change: change.small(),
        frame,
    };
    show(&page.frame, &page)
}

/// Makes the disclosure.
#[post("/dossiers/{id}/levees")]
pub(in super::super) async fn make(mut posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let file = id.get();
    let written = posted.fields.clone();
    let sent = Sent::of(&written);
    // What the API reads is also what tells a repeated request from another one.
    posted.fields = sent.fields.clone();
    posted.fields.extend(written.iter().filter(|(name, _)| name == "_once").cloned());
    let done =
        disclosures::make::run(&posted.visit.worker, posted.changer()?, file, Body::of(&sent.json())).await;
    posted.fields = written;
    match done {
        Ok(done) => {
            drafts::forget(&posted.visit, &format!("/dossiers/{file}/levees/nouvelle")).await?;
            let answer = done.into_parts().0.body;
            let is = |name: &str| answer.get(name).and_then(serde_json::Value::as_bool) == Some(true);
            let due = answer.get("record_due").is_some_and(|due| !due.is_null());
            let said = match (is("directive_missing"), due) {
                (true, _) => "disclosure-made-directive",
                (false, true) => "disclosure-made-due",
                (false, false) => "disclosure-made",
            };
            Ok(redirect(&format!("/dossiers/{file}/levees?fait={said}")))
        }
        Err(problem) if problem.errors.is_empty() && problem.kind != ProblemKind::Invalid => {
            Err(problem.into())
        }
        Err(problem) => {
            let mut own = Own::read(&posted.visit, &posted.visit.reader()?, file).await?;
            let renewed = renewed(&posted, &mut own).await?;
            let basis = basis_of(&posted, &own)?;
            let frame = Frame::of(&posted.visit)?;
            let form = ask::form(&frame, &own, basis, renewed.as_ref())?;
            let form = form.refused(&posted, &sent.back(problem));
            ask::page(frame, &own, Some(basis), None, Some(form))
        }
    }
}

fn basis_of(posted: &Posted, own: &Own) -> Result<&'static BasisVersion, Problem> {
    own.basis(posted.get("basis_code"))
        .ok_or_else(|| Problem::invalid(vec![Invalid::at("/basis_code", Rule::BasisRegime)]))
}

/// The act that the form attests again, if it attests one.
async fn renewed(posted: &Posted, own: &mut Own) -> Result<Option<ask::Renewed>, Oops> {
    Ok(match posted.get("renews").and_then(|id| id.parse().ok()) {
        Some(act) => Some(ask::renewed(&posted.visit, own, DisclosureId::from_uuid(act)).await?),
        None => None,
    })
}

/// Checks what can be checked before the act: its form, and the basis. The act itself checks all of it again.
fn weigh(
    own: &Own,
    basis: &'static BasisVersion,
    sent: &Sent,
    p: Phrases,
) -> Result<(NewDisclosure, Vec<Chosen>), Problem> {
    let new: NewDisclosure = Body::of(&sent.json()).read()?;
    let mut chosen = Vec::new();
    let (mut wrong, mut against) = (Vec::new(), Vec::new());
    for (n, item) in new.items.iter().enumerate() {
        match chosen_of(own, item, p) {
            Some(found) => chosen.push(found),
            None => wrong.push(Invalid::at(format!("/items/{n}"), Rule::UnknownReference)),
        }
        if thing_of(own, item).is_some_and(|it| new.recipients.iter().any(|to| it.is_kept_from(to.agency))) {
            against.push(Invalid::at(format!("/items/{n}"), Rule::Vaulted));
        }
    }
    let mut told = Vec::new();
    for (n, to) in new.recipients.iter().enumerate() {
        match own.recipients.iter().find(|one| one.id == to.agency) {
            Some(one) => told.push(Told { kind: one.kind, capacity: to.capacity }),
            None => wrong.push(Invalid::at(format!("/recipients/{n}"), Rule::UnknownReference)),
        }
    }
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let items: Vec<Item> = chosen.iter().map(|chosen| chosen.item).collect();
    let regime = own.regime.ok_or(Problem::new(ProblemKind::Internal))?;
    let attempt = Attempt {
        invoker: Invoker { kind: own.kind, regime },
        recipients: &told,
        items: &items,
        attestations: &new.attestations,
        expires: new.expires.unwrap_or(Expiry::SingleAct),
        until: new.until,
        at: own.now,
    };
    // Said together: whoever is pressed for time corrects all of it at once.
    against.extend(basis.check(&attempt).err().into_iter().flatten());
    if against.is_empty() { Ok((new, chosen)) } else { Err(Problem::invalid(against)) }
}

/// The fact or document that was chosen; what an agreement covers is neither.
fn thing_of<'o>(own: &'o Own, item: &NewItem) -> Option<&'o Thing> {
    match item {
        NewItem::Fact(item) => own.thing(&fact_name(item.fact)),
        NewItem::Document(item) => own.thing(&document_name(item.document)),
        NewItem::Agreed(_) => None,
    }
}

/// What a box stands for: something that the discloser's own view showed her, or nothing.
fn chosen_of(own: &Own, item: &NewItem, p: Phrases) -> Option<Chosen> {
    if let NewItem::Agreed(item) = item {
        let person = own.person(item.subject)?;
        let line = Line {
            person: person.name.clone(),
            label: item.category.label(p.lang()).to_owned(),
            words: p.t("disclosure-agreed-all"),
        };
        let item = Item { category: item.category, person: item.subject, role: person.role };
        return Some(Chosen { item, line });
    }
    let thing = thing_of(own, item)?;
    let person = own.person(thing.person)?;
    Some(Chosen {
        item: Item { category: thing.category, person: thing.person, role: person.role },
        line: Line { person: person.name.clone(), label: thing.label.clone(), words: thing.words.clone() },
    })
}

fn has_record(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(name, words)| name.starts_with("record/") && !words.trim().is_empty())
}

/// The seventh point, where the record is given and it was left empty: what was chosen, by its labels.
fn fill_information(fields: &mut Vec<(String, String)>, own: &Own, p: Phrases) {
    let named = "record/information";
    let given = fields.iter().any(|(name, words)| name == named && !words.trim().is_empty());
    if !has_record(fields) || given {
        return;
    }
    let ticked = |name: &str| fields.iter().any(|(field, words)| field == name && !words.is_empty());
    let mut lines = Vec::new();
    for person in &own.persons {
        let things = own.things.iter().filter(|thing| thing.person == person.id && ticked(&thing.name));
        let mut labels: Vec<&str> = things.map(|thing| thing.label.as_str()).collect();
        let agreed = |category: &&Category| ticked(&format!("agreed/{}.{}", person.id, category.wire()));
        labels.extend(Category::ALL.iter().filter(agreed).map(|category| category.label(p.lang())));
        if !labels.is_empty() {
            lines.push(format!("{}\u{a0}: {}", person.name, labels.join(", ")));
        }
    }
    fields.retain(|(name, _)| name != named);
    fields.push((named.to_owned(), lines.join("\n")));
}

fn cards(own: &Own, new: &NewDisclosure, chosen: &[Chosen], frame: &Frame) -> Result<Vec<Card>, Problem> {
    let lang = frame.lang();
    let ceiling = Ceiling::built_in().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let mut cards = Vec::new();
    for to in &new.recipients {
        let Some(one) = own.recipients.iter().find(|one| one.id == to.agency) else { continue };
        let (seen, unseen): (Vec<&Chosen>, Vec<&Chosen>) = chosen
            .iter()
            .partition(|chosen| may_be_told(&ceiling, one.kind, chosen.item.category, chosen.item.role));
        let lines = |those: Vec<&Chosen>| those.into_iter().map(|chosen| chosen.line.clone()).collect();
        cards.push(Card {
            name: one.name.clone(),
            kind: one.kind.label(lang),
            capacity: to.capacity.label(lang),
            inside: one.inside,
            seen: lines(seen),
            unseen: lines(unseen),
        });
    }
    Ok(cards)
}

/// Does the ceiling let an agency of this kind be told such a thing by a disclosure, for any purpose?
fn may_be_told(ceiling: &Ceiling, kind: AgencyKind, category: Category, role: SubjectRole) -> bool {
    let roles = RoleSet::EMPTY.with(Role::Worker);
    Purpose::ALL
        .iter()
        .any(|purpose| ceiling.allows(roles, kind, category, role, *purpose, BasisKind::Disclosure))
}
