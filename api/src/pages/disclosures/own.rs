//! What a discloser has to choose from: the things of her own agency that her own view shows her, the agencies she
//! could tell, the legal bases her agency may invoke today.

use authz::{
    desk::Caller,
    id::{AgencyId, DocumentId, FactId, FileId, PersonId},
    vocabulary::{AgencyKind, Category, Role, SubjectRole},
};
use chrono::{DateTime, Utc};
use domain::{
    appraisal, attachment,
    catalogue::{Field as Known, Labelled},
    file::{
        find::find,
        view::{FileStatus, FileView, PersonView},
    },
    instrument::Level,
    law::{BasisVersion, Law, Regime},
    reference::find_agencies,
    wording::Lang,
};
use serde_json::Value as Json;

use super::super::{
    file::words::{value, who_is},
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::problem::Problem;

/// The longest list of appraisals offered.
const APPRAISALS: usize = 100;

/// Something that can be told.
pub struct Thing {
    /// The name of its box: what it is, and its handle.
    pub name: String,
    /// Which person it is about.
    pub person: PersonId,
    /// Its category.
    pub category: Category,
    /// What it is called.
    pub label: String,
    /// What it says, as her own view shows it.
    pub words: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The agencies that may receive it at all; none: no vault.
    pub vault: Option<Vec<AgencyId>>,
    /// Where its vault is changed, for whoever may change it.
    pub sharing: Option<String>,
}

impl Thing {
    /// Does its vault leave this agency out?
    pub fn is_kept_from(&self, agency: AgencyId) -> bool {
        self.vault.as_ref().is_some_and(|named| !named.contains(&agency))
    }
}

/// A person of the file.
pub struct Subject {
    /// Handle.
    pub id: PersonId,
    /// Role in the file.
    pub role: SubjectRole,
    /// Role, with a name where her own view shows one.
    pub name: String,
}

/// An agency that could be told.
pub struct Recipient {
    /// Handle.
    pub id: AgencyId,
    /// Name.
    pub name: String,
    /// What it does.
    pub kind: AgencyKind,
    /// Is it in the circle now?
    pub inside: bool,
}

/// All of it.
pub struct Own {
    /// The file.
    pub file: FileId,
    /// Its reference.
    pub reference: String,
    /// Is it closed?
    pub closed: bool,
    /// The persons.
    pub persons: Vec<Subject>,
    /// What can be told.
    pub things: Vec<Thing>,
    /// To whom.
    pub recipients: Vec<Recipient>,
    /// On what.
    pub bases: Vec<&'static BasisVersion>,
    /// What it does.
    pub kind: AgencyKind,
    /// Its privacy statute.
    pub regime: Option<Regime>,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Own {
    /// Reads it, by the reads of the API.
    pub async fn read(visit: &Visit, caller: &Caller, file: FileId) -> Result<Self, Oops> {
        let desk = visit.worker.desk()?;
        let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
            let found = find(session, file).await?;
            Ok(session.open(found)?)
        });
        let view = found.await?.into_parts().0;
        let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
            let found = appraisal::find_page(session, file, APPRAISALS, None).await?;
            Ok(session.open(found)?)
        });
        let appraisals = found.await?.into_parts().0;
        let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
            let found = attachment::find_all(session, file).await?;
            Ok(session.open(found)?)
        });
        let attachments = found.await?.into_parts().0.items;
        let found = desk.read::<_, Problem>(caller.clone(), async move |session| {
            let found = find_agencies(session).await?;
            Ok(session.open(found)?)
        });
        let agencies = found.await?.into_parts().0.agencies;

        let (p, lang) = (visit.p, visit.p.lang());
        let (agency, kind) = (visit.known.profile.agency.id, visit.known.profile.agency.kind);
        let now = desk.clock().now();
        let mut things: Vec<Thing> = facts(&view, agency, visit.holds(&[Role::Respondent]), p);
        things.extend(appraisals.iter().filter(|one| one.source.id == agency).map(|one| Thing {
            name: document_name(one.id),
            person: one.person,
            category: Category::RiskAppraisal,
            label: p.x("disclosure-appraisal", &one.level.value().instrument.code),
            words: level(one.level.value().level, lang),
            at: one.recorded_at,
            vault: one.vault.clone(),
            sharing: None,
        }));
        things.extend(attachments.iter().filter(|one| one.source.id == agency).map(|one| Thing {
            name: document_name(one.id),
            person: one.person,
            category: one.category,
            label: p.x("disclosure-attachment", one.category.label(lang)),
            words: one.name.value().clone(),
            at: one.recorded_at,
            vault: one.vault.clone(),
            sharing: None,
        }));
        let inside = |id: AgencyId| {
            view.circle.iter().any(|row| {
                row.agency.id == id && row.from <= now && row.until.is_none_or(|until| now < until)
            })
        };
        let regime =
            agencies.iter().find(|one| one.id == agency).and_then(|one| one.regime.parse::<Regime>().ok());
        let others = agencies.into_iter().filter(|one| one.id != agency);
        let mut recipients: Vec<Recipient> = others
            .map(|one| Recipient { inside: inside(one.id), id: one.id, name: one.name, kind: one.kind })
            .collect();
        recipients.sort_by_key(|one| !one.inside);
        let mut persons: Vec<Subject> = view.persons.iter().map(|person| subject(person, p)).collect();
        // Who is at risk first, as everywhere.
        persons.sort_by_key(|person| person.role);
        Ok(Self {
            file,
            closed: view.status == FileStatus::Closed,
            persons,
            reference: view.reference,
            things,
            recipients,
            bases: regime.map_or_else(Vec::new, |regime| bases(regime, kind, now)),
            kind,
            regime,
            now,
        })
    }

    /// Offers these too, unless they are offered already.
    pub fn offer(&mut self, things: Vec<Thing>) {
        for thing in things {
            if self.things.iter().all(|known| known.name != thing.name) {
                self.things.push(thing);
            }
        }
    }

    /// The basis of this code, or else the first that the agency may invoke.
    pub fn basis(&self, code: Option<&str>) -> Option<&'static BasisVersion> {
        let named = self.bases.iter().find(|basis| Some(basis.code.as_str()) == code);
        named.or(self.bases.first()).copied()
    }

    /// What a box stands for.
    pub fn thing(&self, name: &str) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.name == name)
    }

    /// Does its vault leave out everybody who could be told?
    pub fn is_kept(&self, thing: &Thing) -> bool {
        thing.vault.is_some() && self.recipients.iter().all(|one| thing.is_kept_from(one.id))
    }

    /// Those who could be told of something under a vault, by name; empty without a vault.
    pub fn kept_for(&self, thing: &Thing) -> Vec<&str> {
        let named = self.recipients.iter().filter(|one| thing.vault.is_some() && !thing.is_kept_from(one.id));
        named.map(|one| one.name.as_str()).collect()
    }

    /// What somebody is called on this page.
    pub fn person(&self, id: PersonId) -> Option<&Subject> {
        self.persons.iter().find(|person| person.id == id)
    }
}

/// The bases that such an agency may invoke at that moment, in the order of publication.
fn bases(regime: Regime, kind: AgencyKind, at: DateTime<Utc>) -> Vec<&'static BasisVersion> {
    let day = at.with_timezone(&chrono_tz::America::Toronto).date_naive();
    let open = |basis: &&BasisVersion| {
        basis.holds_on(day) && basis.invokers.regimes.allows(&regime) && basis.invokers.kinds.allows(&kind)
    };
    Law::all().iter().filter(open).collect()
}

fn facts(view: &FileView, agency: AgencyId, decides: bool, p: Phrases) -> Vec<Thing> {
    let mut things = Vec::new();
    for person in &view.persons {
        let own = person.facts.iter().filter(|fact| fact.source.id == agency);
        // INVARIANT: notes are never items of a disclosure.
        for fact in own.filter(|fact| fact.category != Category::Notes) {
            things.push(Thing {
                name: fact_name(fact.id),
                person: person.id,
                category: fact.category,
                label: Known::named(fact.field).map_or(fact.field, |field| field.label(p.lang())).to_owned(),
                words: value(Known::named(fact.field).ok(), fact.value.value(), p),
                at: fact.recorded_at,
                vault: fact.vault.clone(),
                sharing: decides.then(|| format!("/dossiers/{}/faits/{}/partage", view.id, fact.id)),
            });
        }
    }
    things
}

/// The name of the box that chooses a fact.
pub fn fact_name(id: FactId) -> String {
    format!("fact/{id}")
}

/// The name of the box that chooses a document.
pub fn document_name(id: DocumentId) -> String {
    format!("document/{id}")
}

fn subject(person: &PersonView, p: Phrases) -> Subject {
    Subject { id: person.id, role: person.role, name: who_is(person, p) }
}

fn level(level: Level, lang: Lang) -> String {
    let wire = serde_json::to_value(level).ok();
    let code = wire.as_ref().and_then(Json::as_str).unwrap_or_default();
    let list = domain::catalogue::CodeList::named("risk_level");
    list.and_then(|list| list.find(code)).map_or(code, |code| code.label(lang)).to_owned()
}
