//! Who the caller is at this very moment: the account, its agency and its roles, read in the same
//! snapshot as what is asked for, so that a revoked session or role counts from the next request.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, QueryResult,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    fault::{Denied, Fault, Stop},
    id::{AgencyId, CellId, HumanId, SessionId, UserId},
    schema::{account, agency, role_grant, session},
    vocabulary::{AgencyKind, Role, RoleSet},
};

/// Somebody whose token was verified. Only `authz` makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    pub(crate) user: UserId,
    pub(crate) session: SessionId,
}

impl Actor {
    /// The account that speaks.
    #[must_use]
    pub const fn user(self) -> UserId {
        self.user
    }

    /// The session it speaks in.
    #[must_use]
    pub const fn session(self) -> SessionId {
        self.session
    }
}

/// What the caller is and may be asked about, now.
#[derive(Debug, Clone)]
pub struct Standing {
    pub(crate) user: UserId,
    pub(crate) human: HumanId,
    pub(crate) agency: AgencyId,
    pub(crate) kind: AgencyKind,
    pub(crate) narrow: bool,
    pub(crate) grants: Vec<(CellId, Role)>,
}

pub(crate) type StandingRow = (Uuid, Uuid, i16, bool, Option<Uuid>, Option<i16>);

/// The statement; it takes part in a pipeline.
pub(crate) async fn rows(
    conn: &AsyncPgConnection,
    actor: Option<Actor>,
    now: DateTime<Utc>,
    real_now: DateTime<Utc>,
) -> QueryResult<Vec<StandingRow>> {
    let (user, session_id) = actor.map_or((Uuid::nil(), Uuid::nil()), |a| (a.user.uuid(), a.session.uuid()));
    session::table
        .inner_join(account::table.inner_join(agency::table))
        .left_join(
            role_grant::table.on(role_grant::account_id
                .eq(account::id)
                .and(role_grant::valid_from.le(now))
                .and(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))),
        )
        .filter(session::id.eq(session_id))
        .filter(account::id.eq(user))
        .filter(session::revoked_at.is_null())
        .filter(session::locked_at.is_null())
        .filter(session::expires_at.gt(real_now))
        .filter(account::disabled_at.is_null())
        .filter(agency::disabled_at.is_null())
        .select((
            account::human_id,
            account::agency_id,
            agency::kind,
            account::password_must_change.or(session::narrow),
            role_grant::cell_id.nullable(),
            role_grant::role.nullable(),
        ))
        .load(&mut &*conn)
        .await
}

impl Standing {
    pub(crate) fn from_rows(actor: Option<Actor>, rows: &[StandingRow]) -> Result<Self, Stop> {
        let actor = actor.ok_or(Denied::Unauthenticated)?;
        let (human, agency, kind, narrow, _, _) = *rows.first().ok_or(Denied::Unauthenticated)?;
        let mut grants = Vec::with_capacity(rows.len());
        for (.., cell, role) in rows {
            if let (Some(cell), Some(role)) = (cell, role) {
                grants.push((CellId::from_uuid(*cell), Role::from_number(*role).map_err(|_| Fault::Stored)?));
            }
        }
        Ok(Self {
            user: actor.user,
            human: HumanId::from_uuid(human),
            agency: AgencyId::from_uuid(agency),
            kind: AgencyKind::from_number(kind).map_err(|_| Fault::Stored)?,
            narrow,
            grants,
        })
    }

    /// Must a password be changed or a second factor be set up before anything else?
    #[must_use]
    pub const fn is_narrow(&self) -> bool {
        self.narrow
    }

    /// The roles held in a cell.
    #[must_use]
    pub fn roles_in(&self, cell: CellId) -> RoleSet {
        self.grants.iter().filter(|(held, _)| *held == cell).map(|(_, role)| *role).collect()
    }

    /// The roles held in any cell at all.
    #[must_use]
    pub fn roles_anywhere(&self) -> RoleSet {
        self.grants.iter().map(|(_, role)| *role).collect()
    }

    /// Every cell in which one of the roles, or one that inherits it, is held.
    pub fn cells_as(&self, roles: &[Role]) -> Vec<CellId> {
        let mut cells: Vec<CellId> = self
            .grants
            .iter()
            .filter(|(_, held)| held.inherits().iter().any(|role| roles.contains(role)))
            .map(|(cell, _)| *cell)
            .collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// The caller's account.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// The human being behind the account.
    #[must_use]
    pub const fn human(&self) -> HumanId {
        self.human
    }

    /// The agency spoken for.
    #[must_use]
    pub const fn agency(&self) -> AgencyId {
        self.agency
    }

    /// What that agency does.
    #[must_use]
    pub const fn kind(&self) -> AgencyKind {
        self.kind
    }
}
