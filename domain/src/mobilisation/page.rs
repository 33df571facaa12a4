//! The board of a cell: the mobilisations an actor may know of, by keyset, in order of opening or of what is due.

use authz::{
    desk::{Disclose, Door, Grant, Pending, Resource, Scope, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, CellId, MobilisationId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, SelectableHelper,
    dsl::exists, dsl::not,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{State, rows::MobilisationRow};
use crate::{
    file::page::Slice,
    schema::{circle, mobilisation, recusal},
};

/// What the board may be narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// One cell.
    pub cell: Option<CellId>,
    /// These states.
    pub states: Vec<State>,
    /// Ordered by what is due first, leaving out what has nothing due.
    pub by_due: bool,
}

/// A mobilisation of the board.
#[derive(Serialize, ToSchema)]
pub struct MobilisationHeadView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MobilisationId,
    /// What people call it.
    pub reference: String,
    /// Its cell.
    #[schema(value_type = Uuid)]
    pub cell: CellId,
    /// Where it stands.
    pub state: State,
    /// The agency that brought it.
    #[schema(value_type = Uuid)]
    pub brought_by: AgencyId,
    /// A code of `risk_level`, set by a person.
    pub level: Option<String>,
    /// Triggered before the committee met?
    pub urgent: bool,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When its next step is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Is it due already?
    pub overdue: bool,
    /// Since when something new asks for a new appraisal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reappraisal_due_at: Option<DateTime<Utc>>,
}

struct Head(MobilisationRow, DateTime<Utc>);

impl Resource for Head {
    const KIND: &'static str = "mobilisation";
    const READ: &'static str = "mobilisation.list";
    const DOOR: Door = Door::Content;
    type Id = MobilisationId;
}

impl Disclose for Head {
    type View = MobilisationHeadView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<MobilisationHeadView, Fault> {
        let Self(head, now) = self;
        Ok(MobilisationHeadView {
            id: head.id(),
            cell: head.cell(),
            state: head.state()?,
            brought_by: head.brought_by(),
            overdue: head.due_at.is_some_and(|due| due <= now),
            reference: head.reference,
            level: head.level,
            urgent: head.urgent,
            opened_at: head.opened_at,
            due_at: head.due_at,
            reappraisal_due_at: head.reappraisal_due_at,
        })
    }
}

/// One page of the board.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn page<'tx, M>(
    session: &mut Session<'tx, M>,
    filter: Filter,
    slice: Slice,
) -> Result<Pending<'tx, Vec<MobilisationHeadView>>, Stop> {
    let reach = session.reach().await?;
    let bounds = reach.bounds(Key::take()).clone();
    let uuids = |cells: Vec<CellId>| cells.into_iter().map(CellId::uuid).collect::<Vec<Uuid>>();
    let standing = session.standing()?;
    let working = uuids(standing.cells_as(&[Role::Worker]));
    let sitting = uuids(standing.cells_as(&[Role::Committee, Role::Coordinator]));
    let (agency, now) = (bounds.agency.uuid(), bounds.now);
    let unshared = vec![State::Identified.number(), State::Appraised.number()];
    let around = circle::table
        .filter(mobilisation::file_id.eq(circle::file_id.nullable()))
        .filter(circle::agency_id.eq(agency))
        .filter(circle::from_at.le(now))
        .filter(circle::until_at.is_null().or(circle::until_at.gt(now)));
    let recused = recusal::table
        .filter(mobilisation::file_id.eq(recusal::file_id.nullable()))
        .filter(recusal::human_id.eq(bounds.human.uuid()));
    // One cell compared as one keeps the order of the index: the page is read from it and nothing is sorted.
    let alone = filter.cell.map(CellId::uuid).or(match *working {
        [one] => Some(one),
        _ => None,
    });
    let mut query = mobilisation::table
        .filter(mobilisation::cell_id.eq_any(working))
        .filter(
            mobilisation::brought_by
                .eq(agency)
                .or(mobilisation::cell_id.eq_any(sitting).and(mobilisation::state.ne_all(unshared)))
                .or(exists(around)),
        )
        .filter(not(exists(recused)))
        .limit(slice.limit)
        .select(MobilisationRow::as_select())
        .into_boxed();
    if let Some(cell) = alone {
        query = query.filter(mobilisation::cell_id.eq(cell));
    }
    if !filter.states.is_empty() {
        let states: Vec<i16> = filter.states.iter().map(|state| state.number()).collect();
        query = query.filter(mobilisation::state.eq_any(states));
    }
    query = match (filter.by_due, slice.after) {
        (false, None) => query,
        (false, Some((at, id))) => query.filter(
            mobilisation::opened_at.gt(at).or(mobilisation::opened_at.eq(at).and(mobilisation::id.gt(id))),
        ),
        (true, None) => query.filter(mobilisation::due_at.is_not_null()),
        (true, Some((at, id))) => query.filter(mobilisation::due_at.ge(at)).filter(
            mobilisation::due_at
                .gt(at)
                .or(mobilisation::due_at.eq(at).and(mobilisation::id.gt(id)))
                .assume_not_null(),
        ),
    };
    query = if filter.by_due {
        query.order((mobilisation::due_at.asc(), mobilisation::id.asc()))
    } else {
        query.order((mobilisation::opened_at.asc(), mobilisation::id.asc()))
    };
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<MobilisationRow> = query.load(&mut conn).await?;
    let mut heads = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, cell) = (row.id(), row.cell());
        heads.push(seal(
            Key::take(),
            session.tx(Key::take()),
            id,
            Some((Head(row, now), Scope::Reached(cell))),
        ));
    }
    session.open_page(heads)
}
