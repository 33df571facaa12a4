//! Counting, in the database; publishing, through [`super::tables`].

use std::collections::{BTreeMap, HashMap};

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::CellId,
    vocabulary::Role,
};
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::America::Toronto;
use diesel::{ExpressionMethods, QueryDsl, QueryResult, dsl::min};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Count,
    axes::{Situation, axes},
    tables::{Raw, publish},
};
use crate::{
    action::Status,
    mobilisation::{Move, State},
    schema::{cell, mobilisation, mobilisation_step, safety_action},
};

/// The counts of one year, as found.
pub struct Statistics {
    year: i32,
    region: Option<String>,
    cells: Vec<Vec<Situation>>,
}

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
    /// `state`; `level`; a delay, in bands of elapsed time: `consulted_to_triggered`, `identified_to_convened`,
    /// `triggered_to_met`, `met_to_planned`, `triggered_to_first_action`, `convened_to_first_action`; or
    /// `closed_for`, the reason named first at the last closing, a code of `mobilisation_reason` or `not_closed`.
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

impl Disclose for Statistics {
    type View = StatisticsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<StatisticsView, Fault> {
        let names = axes()?;
        let mut contributed: Vec<Vec<Raw>> = Vec::with_capacity(self.cells.len());
        for situations in &self.cells {
            let mut tables: Vec<Raw> = names.iter().map(|(_, codes)| vec![0; codes.len()]).collect();
            for situation in situations {
                for ((table, (_, codes)), code) in tables.iter_mut().zip(&names).zip(situation.places()) {
                    let place = codes.iter().position(|known| known == code).ok_or(Fault::Stored)?;
                    *table.get_mut(place).ok_or(Fault::Stored)? += 1;
                }
            }
            contributed.push(tables);
        }
        let published = publish(&contributed);
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
    let found = situations_of(session, &[id.uuid()], year).await?;
    let cells = found.into_values().collect();
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
    let found = situations_of(session, &cells, year).await?;
    let held = own.map(|own| {
        let cells = found.into_values().collect();
        let statistics = Statistics { year, region: Some(region.to_owned()), cells };
        (statistics, Scope::Room(Room::Statistics(own)))
    });
    let id = own.unwrap_or(CellId::from_uuid(Uuid::nil()));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
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

async fn situations_of<M>(
    session: &Session<'_, M>,
    cells: &[Uuid],
    year: i32,
) -> Result<BTreeMap<Uuid, Vec<Situation>>, Stop> {
    let start = |year: i32| {
        let day = Toronto.with_ymd_and_hms(year, 1, 1, 0, 0, 0).earliest();
        day.map(|day| day.with_timezone(&Utc)).ok_or(Fault::Stored)
    };
    let (from, to) = (start(year)?, start(year + 1)?);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Vec<(Uuid, Uuid, Row)> = mobilisation::table
        .filter(mobilisation::cell_id.eq_any(cells))
        .filter(mobilisation::consulted_at.ge(from))
        .filter(mobilisation::consulted_at.lt(to))
        .select((
            mobilisation::cell_id,
            mobilisation::id,
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
    let ids: Vec<Uuid> = found.iter().map(|(_, id, _)| *id).collect();
    let mut convened = first_convened(session, &ids).await?;
    let mut closed_for = last_closed_for(session, &ids).await?;
    let mut first_action = first_action(session, &ids).await?;
    let mut by_cell: BTreeMap<Uuid, Vec<Situation>> = cells.iter().map(|cell| (*cell, Vec::new())).collect();
    for (cell, id, (state, level, identified, consulted, triggered, met, planned)) in found {
        by_cell.entry(cell).or_default().push(Situation {
            state: State::from_number(state)?,
            level,
            identified,
            consulted,
            triggered,
            convened: convened.remove(&id),
            met,
            planned,
            first_action: first_action.remove(&id),
            closed_for: closed_for.remove(&id),
        });
    }
    Ok(by_cell)
}

/// When each was first convened: a meeting that moved or was called off was convened all the same.
async fn first_convened<M>(
    session: &Session<'_, M>,
    of: &[Uuid],
) -> QueryResult<HashMap<Uuid, DateTime<Utc>>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = mobilisation_step::table
        .filter(mobilisation_step::mobilisation_id.eq_any(of))
        .filter(mobilisation_step::by.eq(Move::Convene.wire()))
        .group_by(mobilisation_step::mobilisation_id)
        .select((mobilisation_step::mobilisation_id, min(mobilisation_step::at)))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// When the first action of each was agreed on, but for those called off.
async fn first_action<M>(session: &Session<'_, M>, of: &[Uuid]) -> QueryResult<HashMap<Uuid, DateTime<Utc>>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = safety_action::table
        .filter(safety_action::mobilisation_id.eq_any(of))
        .filter(safety_action::status.ne(Status::Cancelled.number()))
        .group_by(safety_action::mobilisation_id)
        .select((safety_action::mobilisation_id, min(safety_action::written_at)))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// The reason named first at the last closing of each.
async fn last_closed_for<M>(session: &Session<'_, M>, of: &[Uuid]) -> QueryResult<HashMap<Uuid, String>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Uuid, Vec<String>)> = mobilisation_step::table
        .filter(mobilisation_step::mobilisation_id.eq_any(of))
        .filter(mobilisation_step::by.eq(Move::Close.wire()))
        .order((mobilisation_step::mobilisation_id, mobilisation_step::position))
        .select((mobilisation_step::mobilisation_id, mobilisation_step::reasons))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, reasons)| Some((id, reasons.into_iter().next()?))).collect())
}
