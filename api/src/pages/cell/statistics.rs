//! A year of a cell, or of its region, in numbers that name nobody: tables, each row with a bar as long as its number.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::{id::CellId, vocabulary::Role};
use chrono::Datelike;
use chrono_tz::America::Toronto;
use domain::{
    lesson::{self, LessonView},
    statistics::{StatisticsView, TableView, find_cell, find_region},
};
use serde::Deserialize;

use super::names::{code, settings};
use crate::{
    pages::{
        frame::{Frame, show},
        oops::Oops,
        phrases::Phrases,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
pub(super) struct Wanted {
    cellule: Option<String>,
    annee: Option<String>,
    portee: Option<String>,
}

#[derive(Template)]
#[template(path = "cell/statistics.html")]
struct Statistics {
    frame: Frame,
    cells: Vec<(String, String, bool)>,
    years: Vec<(i32, bool)>,
    region: bool,
    of: String,
    year: i32,
    total: Option<u32>,
    /// How many of the numbers are hidden, when some are.
    hidden: Option<String>,
    tables: Vec<Table>,
    /// The tables of which everything is hidden.
    left_out: Vec<String>,
    /// Where more would be shown: the path, and its words.
    wider: Vec<(String, String)>,
    lessons: Vec<(String, Vec<(String, String)>)>,
}

/// A table.
struct Table {
    name: &'static str,
    title: String,
    bars: Vec<Bar>,
}

/// A count, as a row of the table and a bar in it.
struct Bar {
    label: String,
    count: Option<u32>,
    width: u32,
}

impl Table {
    /// Is there a number in it to be seen?
    fn shows(&self) -> bool {
        self.bars.iter().any(|bar| bar.count.is_some())
    }
}

/// How wide the longest bar is in its drawing.
const WIDEST: u32 = 100;

#[get("/statistiques")]
pub(super) async fn statistics(visit: Visit, wanted: Query<Wanted>) -> Result<HttpResponse, Oops> {
    let wanted = wanted.into_inner();
    let p = visit.p;
    let mut cells: Vec<(CellId, String)> = Vec::new();
    for held in &visit.known.profile.roles {
        let counts =
            [Role::Committee, Role::Coordinator].iter().any(|role| held.role.inherits().contains(role));
        if counts && !cells.iter().any(|(id, _)| *id == held.cell.id) {
            cells.push((held.cell.id, held.cell.name.clone()));
        }
    }
    let chosen = match wanted.cellule.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => word.parse().ok().map(CellId::from_uuid),
        None => cells.first().map(|(id, _)| *id),
    };
    // Whoever counts nowhere is told what the API tells her.
    let cell = chosen
        .or_else(|| visit.known.profile.roles.first().map(|held| held.cell.id))
        .ok_or_else(|| Problem::new(ProblemKind::NotPermitted))?;
    let this = visit.worker.desk()?.clock().now().with_timezone(&Toronto).year();
    let year = wanted.annee.and_then(|year| year.parse().ok()).filter(|year| (2000..=2200).contains(year));
    let year = year.unwrap_or(this);
    let region = wanted.portee.as_deref() == Some("region");
    let settings = settings(&visit, cell).await?;
    let area = settings.region.clone();
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = if region {
                find_region(session, &area, year).await?
            } else {
                find_cell(session, cell, year).await?
            };
            Ok(session.open(found)?)
        })
        .await?;
    let view = found.into_parts().0;
    let (tables, empty): (Vec<Table>, Vec<Table>) = tables(&view, p).into_iter().partition(Table::shows);
    let wider = if empty.is_empty() { Vec::new() } else { wider(cell, year, this, region, p) };
    let page = Statistics {
        of: if region { code(p, "region", &settings.region) } else { settings.name },
        cells: if cells.len() > 1 {
            cells.into_iter().map(|(id, name)| (id.to_string(), name, id == cell)).collect()
        } else {
            Vec::new()
        },
        years: (this - 4..=this).rev().map(|one| (one, one == year)).collect(),
        region,
        year,
        total: view.total.published(),
        hidden: hidden(&view, p),
        tables,
        left_out: empty.into_iter().map(|table| table.title).collect(),
        wider,
        lessons: lessons(&visit, cell).await?,
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}

fn hidden(view: &StatisticsView, p: Phrases) -> Option<String> {
    let counts: Vec<Option<u32>> =
        view.tables.iter().flat_map(|table| &table.counts).map(|one| one.count.published()).collect();
    let hidden = counts.iter().filter(|count| count.is_none()).count();
    let (some, all) = (hidden.to_string(), counts.len().to_string());
    (hidden > 0).then(|| p.s("stat-hidden", &[("hidden", &some), ("all", &all)]))
}

/// What holds more situations than what was asked for: the whole region, and a year that is over.
fn wider(cell: CellId, year: i32, this: i32, region: bool, p: Phrases) -> Vec<(String, String)> {
    let at = |year: i32, reach: &str| format!("/statistiques?cellule={cell}&annee={year}&portee={reach}");
    let mut wider = Vec::new();
    if !region {
        wider.push((at(year, "region"), p.x("stat-wider-region", &year.to_string())));
    }
    if year == this {
        let reach = if region { "region" } else { "cellule" };
        wider.push((at(year - 1, reach), p.x("stat-wider-year", &(year - 1).to_string())));
    }
    wider
}

fn tables(view: &StatisticsView, p: Phrases) -> Vec<Table> {
    view.tables.iter().map(|table| drawn(table, p)).collect()
}

fn label(table: &str, word: &str, p: Phrases) -> String {
    match (table, word) {
        ("state", word) => p.t(&format!("cell-state-{}", word.replace('_', "-"))),
        ("level", "not_kept") => p.t("stat-not-kept"),
        ("level", word) => code(p, "risk_level", word),
        ("closed_for", word) if word != "not_closed" => code(p, "mobilisation_reason", word),
        (_, word) => p.t(&format!("stat-{}", word.replace('_', "-"))),
    }
}

fn drawn(table: &TableView, p: Phrases) -> Table {
    let most = table.counts.iter().filter_map(|one| one.count.published()).max().unwrap_or(1).max(1);
    let bars: Vec<Bar> = table
        .counts
        .iter()
        .map(|one| {
            let count = one.count.published();
            let width = count.map_or(0, |count| count.saturating_mul(WIDEST).div_ceil(most));
            Bar { label: label(table.name, &one.code, p), count, width }
        })
        .collect();
    Table { name: table.name, title: p.t(&format!("stat-table-{}", table.name.replace('_', "-"))), bars }
}

/// What the cell learned, by what it is about.
async fn lessons(visit: &Visit, cell: CellId) -> Result<Vec<(String, Vec<(String, String)>)>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = lesson::find(session, cell).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let p = visit.p;
    let mut groups: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for LessonView { aspect, code: word, at_least } in found.into_parts().0.items {
        let title = p.t(&format!("stat-lesson-{}", aspect.wire()));
        let said = (
            code(p, &format!("lesson_{}", aspect.wire()), &word),
            p.x("stat-at-least", &at_least.to_string()),
        );
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, lines)) => lines.push(said),
            None => groups.push((title, vec![said])),
        }
    }
    Ok(groups)
}
