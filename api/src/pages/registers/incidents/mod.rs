//! The register of confidentiality incidents: as it stands, one of them with all it ever said, entering one, writing
//! what is known of it now, closing it.

mod entry;
mod form;
mod table;

pub(in crate::pages) use entry::one;
pub(in crate::pages) use form::{amend, ask, ask_amendment, ask_closure, close, enter};
pub(in crate::pages) use table::{awaited, list};

use authz::{id::IncidentId, vocabulary::Role};
use domain::incident::{IncidentRecord, IncidentView, find};

use crate::{
    pages::{moment::date, oops::Oops, phrases::Phrases, visit::Visit},
    problem::{Problem, ProblemKind},
};

const LIST: &str = "/registres/incidents";

/// The registers that only the privacy officer keeps.
pub(in crate::pages) fn officers_only(visit: &Visit) -> Result<(), Problem> {
    if visit.holds(&[Role::PrivacyOfficer]) { Ok(()) } else { Err(Problem::new(ProblemKind::NotPermitted)) }
}

async fn read(visit: &Visit, id: IncidentId) -> Result<IncidentView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find(session, id).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// When it happened, in words.
fn occurred(record: &IncidentRecord, p: Phrases) -> String {
    let from = date(record.occurred_from, p.lang());
    let when = match record.occurred_to {
        Some(to) if to != record.occurred_from => {
            p.s("incident-period", &[("from", &from), ("to", &date(to, p.lang()))])
        }
        _ => from,
    };
    if record.occurred_approximate { p.x("incident-about", &when) } else { when }
}

/// How many persons, in words.
fn persons(record: &IncidentRecord, p: Phrases) -> String {
    let count = p.n("incident-persons-count", usize::try_from(record.persons).unwrap_or(usize::MAX));
    if record.persons_estimated { p.x("incident-about", &count) } else { count }
}

/// The points of the register, in the order of the law.
const POINTS: [&str; 17] = [
    "incident-information",
    "incident-information-unknown",
    "incident-circumstances",
    "incident-occurred",
    "incident-aware",
    "incident-persons",
    "incident-sensitivity",
    "incident-malicious-use",
    "incident-consequences",
    "incident-likelihood",
    "incident-serious",
    "incident-cai-notified",
    "incident-minister-notified",
    "incident-persons-notified",
    "incident-public-notice",
    "incident-deferred",
    "incident-measures",
];

/// What the record says of each point.
fn said(record: &IncidentRecord, p: Phrases) -> [Option<String>; 17] {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| date(day, p.lang()));
    let serious = p.t(if record.serious { "incident-serious-yes" } else { "incident-serious-no" });
    [
        record.information.clone(),
        record.information_unknown.clone(),
        Some(record.circumstances.clone()),
        Some(occurred(record, p)),
        day(Some(record.aware_on)),
        Some(persons(record, p)),
        record.sensitivity.clone(),
        record.malicious_use.clone(),
        record.consequences.clone(),
        record.likelihood.clone(),
        Some(serious),
        day(record.cai_notified_on),
        day(record.minister_notified_on),
        day(record.persons_notified_on),
        day(record.public_notice_on),
        record.deferred_because.clone(),
        Some(record.measures.clone()),
    ]
}

/// What the record says, point by point; what is not there is left out.
fn points(record: &IncidentRecord, p: Phrases) -> Vec<(String, String)> {
    let all = POINTS.iter().zip(said(record, p));
    all.filter_map(|(key, words)| Some((p.t(key), words?))).collect()
}
