//! What was recorded, on one page for the person; on paper only where a paper is no danger.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::{ConsentId, FileId};
use domain::consent::{ConsentView, ProvisionView};
use serde::Deserialize;

use super::{
    consents,
    conversation::last_day,
    list::State,
    sentence::{Teller, Told},
    shareable,
};
use crate::{
    http::Id,
    pages::{
        frame::{Frame, show},
        moment::day,
        oops::Oops,
        people::People,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
pub(super) struct Wanted {
    /// What was said together with it.
    et: Option<ConsentId>,
    papier: Option<String>,
    fait: Option<String>,
}

/// Is it safe for the person to keep a paper?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paper {
    Unasked,
    Safe,
    Unsafe,
}

#[derive(Template)]
#[template(path = "consent_summary.html")]
struct Summary {
    frame: Frame,
    file: FileId,
    here: String,
    paper: Paper,
    agency: String,
    given: String,
    told: Told,
    until: Option<String>,
    /// Does all of it count now?
    counts: bool,
}

impl Summary {
    fn prints(&self) -> bool {
        self.paper == Paper::Safe
    }
}

#[get("/dossiers/{id}/consentements/{consent}/resume")]
pub(super) async fn summary(
    visit: Visit,
    id: Id<0, FileId>,
    consent: Id<1, ConsentId>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Oops> {
    let (file, consent, wanted) = (id.get(), consent.get(), wanted.into_inner());
    let people = People::read(&visit, visit.reader()?, file).await?;
    let known = consents(&visit, visit.reader()?, file).await?.items;
    // A summary is of what one's own agency recorded: of what others did, only a part would be told here.
    let ours = |id: ConsentId| known.iter().find(|one| one.id == id && one.recorded.is_some());
    let first = ours(consent).ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let other = wanted.et.and_then(ours).filter(|other| other.subject == first.subject);
    let both: Vec<&ConsentView> = std::iter::once(first).chain(other).collect();
    let open = shareable(&visit).await?;
    let (p, subject) = (visit.p, people.person(first.subject).map(|person| person.role));
    let provisions: Vec<ProvisionView> =
        both.iter().flat_map(|one| &one.provisions).map(super::again).collect();
    let told = Teller { people: &people, subject, open: &open, p }.tell(&provisions);
    let base = format!("/dossiers/{file}/consentements/{consent}/resume");
    let here = match other {
        Some(other) => format!("{base}?et={}&", other.id),
        None => format!("{base}?"),
    };
    let page = Summary {
        file,
        here,
        paper: match wanted.papier.as_deref() {
            Some("oui") => Paper::Safe,
            Some(_) => Paper::Unsafe,
            None => Paper::Unasked,
        },
        agency: visit.known.profile.agency.name.clone(),
        given: day(first.given_at, p.lang()),
        told,
        until: both.iter().find_map(|one| one.valid_until).map(|until| last_day(until, p)),
        counts: both.iter().all(|one| State::of(one, &people, people.now) == State::InForce),
        frame: Frame::of(&visit)?.saying(wanted.fait.as_deref()),
    };
    show(&page.frame, &page)
}
