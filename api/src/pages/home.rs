//! What waits for whoever is signed in.

mod admin;
mod officer;

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::vocabulary::Role;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    action::{ActionView, list_own},
    catalogue::CodeList,
    disclosure::find_incomplete,
    inbox::page as inbox_page,
    meeting::find_called,
};
use serde::Deserialize;

use super::{
    frame::{Frame, show},
    messages::leads,
    moment::moment,
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::problem::Problem;

/// What is due within this is due soon.
const SOON: TimeDelta = TimeDelta::hours(48);

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    name: String,
    messages: Vec<Waiting>,
    actions: Vec<Waiting>,
    /// Are there actions that show only for a purpose?
    actions_ask_purpose: bool,
    meetings: Vec<Waiting>,
    records: Vec<Waiting>,
    registers: Vec<Waiting>,
    requests: Vec<Waiting>,
    nothing: bool,
    /// Does she open files?
    works: bool,
    roles: Vec<String>,
}

/// Something that waits.
struct Waiting {
    words: String,
    when: String,
    /// `late` or `soon`, if it presses.
    press: &'static str,
    link: Option<(String, String)>,
}

#[get("/accueil")]
pub(super) async fn home(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let works = visit.holds(&[Role::Worker]);
    let messages = messages(&visit).await?;
    let actions = if works { actions(&visit).await? } else { Vec::new() };
    let meetings = if works { meetings(&visit).await? } else { Vec::new() };
    let records = if visit.holds(&[Role::Respondent]) { records(&visit).await? } else { Vec::new() };
    let registers =
        if visit.holds(&[Role::PrivacyOfficer]) { officer::waiting(&visit).await? } else { Vec::new() };
    let requests = if visit.holds(&[Role::Admin]) { admin::waiting(&visit).await? } else { Vec::new() };
    let profile = &visit.known.profile;
    let roles = profile.roles.iter().map(|held| {
        format!("{} — {}", p.t(&format!("role-{}", held.role.wire().replace('_', "-"))), held.cell.name)
    });
    let waiting = [&messages, &actions, &meetings, &records, &registers, &requests];
    let page = Home {
        name: profile.name.clone(),
        nothing: waiting.iter().all(|list| list.is_empty()),
        works,
        actions_ask_purpose: works && visit.purpose().is_none(),
        roles: roles.collect(),
        frame: Frame::of(&visit)?.saying(said.fait.as_deref()),
        messages,
        actions,
        meetings,
        records,
        registers,
        requests,
    };
    show(&page.frame, &page)
}

fn pressing(now: DateTime<Utc>, due: DateTime<Utc>) -> &'static str {
    if due <= now {
        "late"
    } else if due <= now + SOON {
        "soon"
    } else {
        ""
    }
}

async fn messages(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let lang = visit.p.lang();
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let messages = inbox_page(session, 20, None, lang).await?;
            Ok(session.open(messages)?)
        })
        .await?;
    let unread = found.into_parts().0.into_iter().filter(|message| message.read_at.is_none());
    let waiting = unread.map(|message| Waiting {
        link: leads(visit, &message),
        words: message.text,
        when: moment(message.created_at, lang),
        press: "",
    });
    Ok(waiting.collect())
}

/// One's own actions; they show for a purpose, as everything of a file does.
async fn actions(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let Ok(caller) = visit.reader() else { return Ok(Vec::new()) };
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| Ok(list_own(session).await?))
        .await?;
    let waiting = found.into_parts().0.into_iter().map(|action| Waiting {
        words: words_of(&action, p),
        when: p.x("home-due", &moment(action.due_at, p.lang())),
        press: pressing(now, action.due_at),
        link: Some((format!("/cellule/{}/filet", action.mobilisation), p.t("home-open-net"))),
    });
    Ok(waiting.collect())
}

fn words_of(action: &ActionView, p: Phrases) -> String {
    let kind = action.kind.as_deref().map(|kind| {
        let code = CodeList::named("action_kind").and_then(|list| list.find(kind));
        code.map_or(kind, |code| code.label(p.lang())).to_owned()
    });
    let text = action.words.as_ref().and_then(|words| words.value().text.clone());
    match (kind, text) {
        (Some(kind), Some(text)) => format!("{kind} — {text}"),
        (kind, text) => kind.or(text).unwrap_or_else(|| p.t("home-action")),
    }
}

async fn meetings(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_called(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let waiting = found.into_parts().0.into_iter().map(|meeting| Waiting {
        words: p.t(&format!("home-meeting-{}", meeting.stage.wire())),
        when: moment(meeting.starts_at, p.lang()),
        press: if meeting.starts_at > now { pressing(now, meeting.starts_at) } else { "" },
        link: Some((
            format!("/cellule/{}/rencontres/{}", meeting.mobilisation, meeting.id),
            p.t("home-open-meeting"),
        )),
    });
    Ok(waiting.collect())
}

/// Disclosures of the own agency whose record is still to be written.
async fn records(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_incomplete(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let waiting = found.into_parts().0.into_iter().map(|act| Waiting {
        words: p.x("home-record", &act.reference),
        when: p.x("home-due", &moment(act.due_at, p.lang())),
        press: pressing(now, act.due_at),
        link: Some((format!("/dossiers/{}/levees/{}/registre", act.file, act.id), p.t("home-write-record"))),
    });
    Ok(waiting.collect())
}
