//! The consents of a file: what each says, whether it counts, who acknowledged that it was taken back.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::{
    id::{ConsentId, FileId},
    vocabulary::SubjectRole,
};
use chrono::{DateTime, Utc};
use domain::{
    catalogue::Labelled,
    consent::{AcknowledgementsView, ConsentView, find_acknowledgements},
    reference::Shareable,
};
use serde::Deserialize;

use super::{
    consents,
    conversation::last_day,
    sentence::{Teller, Told},
    shareable,
};
use crate::{
    http::Id,
    pages::{
        frame::{Frame, show},
        moment::{day, moment},
        oops::Oops,
        people::People,
        phrases::Phrases,
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "consents.html")]
struct Consents {
    frame: Frame,
    file: FileId,
    reference: String,
    counting: Vec<Card>,
    ended: Vec<Card>,
}

struct Card {
    id: ConsentId,
    about: String,
    state: State,
    told: Told,
    /// Terms and what is said of them.
    facts: Vec<(String, String)>,
    /// Recorded here, and so with a summary for the person.
    ours: bool,
    /// Who was told that it was taken back, and when each acknowledged it.
    notices: Vec<Notice>,
}

impl Card {
    fn state_key(&self) -> &'static str {
        match self.state {
            State::InForce => "consent-state-in-force",
            State::Withdrawn => "consent-state-withdrawn",
            State::Expired => "consent-state-expired",
            State::Ahead => "consent-state-ahead",
            State::Void => "consent-state-void",
        }
    }

    fn counts(&self) -> bool {
        self.state == State::InForce
    }

    fn can_withdraw(&self) -> bool {
        matches!(self.state, State::InForce | State::Ahead)
    }
}

struct Notice {
    agency: String,
    at: String,
    acknowledged: Option<String>,
}

/// How a consent stands, as far as whoever looks can tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    InForce,
    Withdrawn,
    Expired,
    /// Not yet.
    Ahead,
    /// Said by somebody who could not.
    Void,
}

impl State {
    /// In the order in which the gate asks.
    pub(super) fn of(view: &ConsentView, people: &People, now: DateTime<Utc>) -> Self {
        let spoke = view.recorded.as_ref().and_then(|recorded| recorded.grantor_person);
        let cannot = spoke.is_some_and(|id| {
            id == view.subject
                || people.person(id).is_none_or(|person| person.role == SubjectRole::AllegedAggressor)
        });
        if cannot {
            Self::Void
        } else if view.withdrawn_at.is_some_and(|at| at <= now) {
            Self::Withdrawn
        } else if view.given_at > now || view.valid_from > now {
            Self::Ahead
        } else if view.valid_until.is_some_and(|until| until <= now) {
            Self::Expired
        } else {
            Self::InForce
        }
    }
}

#[get("/dossiers/{id}/consentements")]
pub(super) async fn list(visit: Visit, id: Id<0, FileId>, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let (file, p) = (id.get(), visit.p);
    let people = People::read(&visit, visit.reader()?, file).await?;
    let open = shareable(&visit).await?;
    let (mut counting, mut ended) = (Vec::new(), Vec::new());
    let mut known = consents(&visit, visit.reader()?, file).await?.items;
    known.sort_by_key(|one| std::cmp::Reverse((one.given_at, one.id)));
    for view in known {
        let state = State::of(&view, &people, people.now);
        let notices = match state {
            State::Withdrawn if view.recorded.is_some() => acknowledged(&visit, file, view.id).await?,
            _ => Vec::new(),
        };
        let list = if matches!(state, State::InForce | State::Ahead) { &mut counting } else { &mut ended };
        list.push(card(&view, state, notices, &people, &open, p));
    }
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let page = Consents { frame, file, reference: people.reference, counting, ended };
    show(&page.frame, &page)
}

fn card(
    view: &ConsentView,
    state: State,
    notices: Vec<Notice>,
    people: &People,
    open: &Shareable,
    p: Phrases,
) -> Card {
    let person = people.person(view.subject);
    let subject = person.map(|person| person.role);
    let told = Teller { people, subject, open, p }.tell(&view.provisions);
    let recorded = view.recorded.as_ref();
    let speaker = recorded.map(|recorded| {
        let named = recorded.grantor_person.and_then(|id| people.person(id));
        named.map_or_else(|| recorded.grantor.label(p.lang()).to_owned(), |person| person.label.clone())
    });
    let ends = |at: Option<DateTime<Utc>>| at.map_or_else(|| p.t("consent-no-end"), |at| last_day(at, p));
    let rows = [
        ("consent-fact-speaker", speaker),
        ("consent-fact-given", Some(day(view.given_at, p.lang()))),
        ("consent-fact-until", Some(ends(view.valid_until))),
        ("consent-fact-withdrawn", view.withdrawn_at.map(|at| moment(at, p.lang()))),
        ("consent-fact-words", recorded.and_then(|recorded| recorded.words.clone())),
    ];
    Card {
        id: view.id,
        about: person.map(|person| person.label.clone()).unwrap_or_default(),
        state,
        told,
        facts: rows.into_iter().filter_map(|(key, words)| Some((p.t(key), words?))).collect(),
        ours: recorded.is_some(),
        notices,
    }
}

async fn acknowledged(visit: &Visit, file: FileId, consent: ConsentId) -> Result<Vec<Notice>, Oops> {
    let lang = visit.p.lang();
    let found = visit.worker.desk()?.read::<_, Problem>(visit.reader()?, async move |session| {
        let found = find_acknowledgements(session, file, consent).await?;
        Ok(session.open_some(found)?)
    });
    let AcknowledgementsView { items, .. } = found.await?.into_parts().0;
    let told = items.into_iter().map(|one| Notice {
        agency: one.name,
        at: moment(one.told_at, lang),
        acknowledged: one.acknowledged_at.map(|at| moment(at, lang)),
    });
    Ok(told.collect())
}
