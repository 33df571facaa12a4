//! Who works in a cell: the names one needs to call somebody to a table, or to know who took a step.

use std::collections::BTreeMap;

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, CellId, UserId},
    vocabulary::Role,
};
use chrono::Utc;
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::schema::{account, role_grant};

/// The people of a cell, as found.
pub struct People {
    cell: CellId,
    rows: Vec<(Uuid, String, Uuid, i16)>,
}

/// The people of a cell that the viewer may know by name.
#[derive(Serialize, ToSchema)]
pub struct PeopleView {
    /// By name.
    pub items: Vec<ColleagueView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// Somebody who works in a cell.
#[derive(Serialize, ToSchema)]
pub struct ColleagueView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// Name.
    pub name: String,
    /// For which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// The roles held in the cell now.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<Role>,
}

impl Resource for People {
    const KIND: &'static str = "cell";
    const READ: &'static str = "cell.people";
    const DOOR: Door = Door::Room;
    type Id = CellId;
}

impl Disclose for People {
    type View = PeopleView;

    /// A respondent speaks for an agency and is known to the cell; a worker to the own agency and to the
    /// coordination, which entrusts actions by name.
    fn disclose(self, grant: &Grant<'_, Self>) -> Result<PeopleView, Fault> {
        let leads = grant.viewer().roles_in(self.cell).acts_as(Role::Coordinator);
        let own = grant.agency();
        let mut people: BTreeMap<Uuid, ColleagueView> = BTreeMap::new();
        for (id, name, agency, role) in self.rows {
            let role = Role::from_number(role).map_err(|_| Fault::Stored)?;
            let colleague = || ColleagueView {
                id: UserId::from_uuid(id),
                name,
                agency: AgencyId::from_uuid(agency),
                roles: Vec::new(),
            };
            people.entry(id).or_insert_with(colleague).roles.push(role);
        }
        let speaks = |person: &ColleagueView| {
            person.roles.iter().any(|role| role.inherits().contains(&Role::Respondent))
        };
        let mut items: Vec<ColleagueView> =
            people.into_values().filter(|person| leads || person.agency == own || speaks(person)).collect();
        items.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(PeopleView { items, next: None })
    }
}

/// The people of a cell, from worker upward.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_people<'tx, M>(
    session: &mut Session<'tx, M>,
    id: CellId,
) -> Result<Sealed<'tx, People>, Stop> {
    session.identify().await?;
    let now: chrono::DateTime<Utc> = session.now();
    let working: Vec<i16> = Role::ALL
        .iter()
        .filter(|role| role.inherits().contains(&Role::Worker))
        .map(|role| role.number())
        .collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::cell_id.eq(id.uuid()))
        .filter(role_grant::role.eq_any(working))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .order((account::id, role_grant::role))
        .select((account::id, account::name, account::agency_id, role_grant::role))
        .load(&mut conn)
        .await?;
    let held = Some((People { cell: id, rows }, Scope::Room(Room::Cell(id))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
