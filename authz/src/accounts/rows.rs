//! What the tables hold of an account. Neither `Serialize` nor `Debug`.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, Queryable, Selectable,
    SelectableHelper,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::own_language::Locale;
use crate::{
    credentials::Tries,
    fault::{Fault, Stop},
    id::{AgencyId, CellId, SessionId, UserId},
    schema::{account, agency, cell, role_grant, session},
    vocabulary::{AgencyKind, Role},
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = account)]
pub(super) struct AccountRow {
    pub id: Uuid,
    pub human_id: Uuid,
    pub agency_id: Uuid,
    pub email: String,
    pub name: String,
    pub service: bool,
    pub password_hash: Option<String>,
    pub password_must_change: bool,
    pub totp_sealed: Option<Vec<u8>>,
    pub totp_pending: Option<Vec<u8>>,
    pub totp_last_step: Option<i64>,
    pub failures: i16,
    pub failed_at: Option<DateTime<Utc>>,
    pub lockouts: i16,
    pub locked_until: Option<DateTime<Utc>>,
    pub disabled_at: Option<DateTime<Utc>>,
    pub locale: String,
    pub locale_chosen_at: Option<DateTime<Utc>>,
}

impl AccountRow {
    pub const fn tries(&self) -> Tries {
        Tries {
            failures: self.failures,
            failed_at: self.failed_at,
            lockouts: self.lockouts,
            locked_until: self.locked_until,
        }
    }

    /// The row under this id.
    pub async fn find(mut conn: &AsyncPgConnection, id: UserId) -> QueryResult<Option<Self>> {
        account::table
            .filter(account::id.eq(id.uuid()))
            .select(Self::as_select())
            .first(&mut conn)
            .await
            .optional()
    }

    /// The row under this id, held until the unit ends.
    pub async fn held(mut conn: &AsyncPgConnection, id: UserId) -> QueryResult<Option<Self>> {
        account::table
            .filter(account::id.eq(id.uuid()))
            .select(Self::as_select())
            .for_update()
            .first(&mut conn)
            .await
            .optional()
    }
}

/// An agency by name and kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AgencyBrief {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
    /// What it does.
    #[schema(value_type = String)]
    pub kind: AgencyKind,
}

/// A role in a cell.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleBrief {
    /// The cell.
    pub cell: CellBrief,
    /// The role.
    #[schema(value_type = String)]
    pub role: Role,
    /// Held in somebody's place.
    pub substitute: bool,
    /// Until when, if it ends.
    pub until: Option<DateTime<Utc>>,
}

/// A cell by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CellBrief {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: CellId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
}

/// An account as its holder sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Profile {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// The agency spoken for.
    pub agency: AgencyBrief,
    /// The roles held now.
    pub roles: Vec<RoleBrief>,
    /// Is a second factor set up?
    pub second_factor: bool,
    /// Must a second factor be set up before anything else?
    pub must_set_up_second_factor: bool,
    /// Must the password be changed before anything else?
    pub must_change_password: bool,
    /// The language of mails and pages, once it was chosen.
    pub language: Option<Locale>,
}

type RoleRow = (i16, bool, Option<DateTime<Utc>>, Uuid, String, String);

/// Reads the profile of an account row, as one of its sessions shows it.
pub(super) async fn profile(
    mut conn: &AsyncPgConnection,
    row: &AccountRow,
    in_session: SessionId,
    now: DateTime<Utc>,
) -> Result<Profile, Stop> {
    let narrow: bool = session::table
        .filter(session::id.eq(in_session.uuid()))
        .select(session::narrow)
        .first(&mut conn)
        .await?;
    let (id, key, name, kind): (Uuid, String, String, i16) = agency::table
        .filter(agency::id.eq(row.agency_id))
        .select((agency::id, agency::key, agency::name, agency::kind))
        .first(&mut conn)
        .await?;
    let roles: Vec<RoleRow> = role_grant::table
        .inner_join(cell::table.on(cell::id.eq(role_grant::cell_id)))
        .filter(role_grant::account_id.eq(row.id))
        .filter(role_grant::valid_from.le(now))
        .order((cell::key, role_grant::role))
        .select((
            role_grant::role,
            role_grant::substitute,
            role_grant::valid_until,
            cell::id,
            cell::key,
            cell::name,
        ))
        .load(&mut conn)
        .await?;
    let mut held = Vec::with_capacity(roles.len());
    for (role, substitute, until, cell_id, cell_key, cell_name) in roles {
        if until.is_none_or(|until| now < until) {
            let cell = CellBrief { id: CellId::from_uuid(cell_id), key: cell_key, name: cell_name };
            held.push(RoleBrief {
                cell,
                role: Role::from_number(role).map_err(|_| Fault::Stored)?,
                substitute,
                until,
            });
        }
    }
    Ok(Profile {
        id: UserId::from_uuid(row.id),
        name: row.name.clone(),
        email: row.email.clone(),
        agency: AgencyBrief {
            id: AgencyId::from_uuid(id),
            key,
            name,
            kind: AgencyKind::from_number(kind).map_err(|_| Fault::Stored)?,
        },
        roles: held,
        second_factor: row.totp_sealed.is_some(),
        must_set_up_second_factor: narrow,
        must_change_password: row.password_must_change,
        language: row.locale_chosen_at.and_then(|_| Locale::stored(&row.locale)),
    })
}
