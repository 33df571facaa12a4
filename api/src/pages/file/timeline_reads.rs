//! What a file holds by date, gathered through the reads of the API: each shows what the gate shows, and leaves its
//! row.

use authz::id::{FileId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    appraisal, attachment,
    catalogue::{Field, FieldType},
    consent, disclosure,
    file::view::FileView,
};

use super::{
    super::{oops::Oops, phrases::Phrases, visit::Visit},
    seen, who_is, words,
};
use crate::problem::Problem;

/// Most appraisals shown.
const MOST: usize = 200;

/// Something with its date.
pub struct Entry {
    pub at: When,
    pub kind: &'static str,
    pub title: String,
    pub words: String,
    pub source: String,
    pub link: Option<String>,
}

/// A moment, or a day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    Moment(DateTime<Utc>),
    Day(NaiveDate),
}

impl When {
    /// The day in Québec.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Moment(at) => at.with_timezone(&chrono_tz::America::Toronto).date_naive(),
            Self::Day(day) => day,
        }
    }

    /// What orders the things of one day: those with no hour come first.
    pub const fn moment(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Moment(at) => Some(at),
            Self::Day(_) => None,
        }
    }
}

/// The file, and all that the visitor may see of it with a date, the newest first.
pub async fn gather(visit: &Visit, id: FileId) -> Result<(FileView, Vec<Entry>), Oops> {
    let view = seen(visit, id).await?;
    let mut entries = facts(&view, visit.p);
    entries.extend(circle(&view, visit.p));
    entries.extend(attachments(visit, &view).await?);
    entries.extend(appraisals(visit, &view).await?);
    entries.extend(consents(visit, &view).await?);
    entries.extend(disclosures(visit, &view).await?);
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.at.day(), entry.at.moment())));
    Ok((view, entries))
}

fn person(view: &FileView, id: PersonId, p: Phrases) -> String {
    view.persons.iter().find(|one| one.id == id).map_or_else(String::new, |one| who_is(one, p))
}

/// What was recorded, at the moment it was; and what has a date of its own, there too.
fn facts(view: &FileView, p: Phrases) -> Vec<Entry> {
    let mut entries = Vec::new();
    for person in &view.persons {
        for fact in &person.facts {
            let Ok(field) = Field::named(fact.field) else { continue };
            let link = Some(format!("/dossiers/{}#{}", view.id, fact.id));
            let who = who_is(person, p);
            let label = field.label(p.lang());
            let said = fact.value.value().as_str();
            let happened = match field.kind() {
                FieldType::Date if field.name() != "birth_date" => {
                    said.and_then(|day| day.parse().ok()).map(When::Day)
                }
                FieldType::Datetime => said.and_then(|at| at.parse().ok()).map(When::Moment),
                _ => None,
            };
            if let Some(at) = happened {
                entries.push(Entry {
                    at,
                    kind: "happened",
                    title: label.to_owned(),
                    words: who.clone(),
                    source: fact.source.name.clone(),
                    link: link.clone(),
                });
            }
            entries.push(Entry {
                at: When::Moment(fact.recorded_at),
                kind: "fact",
                title: format!("{label} — {who}"),
                words: words::value(Some(field), fact.value.value(), p),
                source: fact.source.name.clone(),
                link,
            });
        }
    }
    entries
}

fn circle(view: &FileView, p: Phrases) -> Vec<Entry> {
    let entry = |at, key: &str, name: &str| Entry {
        at: When::Moment(at),
        kind: "circle",
        title: p.x(key, name),
        words: String::new(),
        source: String::new(),
        link: None,
    };
    let rows = view.circle.iter().flat_map(|row| {
        let joined = entry(row.from, "changed-joined", &row.agency.name);
        let left = row.until.map(|until| entry(until, "changed-left", &row.agency.name));
        [Some(joined), left]
    });
    rows.flatten().collect()
}

async fn attachments(visit: &Visit, view: &FileView) -> Result<Vec<Entry>, Oops> {
    let (id, p) = (view.id, visit.p);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = attachment::find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let items = found.into_parts().0.items.into_iter().map(|one| Entry {
        at: When::Moment(one.recorded_at),
        kind: "attachment",
        title: p.t("timeline-attachment"),
        words: format!("{} — {}", one.name.value(), person(view, one.person, p)),
        source: one.source.name,
        link: Some(format!("/dossiers/{id}/pieces")),
    });
    Ok(items.collect())
}

async fn appraisals(visit: &Visit, view: &FileView) -> Result<Vec<Entry>, Oops> {
    let (id, p) = (view.id, visit.p);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = appraisal::find_page(session, id, MOST, None).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let items = found.into_parts().0.into_iter().map(|one| Entry {
        at: When::Moment(one.recorded_at),
        kind: "appraisal",
        title: p.t("timeline-appraisal"),
        words: person(view, one.person, p),
        source: one.source.name,
        link: Some(format!("/dossiers/{id}/appreciations/{}", one.id)),
    });
    Ok(items.collect())
}

async fn consents(visit: &Visit, view: &FileView) -> Result<Vec<Entry>, Oops> {
    let (id, p) = (view.id, visit.p);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = consent::find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let mut entries = Vec::new();
    for one in found.into_parts().0.items {
        let entry = |at, key: &str| Entry {
            at: When::Moment(at),
            kind: "consent",
            title: p.t(key),
            words: person(view, one.subject, p),
            source: String::new(),
            link: Some(format!("/dossiers/{id}/consentements")),
        };
        entries.push(entry(one.given_at, "timeline-consent"));
        entries.extend(one.withdrawn_at.map(|at| entry(at, "timeline-withdrawal")));
    }
    Ok(entries)
}

async fn disclosures(visit: &Visit, view: &FileView) -> Result<Vec<Entry>, Oops> {
    let (id, p) = (view.id, visit.p);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = disclosure::find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let mut entries = Vec::new();
    for one in found.into_parts().0.items {
        let source = view.circle.iter().find(|row| row.agency.id == one.source);
        let entry = |at, key: &str| Entry {
            at: When::Moment(at),
            kind: "disclosure",
            title: p.t(key),
            words: String::new(),
            source: source.map_or_else(String::new, |row| row.agency.name.clone()),
            link: None,
        };
        entries.push(entry(one.at, "timeline-disclosure"));
        entries.extend(one.revoked_at.map(|at| entry(at, "timeline-revocation")));
    }
    Ok(entries)
}
