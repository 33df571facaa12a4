//! The disclosures of a file that one's agency made or received.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{
    desk::Caller,
    id::{AgencyId, FileId},
};
use chrono::TimeDelta;
use domain::{
    catalogue::{Field as Known, Labelled},
    disclosure::{Channel, DisclosureView, ItemView, find_all},
    file::{find::find, view::FileView},
    law::Law,
    reference::find_agencies,
};
use serde::Deserialize;

use super::super::{
    frame::{Frame, show},
    moment::{date, moment},
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::{
    http::{Id, read_query},
    problem::Problem,
};

#[derive(Deserialize)]
struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "disclosures.html")]
struct Disclosures {
    frame: Frame,
    file: FileId,
    reference: String,
    may_disclose: bool,
    made: Vec<Act>,
    received: Vec<Act>,
}

#[expect(clippy::struct_excessive_bools, reason = "what is true of an act, each by itself")]
struct Act {
    id: String,
    at: String,
    source: String,
    basis: String,
    version: Option<String>,
    /// `in-force`, `ended` or `revoked`.
    state: &'static str,
    state_words: String,
    recipients: Vec<String>,
    items: Vec<String>,
    oral: bool,
    /// For the source: what of the record is there.
    record: Option<String>,
    /// For the source: must it still be written?
    due: bool,
    late: bool,
    renews: bool,
}

/// Lists them.
#[get("/dossiers/{id}/levees")]
pub(in super::super) async fn list(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let (caller, file) = (visit.reader()?, id.get());
    let (view, acts, names) = read(&visit, &caller, file).await?;
    let own = visit.known.profile.agency.id;
    let now = visit.worker.desk()?.clock().now();
    let frame = Frame::of(&visit)?.saying(wanted.fait.as_deref());
    let p = frame.p;
    let (made, received): (Vec<_>, Vec<_>) =
        acts.into_iter().rev().map(|act| (act.source == own, act)).partition(|(own, _)| *own);
    let line = |(own, act): (bool, DisclosureView)| line(&act, own, &view, &names, now, p);
    let page = Disclosures {
        file,
        may_disclose: visit.holds(&[authz::vocabulary::Role::Respondent]),
        made: made.into_iter().map(line).collect(),
        received: received.into_iter().map(line).collect(),
        reference: view.reference.clone(),
        frame,
    };
    show(&page.frame, &page)
}

type Names = Vec<(AgencyId, String)>;

/// A file's view, its acts and the names of agencies, by the reads of the API.
pub async fn read(
    visit: &Visit,
    caller: &Caller,
    file: FileId,
) -> Result<(FileView, Vec<DisclosureView>, Names), Oops> {
    let desk = visit.worker.desk()?;
    let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
        let found = find(session, file).await?;
        Ok(session.open(found)?)
    });
    let view = found.await?.into_parts().0;
    let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
        let found = find_all(session, file).await?;
        Ok(session.open(found)?)
    });
    let acts = found.await?.into_parts().0.items;
    let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
        let found = find_agencies(session).await?;
        Ok(session.open(found)?)
    });
    let agencies = found.await?.into_parts().0.agencies;
    Ok((view, acts, agencies.into_iter().map(|one| (one.id, one.name)).collect()))
}

fn line(
    act: &DisclosureView,
    own: bool,
    view: &FileView,
    names: &Names,
    now: chrono::DateTime<chrono::Utc>,
    p: Phrases,
) -> Act {
    let lang = p.lang();
    let called = |id: AgencyId| {
        names
            .iter()
            .find(|(known, _)| *known == id)
            .map_or_else(|| p.t("agency-gone"), |(_, name)| name.clone())
    };
    let (state, state_words) = match act.revoked_at {
        Some(at) => ("revoked", p.x("disclosure-revoked", &moment(at, lang))),
        None if act.until <= now => ("ended", p.x("disclosure-ended", &moment(act.until, lang))),
        None => ("in-force", p.x("disclosure-in-force", &moment(act.until, lang))),
    };
    let completed = act.register.as_ref().and_then(|part| part.completed_at);
    let record = act.register.as_ref().map(|part| match (part.completed_at, part.late) {
        (Some(at), true) => p.x("record-completed-late", &moment(at, lang)),
        (Some(at), false) => p.x("record-completed", &moment(at, lang)),
        (None, _) => p.x("record-due", &moment(act.at + TimeDelta::hours(24), lang)),
    });
    let late = act.register.as_ref().is_some_and(|part| part.late)
        || (own && completed.is_none() && now > act.at + TimeDelta::hours(24));
    Act {
        id: act.id.to_string(),
        at: moment(act.at, lang),
        source: called(act.source),
        basis: basis_title(&act.basis_code, act.at, lang),
        version: act.basis_version.map(|from| p.x("law-from", &date(from, lang))),
        state,
        state_words,
        recipients: act
            .recipients
            .iter()
            .map(|one| format!("{} \u{2014} {}", called(one.agency), one.capacity.label(lang)))
            .collect(),
        items: act.items.iter().map(|item| item_words(item, view, p)).collect(),
        oral: act.channel == Channel::Oral,
        due: own && completed.is_none(),
        record,
        late,
        renews: act.renews.is_some(),
    }
}

/// A basis as its wording of that day names it.
pub fn basis_title(code: &str, at: chrono::DateTime<chrono::Utc>, lang: domain::wording::Lang) -> String {
    Law::in_force(code, at).map_or_else(
        || code.to_owned(),
        |basis| format!("{} ({})", basis.title.get(lang), basis.statute.get(lang)),
    )
}

/// What an item is called, as far as one's own view shows it.
fn item_words(item: &ItemView, view: &FileView, p: Phrases) -> String {
    let lang = p.lang();
    match item {
        ItemView::Fact { fact } => {
            let facts = view
                .persons
                .iter()
                .flat_map(|person| person.facts.iter().map(move |fact| (person.role, fact)));
            let mut found = facts.filter(|(_, shown)| shown.id == *fact);
            found.next().map_or_else(
                || p.t("disclosure-item-fact"),
                |(role, fact)| {
                    let field = Known::named(fact.field).map_or(fact.field, |field| field.label(lang));
                    format!("{field} ({})", role.label(lang))
                },
            )
        }
        ItemView::Document { .. } => p.t("disclosure-item-document"),
        ItemView::Agreed { subject, category } => {
            let person = view.persons.iter().find(|person| person.id == *subject);
            let role = person
                .map_or_else(|| p.t("disclosure-item-person"), |person| person.role.label(lang).to_owned());
            format!("{} ({role})", category.label(lang))
        }
    }
}
