//! What stands out in the log: each rule in a sentence, who, how often, and the way to the rows.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{clock::real_now, vocabulary::Role};
use chrono_tz::America::Toronto;
use domain::{
    anomaly::{AnomalyRule, AnomalyView, find_anomalies},
    validation::Rule,
};
use serde::Deserialize;

use super::{
    Names,
    told::{Handle, handle},
};
use crate::{
    http::read_query,
    log::anomalies::{LONGEST, USUAL},
    pages::{
        frame::{Frame, show},
        moment::{date, moment},
        oops::Oops,
        period::Period,
        phrases::Phrases,
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    du: Option<String>,
    au: Option<String>,
}

#[derive(Template)]
#[template(path = "anomalies.html")]
struct Anomalies {
    frame: Frame,
    audits: bool,
    from: String,
    to: String,
    said: String,
    rules: Vec<Ruled>,
}

/// One rule, and what it found.
struct Ruled {
    title: String,
    sentence: String,
    lines: Vec<Line>,
}

struct Line {
    actor: Handle,
    agency: Option<String>,
    times: String,
    last: String,
}

/// What stands out in the log.
#[get("/journal/anomalies")]
pub(in crate::pages) async fn anomalies(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    // The log is bounded by when its rows were recorded, which is the machine's time.
    let now = real_now();
    let usual = (now - USUAL).with_timezone(&Toronto).date_naive().to_string();
    let from = wanted.du.filter(|day| !day.is_empty()).unwrap_or(usual);
    let period = Period::read(Some(&from), wanted.au.as_deref(), now)?;
    let (start, end) = (period.start(), period.end());
    if end - start > LONGEST {
        return Err(Problem::bad_query("du", Rule::OutOfRange).into());
    }
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_anomalies(session, start, end).await?;
        Ok(session.open(found)?)
    });
    let found = found.await?.into_parts().0;
    let (names, p) = (Names::read(&visit).await?, visit.p);
    let days = format!("du={}&au={}", period.from, period.to);
    let page = Anomalies {
        audits: visit.holds(&[Role::Auditor]),
        from: period.from.to_string(),
        to: period.to.to_string(),
        said: format!("{} \u{2013} {}", date(period.from, p.lang()), date(period.to, p.lang())),
        rules: AnomalyRule::ALL.iter().map(|rule| ruled(*rule, &found, &names, &days, p)).collect(),
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}

fn ruled(rule: AnomalyRule, found: &[AnomalyView], names: &Names, days: &str, p: Phrases) -> Ruled {
    let key = rule.wire().replace('_', "-");
    let lines = found.iter().filter(|one| one.rule == rule).map(|one| {
        let times = usize::try_from(one.times).unwrap_or(usize::MAX);
        let counted = if rule == AnomalyRule::ManyFiles { "anomaly-files" } else { "anomaly-times" };
        let actor = handle("actor", one.actor.uuid());
        Line {
            actor: Handle { query: format!("{}&{days}", actor.query), ..actor },
            agency: one.agency.map(|agency| names.of(agency, p)),
            times: p.n(counted, times),
            last: p.x("anomaly-last", &moment(one.last_at, p.lang())),
        }
    });
    Ruled {
        title: p.t(&format!("anomaly-title-{key}")),
        sentence: p.t(&format!("anomaly-rule-{key}")),
        lines: lines.collect(),
    }
}
