//! An agency keeps at least one admin who can sign in: without one nobody could mend its accounts.

use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::error::AccountError;
use crate::{
    desk::{Acting, Session},
    id::AgencyId,
    schema::{account, agency, role_grant},
    vocabulary::Role,
};

/// Refuses a change, already made in this unit, that leaves an agency without an admin.
///
/// INVARIANT: the agency's row is held from here to the end of the unit, so that of two admins who take the
/// role from each other at the same moment the second sees what the first did.
pub(super) async fn keep_one(session: &Session<'_, Acting>, agency: AgencyId) -> Result<(), AccountError> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let _: Uuid = agency::table
        .filter(agency::id.eq(agency.uuid()))
        .select(agency::id)
        .for_no_key_update()
        .first(&mut conn)
        .await?;
    let admins: i64 = role_grant::table
        .inner_join(account::table)
        .filter(account::agency_id.eq(agency.uuid()))
        .filter(account::disabled_at.is_null())
        .filter(role_grant::role.eq(Role::Admin.number()))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .count()
        .get_result(&mut conn)
        .await?;
    if admins == 0 { Err(AccountError::Conflict("an agency keeps at least one admin")) } else { Ok(()) }
}
