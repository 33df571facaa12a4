//! The register of requests for access: as it stands, one of them, entering one, writing it anew, taking more time,
//! saying what was answered.

mod answer;
mod entry;
mod form;
mod table;

pub(in crate::pages) use answer::{ask_answer, ask_extension, extend, give};
pub(in crate::pages) use entry::one;
pub(in crate::pages) use form::{amend, ask, ask_amendment, enter};
pub(in crate::pages) use table::list;

use authz::{etag::of, id::AccessRequestId};
use domain::{
    access_request::{
        Ground, Outcome, RequestKind, RequestLine, RequestRecord, RequestView, Requester, Verification, find,
    },
    law::Status,
};

use crate::{
    pages::{field::Field, moment::date, oops::Oops, phrases::Phrases, visit::Visit},
    problem::{Problem, ProblemKind},
};

const LIST: &str = "/registres/demandes";

async fn read(visit: &Visit, id: AccessRequestId) -> Result<RequestView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find(session, id).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

fn tag(view: &RequestView) -> Result<Field, Problem> {
    let (tag, _) = of(view).map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok(Field::hidden("_seen", tag))
}

/// The sentence of a word of the register.
fn word(stem: &str, wire: &str, p: Phrases) -> String {
    p.t(&format!("{stem}{}", wire.replace('_', "-")))
}

/// What is asked for, in words.
pub(in crate::pages) fn kind(kind: RequestKind, p: Phrases) -> String {
    word("request-kind-", kind.wire(), p)
}

fn requester(who: Requester, p: Phrases) -> String {
    word("request-by-", who.wire(), p)
}

fn verification(how: Verification, p: Phrases) -> String {
    word("request-verified-", how.wire(), p)
}

fn outcome(outcome: Outcome, p: Phrases) -> String {
    word("request-outcome-", outcome.wire(), p)
}

fn ground(ground: Ground, p: Phrases) -> String {
    word("request-ground-", ground.wire(), p)
}

/// When it is due, or was answered, in words; late in words too.
pub(in crate::pages) fn due(request: &RequestLine, p: Phrases) -> String {
    let day = date(request.term.due_on, p.lang());
    match (&request.record.answer, request.late) {
        (Some(answer), false) => p.x("request-answered", &date(answer.on, p.lang())),
        (Some(answer), true) => {
            p.s("request-answered-late", &[("on", &date(answer.on, p.lang())), ("due", &day)])
        }
        (None, true) => p.x("request-overdue", &day),
        (None, false) => p.x("request-due", &day),
    }
}

/// Where the law says so, and how well that is known.
fn source(request: &RequestLine, p: Phrases) -> String {
    let source = p.s(
        "request-term",
        &[("days", &request.record.days.to_string()), ("source", request.term.source.get(p.lang()))],
    );
    match request.term.status {
        Status::Verified => source,
        Status::ToVerify => format!("{source} {}", p.t("law-to-verify")),
    }
}

/// What the register says, point by point; what is not there is left out.
fn points(record: &RequestRecord, p: Phrases) -> Vec<(String, String)> {
    let day = |day: chrono::NaiveDate| date(day, p.lang());
    let mut points = vec![
        ("request-received", day(record.received_on)),
        ("request-kind", kind(record.kind, p)),
        ("request-by", requester(record.requester, p)),
        ("request-subject", record.subject.clone()),
    ];
    points.extend(record.file.map(|file| ("request-file", file.to_string())));
    points.extend(record.person.map(|person| ("request-person", person.to_string())));
    if let Some(verified) = &record.verified {
        let words = [("by", verified.by.as_str()), ("on", &day(verified.on))];
        let how = verification(verified.how, p);
        points.push(("request-verified", format!("{how} {}", p.s("request-verified-by", &words))));
    }
    if let Some(extension) = &record.extension {
        let days = p.n("request-days", usize::from(extension.days));
        points.push(("request-extended", format!("{} {days} {}", day(extension.on), extension.because)));
    }
    if let Some(answer) = &record.answer {
        points.push(("request-outcome", format!("{} ({})", outcome(answer.outcome, p), day(answer.on))));
        let grounds: Vec<String> = answer.grounds.iter().map(|why| ground(*why, p)).collect();
        if !grounds.is_empty() {
            points.push(("request-grounds", grounds.join("\n")));
        }
        points.extend(answer.explanation.clone().map(|words| ("request-explanation", words)));
    }
    points.into_iter().map(|(key, words)| (p.t(key), words)).collect()
}
