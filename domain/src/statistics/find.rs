//! Counting, in the database; publishing, through [`super::tables`].

use std::collections::BTreeMap;

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::CellId,
    vocabulary::Role,
};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::America::Toronto;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Count,
    tables::{Raw, publish, sum_of},
};
use crate::{
    catalogue::CodeList,
    mobilisation::State,
    schema::{cell, mobilisation},
};

/// The counts of one year, as found.
pub struct Statistics {
    year: i32,
    region: Option<String>,
    cells: Vec<Vec<Row>>,
}

/// State, level, opened, consulted, triggered, met and planned.
type Row = (
    i16,
    Option<String>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

/// What may be told of one year of a cell, or of a region.
#[derive(Serialize, ToSchema)]
pub struct StatisticsView {
    /// The calendar year in which the situations were brought.
    pub year: i32,
    /// The region, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Situations brought; null unless every count below is published.
    pub total: Count,
    /// The tables; each adds up to the same total.
    pub tables: Vec<TableView>,
}

/// One table.
#[derive(Serialize, ToSchema)]
pub struct TableView {
    /// `state`, `level`, `consulted_to_triggered`, `triggered_to_met` or `met_to_planned`.
    pub name: &'static str,
    /// The counts by code, in the order of the codes.
    pub counts: Vec<CountView>,
}

/// One count.
#[derive(Serialize, ToSchema)]
pub struct CountView {
    /// What is counted.
    pub code: String,
    /// How many.
    pub count: Count,
}

impl Resource for Statistics {
    const KIND: &'static str = "statistics";
    const READ: &'static str = "statistics.read";
    const DOOR: Door = Door::Room;
    type Id = CellId;
}

/// Bands of a delay: elapsed time, so that clocks that change do not matter.
const BANDS: [(&str, i64); 4] =
    [("within_24_hours", 24), ("within_48_hours", 48), ("within_7_days", 168), ("later", i64::MAX)];
/// The step has not come.
const NOT_YET: &str = "not_yet";

impl Disclose for Statistics {
    type View = StatisticsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<StatisticsView, Fault> {
        let names = axes()?;
        let mut contributed: Vec<Vec<Vec<u32>>> = Vec::with_capacity(self.cells.len());
        for rows in &self.cells {
            let mut tables: Vec<Vec<u32>> = names.iter().map(|(_, codes)| vec![0; codes.len()]).collect();
            for row in rows {
                for ((table, (_, codes)), code) in tables.iter_mut().zip(&names).zip(places(row)?) {
                    let place = codes.iter().position(|known| *known == code).ok_or(Fault::Stored)?;
                    *table.get_mut(place).ok_or(Fault::Stored)? += 1;
                }
            }
            contributed.push(tables);
        }
        let raw: Vec<Raw> = names
            .iter()
            .enumerate()
            .map(|(table, (_, codes))| {
                (0..codes.len())
                    .map(|place| {
                        let own: Vec<u32> = contributed
                            .iter()
                            .map(|tables| tables.get(table).and_then(|t| t.get(place)).copied().unwrap_or(0))
                            .collect();
                        sum_of(&own)
                    })
                    .collect()
            })
            .collect();
        let published = publish(&raw);
        let tables = names
            .into_iter()
            .zip(published.tables)
            .map(|((name, codes), counts)| TableView {
                name,
                counts: codes
                    .into_iter()
                    .zip(counts)
                    .map(|(code, count)| CountView { code, count })
                    .collect(),
            })
            .collect();
        Ok(StatisticsView { year: self.year, region: self.region, total: published.total, tables })
    }
}

/// The tables and their codes.
fn axes() -> Result<Vec<(&'static str, Vec<String>)>, Fault> {
    let levels = CodeList::named("risk_level").ok_or(Fault::Stored)?;
    let mut level: Vec<String> = levels.codes().iter().map(|code| code.code().to_owned()).collect();
    level.push("not_kept".into());
    let states = State::ALL.iter().filter(|state| state.is_shared());
    let delay = || BANDS.iter().map(|(code, _)| (*code).to_owned()).chain([NOT_YET.to_owned()]).collect();
    Ok(vec![
        ("state", states.map(|state| state.wire().to_owned()).collect()),
        ("level", level),
        ("consulted_to_triggered", delay()),
        ("triggered_to_met", delay()),
        ("met_to_planned", delay()),
    ])
}

/// Where one situation counts, in the order of [`axes`].
fn places(row: &Row) -> Result<[String; 5], Fault> {
    let (state, level, _, consulted, triggered, met, planned) = row;
    let band = |from: &Option<DateTime<Utc>>, to: &Option<DateTime<Utc>>| {
        let elapsed = match (from, to) {
            (Some(from), Some(to)) => *to - *from,
            _ => return NOT_YET.to_owned(),
        };
        let within =
            BANDS.iter().find(|(_, hours)| TimeDelta::try_hours(*hours).is_none_or(|most| elapsed <= most));
        within.map_or(NOT_YET, |(code, _)| code).to_owned()
    };
    Ok([
        State::from_number(*state)?.wire().to_owned(),
        level.clone().unwrap_or_else(|| "not_kept".into()),
        band(consulted, triggered),
        band(triggered, met),
        band(met, planned),
    ])
}

/// A year of one cell, for its coordination.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_cell<'tx, M>(
    session: &mut Session<'tx, M>,
    id: CellId,
    year: i32,
) -> Result<Sealed<'tx, Statistics>, Stop> {
    session.identify().await?;
    let rows = rows_of(session, &[id.uuid()], year).await?;
    let cells = rows.into_values().collect();
    let held = Some((Statistics { year, region: None, cells }, Scope::Room(Room::Statistics(id))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// A year of a region, for whoever coordinates one of its cells.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_region<'tx, M>(
    session: &mut Session<'tx, M>,
    region: &str,
    year: i32,
) -> Result<Sealed<'tx, Statistics>, Stop> {
    let coordinated = session.identify().await?.cells_as(&[Role::Coordinator, Role::Committee]);
    let cells: Vec<Uuid> = {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        cell::table.filter(cell::region.eq(region)).order(cell::id).select(cell::id).load(&mut conn).await?
    };
    let own = coordinated.into_iter().find(|cell| cells.contains(&cell.uuid()));
    let rows = rows_of(session, &cells, year).await?;
    let held = own.map(|own| {
        let found = Statistics { year, region: Some(region.to_owned()), cells: rows.into_values().collect() };
        (found, Scope::Room(Room::Statistics(own)))
    });
    let id = own.unwrap_or(CellId::from_uuid(Uuid::nil()));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

async fn rows_of<M>(
    session: &Session<'_, M>,
    cells: &[Uuid],
    year: i32,
) -> Result<BTreeMap<Uuid, Vec<Row>>, Stop> {
    let start = |year: i32| {
        let day = Toronto.with_ymd_and_hms(year, 1, 1, 0, 0, 0).earliest();
        day.map(|day| day.with_timezone(&Utc)).ok_or(Fault::Stored)
    };
    let (from, to) = (start(year)?, start(year + 1)?);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Vec<(Uuid, Row)> = mobilisation::table
        .filter(mobilisation::cell_id.eq_any(cells))
        .filter(mobilisation::consulted_at.ge(from))
        .filter(mobilisation::consulted_at.lt(to))
        .select((
            mobilisation::cell_id,
            (
                mobilisation::state,
                mobilisation::level,
                mobilisation::opened_at,
                mobilisation::consulted_at,
                mobilisation::triggered_at,
                mobilisation::met_at,
                mobilisation::planned_at,
            ),
        ))
        .load(&mut conn)
        .await?;
    let mut by_cell: BTreeMap<Uuid, Vec<Row>> = cells.iter().map(|cell| (*cell, Vec::new())).collect();
    for (cell, row) in found {
        by_cell.entry(cell).or_default().push(row);
    }
    Ok(by_cell)
}
