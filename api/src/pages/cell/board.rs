//! The board of the cell: what is late first, then every situation under the stage it stands at, with its clock.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{id::CellId, vocabulary::Role};
use chrono::{DateTime, Utc};
use domain::{
    file::page::Slice,
    mobilisation::{Filter, MobilisationHeadView, State, page},
};
use serde::Deserialize;

use super::{
    clock::{Clock, clock},
    names::{Names, code},
    words::Worded,
};
use crate::{
    http::{Cursor, Paging, read_query},
    pages::{
        frame::{Frame, show},
        moment::day,
        oops::Oops,
        visit::Visit,
    },
    problem::Problem,
};

/// The columns of the board and the stages each holds.
const COLUMNS: [(&str, &[State]); 4] = [
    ("cell-column-agency", &[State::Identified, State::Appraised]),
    ("cell-column-committee", &[State::Consulted, State::InAnalysis]),
    ("cell-column-work", &[State::Triggered, State::Meeting]),
    ("cell-column-net", &[State::Planned, State::FollowUp]),
];
/// Stages at which nothing is left to be done.
const OVER: [State; 3] = [State::NotRetained, State::Closed, State::Transferred];
/// Cards of a column before the rest is on a page of its own.
const COLUMN: usize = 12;
/// Lines of a stage's own page.
const PAGE: usize = 50;
/// The late ones that are named above the board.
const LATE: i64 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    cellule: Option<String>,
    etape: Option<String>,
    cursor: Option<String>,
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "cell/board.html")]
struct Board {
    frame: Frame,
    begins: bool,
    cells: Vec<Option_>,
    stages: Vec<Option_>,
    late: Vec<Card>,
    columns: Vec<Column>,
    /// One stage alone, as a list.
    alone: Option<Alone>,
}

/// Something the board may be narrowed to.
struct Option_ {
    value: String,
    label: String,
    chosen: bool,
}

struct Column {
    id: String,
    title: String,
    cards: Vec<Card>,
    more: Vec<(String, String)>,
}

struct Alone {
    title: String,
    cards: Vec<Card>,
    next: Option<String>,
}

struct Card {
    id: String,
    reference: String,
    state: String,
    level: Option<(String, String)>,
    urgent: bool,
    reappraise: bool,
    agency: String,
    opened: String,
    clock: Option<Clock>,
}

#[get("/cellule")]
pub(super) async fn board(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let p = visit.p;
    let names = Names::read(&visit).await?;
    let now = visit.worker.desk()?.clock().now();
    let cell = wanted.cellule.as_deref().filter(|word| !word.is_empty()).and_then(cell_of);
    let stage = State::ALL.iter().copied().find(|state| Some(state.wire()) == wanted.etape.as_deref());
    let card = |head: MobilisationHeadView| card(head, &names, now, &visit);
    let (mut late, mut columns, mut alone) = (Vec::new(), Vec::new(), None);
    if let Some(stage) = stage {
        let paging = Paging::read(Some("50"), wanted.cursor.as_deref())?;
        let after = paging.after.map(|after| (after.at, after.id));
        let filter = Filter { cell, states: vec![stage], by_due: false };
        let mut heads = heads(&visit, filter, Slice { limit: 51, after }).await?;
        let more = heads.len() > PAGE;
        heads.truncate(PAGE);
        let next = heads.last().filter(|_| more).map(|head| {
            let cursor = Cursor { at: head.opened_at, id: head.id.uuid() }.encode();
            address(cell, Some(stage), Some(&cursor))
        });
        alone = Some(Alone { title: stage.said(p), cards: heads.into_iter().map(card).collect(), next });
    } else {
        let due = Filter { cell, states: Vec::new(), by_due: true };
        let heads_due = heads(&visit, due, Slice { limit: LATE, after: None }).await?;
        late = heads_due.into_iter().filter(|head| head.overdue).map(card).collect();
        for (key, states) in COLUMNS {
            let filter = Filter { cell, states: states.to_vec(), by_due: false };
            let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
            let mut heads = heads(&visit, filter, Slice { limit, after: None }).await?;
            let more = heads.len() > COLUMN;
            // What is due first stands first; what has no hour keeps the order in which it was brought.
            heads.sort_by_key(|head| (head.due_at.unwrap_or(DateTime::<Utc>::MAX_UTC), head.opened_at));
            heads.truncate(COLUMN);
            let rest = states.iter().map(|state| (address(cell, Some(*state), None), state.said(p)));
            columns.push(Column {
                id: key.to_owned(),
                title: p.t(key),
                cards: heads.into_iter().map(card).collect(),
                more: if more { rest.collect() } else { Vec::new() },
            });
        }
    }
    let shown = Board {
        begins: visit.holds(&[Role::Worker]),
        cells: cells(&visit, cell),
        stages: State::ALL
            .iter()
            .map(|state| Option_ {
                value: state.wire().to_owned(),
                label: state.said(p),
                chosen: stage == Some(*state),
            })
            .collect(),
        late,
        columns,
        alone,
        frame: Frame::of(&visit)?.saying(wanted.fait.as_deref()),
    };
    show(&shown.frame, &shown)
}

fn cell_of(word: &str) -> Option<CellId> {
    word.parse().ok().map(CellId::from_uuid)
}

/// The cells in which the visitor works, where there are several.
fn cells(visit: &Visit, chosen: Option<CellId>) -> Vec<Option_> {
    let mut cells: Vec<Option_> = Vec::new();
    for held in &visit.known.profile.roles {
        let value = held.cell.id.to_string();
        if held.role.inherits().contains(&Role::Worker) && !cells.iter().any(|cell| cell.value == value) {
            let chosen = chosen == Some(held.cell.id);
            cells.push(Option_ { value, label: held.cell.name.clone(), chosen });
        }
    }
    if cells.len() < 2 { Vec::new() } else { cells }
}

fn address(cell: Option<CellId>, stage: Option<State>, cursor: Option<&str>) -> String {
    let mut query = Vec::new();
    if let Some(cell) = cell {
        query.push(("cellule", cell.to_string()));
    }
    if let Some(stage) = stage {
        query.push(("etape", stage.wire().to_owned()));
    }
    if let Some(cursor) = cursor {
        query.push(("cursor", cursor.to_owned()));
    }
    format!("/cellule?{}", serde_urlencoded::to_string(query).unwrap_or_default())
}

async fn heads(visit: &Visit, filter: Filter, slice: Slice) -> Result<Vec<MobilisationHeadView>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| Ok(page(session, filter, slice).await?))
        .await?;
    Ok(found.into_parts().0)
}

fn card(head: MobilisationHeadView, names: &Names, now: DateTime<Utc>, visit: &Visit) -> Card {
    let p = visit.p;
    Card {
        id: head.id.to_string(),
        reference: head.reference,
        state: head.state.said(p),
        level: head.level.map(|level| (code(p, "risk_level", &level), level)),
        urgent: head.urgent && !OVER.contains(&head.state),
        reappraise: head.reappraisal_due_at.is_some(),
        agency: names.agency(head.brought_by),
        opened: day(head.opened_at, p.lang()),
        clock: head.due_at.map(|due| clock(due, now, p)),
    }
}
