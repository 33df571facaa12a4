//! The appraisals of a file that show, and for each person and instrument how the level went.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::{FileId, PersonId};
use domain::{
    appraisal::{TrendView, find_trend},
    instrument::{Direction, Due},
};
use serde::Deserialize;

use super::{
    chart::{Chart, Step},
    heads, instruments,
    words::level,
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
pub(super) struct Wanted {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "appraisals.html")]
struct Appraisals {
    frame: Frame,
    file: FileId,
    reference: String,
    /// The newest of each trend first.
    trends: Vec<Trend>,
    next: Option<String>,
}

struct Trend {
    who: String,
    instrument: String,
    level: String,
    due: Option<String>,
    chart: Option<Chart>,
    steps: Vec<Step>,
    scored: bool,
}

#[get("/dossiers/{id}/appreciations")]
pub(super) async fn list(
    visit: Visit,
    id: Id<0, FileId>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Oops> {
    let (file, p) = (id.get(), visit.p);
    let people = People::read(&visit, visit.reader()?, file).await?;
    let (shown, next) = heads(&visit, visit.reader()?, file, wanted.cursor.as_deref()).await?;
    let mut kinds: Vec<(PersonId, String)> = Vec::new();
    for head in shown.iter().rev() {
        let kind = (head.person, head.level.value().instrument.code.clone());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let known = instruments(&visit).await?.items;
    let mut trends = Vec::new();
    for (person, code) in kinds {
        let title = known.iter().find(|head| head.code == code).and_then(|head| head.title.clone());
        let instrument = title.unwrap_or_else(|| code.clone());
        let who = people.person(person).map(|person| person.label.clone()).unwrap_or_default();
        let view = trend(&visit, file, person, code).await?;
        trends.extend(as_trend(&view, who, instrument, p));
    }
    let page = Appraisals { frame: Frame::of(&visit)?, file, reference: people.reference, trends, next };
    show(&page.frame, &page)
}

async fn trend(visit: &Visit, file: FileId, person: PersonId, code: String) -> Result<TrendView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.reader()?, async move |session| {
        let found = find_trend(session, file, person, code).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

fn as_trend(view: &TrendView, who: String, instrument: String, p: Phrases) -> Option<Trend> {
    let last = view.items.last()?;
    let steps: Vec<Step> = view
        .items
        .iter()
        .rev()
        .map(|point| {
            let step = point.step.value();
            Step {
                id: point.id,
                day: moment(point.recorded_at, p.lang()),
                source: point.source.name.clone(),
                level: level(step.level, p),
                direction: step.direction.map(direction_key),
                score: step.score.map(|score| {
                    if score.min == score.max {
                        score.min.to_string()
                    } else {
                        format!("{}–{}", score.min, score.max)
                    }
                }),
            }
        })
        .collect();
    Some(Trend {
        who,
        instrument,
        level: level(last.step.value().level, p),
        due: view.due.map(|due| {
            p.t(match due {
                Due::NewIncident => "appraisal-due-incident",
                Due::Age => "appraisal-due-age",
            })
        }),
        chart: Chart::of(view, |at| day(at, p.lang()), p),
        scored: steps.iter().any(|step| step.score.is_some()),
        steps,
    })
}

/// The sentence of where a level went.
pub(super) const fn direction_key(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "appraisal-up",
        Direction::Same => "appraisal-same",
        Direction::Down => "appraisal-down",
    }
}
