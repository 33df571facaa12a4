//! The registers an agency keeps: what it told without consent, and everything it told; by period, and as a file.

pub(super) mod incidents;
mod kept;
pub(super) mod requests;
mod table;
mod tabs;

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::id::AgencyId;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    catalogue::Labelled,
    disclosure::{Channel, DisclosureView, RecipientView, find_register},
    meeting::{CommunicationView, find_communications},
    reference::find_agencies,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use table::{disclosure_cells, instant, item_id};

use super::{
    disclosures::basis_title,
    export::{self, Csv, Format},
    frame::{Frame, show},
    moment::{date, moment},
    oops::Oops,
    period::Period,
    phrases::Phrases,
    visit::Visit,
};
use crate::{
    http::{Cursor, read_query},
    problem::Problem,
};

/// How many entries a page shows, and how many are read at a time.
const PAGE: usize = 100;
/// The same, as the registers are asked for it.
const ROWS: i64 = 100;
/// How many entries a file holds at most.
const LONGEST: usize = 5_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    du: Option<String>,
    au: Option<String>,
    cursor: Option<String>,
    format: Option<Format>,
}

#[derive(Template)]
#[template(path = "registers.html")]
struct Registers {
    frame: Frame,
    agency: String,
    /// The register of disclosures, or that of communications?
    disclosures: bool,
    tabs: Vec<tabs::Tab>,
    from: String,
    to: String,
    said: String,
    lines: Vec<Line>,
    next: Option<String>,
    query: String,
}

struct Line {
    at: String,
    file: String,
    file_id: String,
    told: String,
    basis: String,
    recipients: Vec<String>,
    /// The state, and what of the record is there.
    state: String,
    late: bool,
    record: Option<Record>,
}

struct Record {
    exposed: usize,
    points: Vec<(String, String)>,
}

/// The names of agencies.
struct Names(Vec<(AgencyId, String)>);

impl Names {
    async fn read(visit: &Visit) -> Result<Self, Oops> {
        let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_agencies(session).await?;
            Ok(session.open(found)?)
        });
        let agencies = found.await?.into_parts().0.agencies;
        Ok(Self(agencies.into_iter().map(|one| (one.id, one.name)).collect()))
    }

    fn told(&self, recipients: &[RecipientView], p: Phrases) -> Vec<String> {
        let name = |id: AgencyId| {
            let known = self.0.iter().find(|(known, _)| *known == id);
            known.map_or_else(|| p.t("agency-gone"), |(_, name)| name.clone())
        };
        recipients
            .iter()
            .map(|one| format!("{} \u{2014} {}", name(one.agency), one.capacity.label(p.lang())))
            .collect()
    }
}

type Place = (DateTime<Utc>, Uuid);
type After = Option<Place>;

async fn disclosures_page(visit: &Visit, after: After) -> Result<Vec<DisclosureView>, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_register(session, ROWS, after).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0.items)
}

async fn communications_page(visit: &Visit, after: After) -> Result<Vec<CommunicationView>, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_communications(session, ROWS, after).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0.items)
}

/// An entry of either register, as far as reading goes on from it.
trait Entry {
    fn place(&self) -> Place;
}

impl Entry for DisclosureView {
    fn place(&self) -> Place {
        (self.at, self.id.uuid())
    }
}

impl Entry for CommunicationView {
    fn place(&self) -> Place {
        (self.at, self.id)
    }
}

/// The entries of a period from a place on, up to a number of them, and where they go on if there are more.
async fn entries<T: Entry>(
    period: Period,
    after: After,
    most: usize,
    page: impl AsyncFn(After) -> Result<Vec<T>, Oops>,
) -> Result<(Vec<T>, After), Oops> {
    let mut items: Vec<T> = Vec::new();
    // Just before the first instant of the period.
    let mut place = after.or(Some((period.start() - TimeDelta::microseconds(1), Uuid::max())));
    loop {
        let found = page(place).await?;
        let full = found.len() == PAGE;
        for entry in found {
            if entry.place().0 >= period.end() {
                return Ok((items, None));
            }
            if items.len() == most {
                return Ok((items, place));
            }
            place = Some(entry.place());
            items.push(entry);
        }
        if !full {
            return Ok((items, None));
        }
    }
}

/// The register of disclosures.
#[get("/registres")]
pub(super) async fn disclosures(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let (period, after, format) = wanted(&visit, &request)?;
    let most = if format.is_some() { LONGEST } else { PAGE };
    let (items, next) =
        entries(period, after, most, async |after| disclosures_page(&visit, after).await).await?;
    let names = Names::read(&visit).await?;
    let p = visit.p;
    let now = visit.worker.desk()?.clock().now();
    match format {
        None => {
            let lines = items.iter().map(|act| disclosure_line(act, &names, now, p)).collect();
            page(&visit, true, period, lines, next)
        }
        Some(Format::Json) => {
            let items = serde_json::to_value(&items).unwrap_or(Json::Null);
            Ok(export::json(&name("registre-levees", period, next), &as_json(&visit, period, &items, next)))
        }
        Some(Format::Csv) => {
            let columns = [
                "id",
                "file",
                "at",
                "by",
                "channel",
                "code",
                "version",
                "basis",
                "until",
                "revoked",
                "recipients",
                "items",
                "attested",
                "completed",
                "late",
                "exposed",
                "act-feared",
                "danger",
                "urgency",
                "information",
            ];
            let mut csv = headed(&columns, p);
            for act in &items {
                csv.row(&disclosure_cells(act, &names, p));
            }
            Ok(csv.answer(&name("registre-levees", period, next)))
        }
    }
}

/// The register of communications.
#[get("/registres/communications")]
pub(super) async fn communications(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let (period, after, format) = wanted(&visit, &request)?;
    let most = if format.is_some() { LONGEST } else { PAGE };
    let (items, next) =
        entries(period, after, most, async |after| communications_page(&visit, after).await).await?;
    let names = Names::read(&visit).await?;
    let p = visit.p;
    match format {
        None => {
            let lines = items.iter().map(|act| communication_line(act, &names, p)).collect();
            page(&visit, false, period, lines, next)
        }
        Some(Format::Json) => {
            let items = serde_json::to_value(&items).unwrap_or(Json::Null);
            Ok(export::json(
                &name("registre-communications", period, next),
                &as_json(&visit, period, &items, next),
            ))
        }
        Some(Format::Csv) => {
            let columns = ["id", "file", "at", "by", "channel", "basis", "recipients", "items"];
            let mut csv = headed(&columns, p);
            for act in &items {
                csv.row(&[
                    act.id.to_string(),
                    act.file.to_string(),
                    instant(act.at),
                    act.by.to_string(),
                    channel(act.channel, p),
                    communication_basis(act, p),
                    names.told(&act.recipients, p).join("; "),
                    act.items.iter().map(item_id).collect::<Vec<_>>().join("; "),
                ]);
            }
            Ok(csv.answer(&name("registre-communications", period, next)))
        }
    }
}

fn wanted(visit: &Visit, request: &HttpRequest) -> Result<(Period, After, Option<Format>), Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let now = visit.worker.desk()?.clock().now();
    let period = Period::read(wanted.du.as_deref(), wanted.au.as_deref(), now)?;
    let after = wanted.cursor.as_deref().map(Cursor::decode).transpose()?;
    Ok((period, after.map(|after| (after.at, after.id)), wanted.format))
}

/// A name that says what the file is; and that it is not whole, when it is not.
fn name(register: &str, period: Period, next: After) -> String {
    let partial = if next.is_some() { "-partiel" } else { "" };
    format!("{register}-{}{partial}", period.name())
}

fn as_json(visit: &Visit, period: Period, items: &Json, next: After) -> Json {
    json!({
        "agency": visit.known.profile.agency.name,
        "from": period.from,
        "to": period.to,
        "complete": next.is_none(),
        "items": items,
    })
}

fn headed(columns: &[&str], p: Phrases) -> Csv {
    let headings: Vec<String> =
        columns.iter().map(|column| p.t(&format!("register-column-{column}"))).collect();
    Csv::new(&headings)
}

fn page(
    visit: &Visit,
    of_disclosures: bool,
    period: Period,
    lines: Vec<Line>,
    next: After,
) -> Result<HttpResponse, Oops> {
    let frame = Frame::of(visit)?;
    let lang = frame.lang();
    let query = format!("du={}&au={}", period.from, period.to);
    let page = Registers {
        agency: visit.known.profile.agency.name.clone(),
        disclosures: of_disclosures,
        tabs: tabs::tabs(visit, &visit.path, &query),
        from: period.from.to_string(),
        to: period.to.to_string(),
        said: format!("{} \u{2013} {}", date(period.from, lang), date(period.to, lang)),
        next: next.map(|(at, id)| format!("{query}&cursor={}", Cursor { at, id }.encode())),
        lines,
        query,
        frame,
    };
    show(&page.frame, &page)
}

fn disclosure_line(act: &DisclosureView, names: &Names, now: DateTime<Utc>, p: Phrases) -> Line {
    let lang = p.lang();
    let part = act.register.as_ref();
    let completed = part.and_then(|part| part.completed_at);
    let due = act.at + TimeDelta::hours(24);
    let late = part.is_some_and(|part| part.late) || (completed.is_none() && now > due);
    let record_state = match completed {
        Some(at) if late => p.x("record-completed-late", &moment(at, lang)),
        Some(at) => p.x("record-completed", &moment(at, lang)),
        None => p.x("record-due", &moment(due, lang)),
    };
    let state = match act.revoked_at {
        Some(at) => format!("{}. {record_state}", p.x("disclosure-revoked", &moment(at, lang))),
        None => record_state,
    };
    Line {
        at: moment(act.at, lang),
        file: short(act.file.uuid()),
        file_id: act.file.to_string(),
        told: p.n("register-items", act.items.len()),
        basis: basis_title(&act.basis_code, act.at, lang),
        recipients: names.told(&act.recipients, p),
        state,
        late,
        record: part.and_then(|part| part.record.as_ref()).map(|record| record_of(record, p)),
    }
}

const POINTS: [&str; 4] = ["act_feared", "danger", "urgency", "information"];

fn record_of(record: &Json, p: Phrases) -> Record {
    let points = POINTS.iter().filter_map(|point| {
        let words = record.get(point)?.as_str()?;
        Some((p.t(&format!("register-column-{}", point.replace('_', "-"))), words.to_owned()))
    });
    Record { exposed: exposed(record), points: points.collect() }
}

fn exposed(record: &Json) -> usize {
    record.get("exposed").and_then(Json::as_array).map_or(0, Vec::len)
}

fn communication_line(act: &CommunicationView, names: &Names, p: Phrases) -> Line {
    Line {
        at: moment(act.at, p.lang()),
        file: short(act.file.uuid()),
        file_id: act.file.to_string(),
        told: p.n("register-items", act.items.len()),
        basis: communication_basis(act, p),
        recipients: names.told(&act.recipients, p),
        state: channel(act.channel, p),
        late: false,
        record: None,
    }
}

fn communication_basis(act: &CommunicationView, p: Phrases) -> String {
    match &act.basis_code {
        Some(code) => basis_title(code, act.at, p.lang()),
        None => p.t(&format!("basis-{}", act.basis.kind)),
    }
}

fn channel(channel: Channel, p: Phrases) -> String {
    p.t(match channel {
        Channel::Platform => "register-platform",
        Channel::Oral => "register-oral",
    })
}

/// The end of a handle: enough to tell one file from another on a page.
fn short(id: Uuid) -> String {
    let text = id.to_string();
    text.get(text.len() - 8..).unwrap_or_default().to_owned()
}
