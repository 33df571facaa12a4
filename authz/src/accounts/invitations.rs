//! One-time tokens that lead to a password: invitations to enrol, and resets. Only their hash is stored, and
//! a new one makes the earlier ones of the account worthless.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper, insert_into};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rows::AccountRow;
use crate::{
    credentials::{OneTime, hash_of},
    desk::{Acting, Session},
    fault::{Fault, Stop},
    id::{InvitationId, UserId},
    schema::{account, agency, invitation},
};

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Choosing a first password.
    Enrolment,
    /// Choosing another password; the second factor stays.
    Password,
    /// Choosing another password, and the second factor is taken away: the telephone is lost too.
    PasswordAndFactor,
}

impl Kind {
    const fn number(self) -> i16 {
        match self {
            Self::Enrolment => 0,
            Self::Password => 1,
            Self::PasswordAndFactor => 2,
        }
    }

    const fn from_number(number: i16) -> Option<Self> {
        match number {
            0 => Some(Self::Enrolment),
            1 => Some(Self::Password),
            2 => Some(Self::PasswordAndFactor),
            _ => None,
        }
    }

    /// How long it serves: an invitation waits for somebody who is on leave, a reset for somebody who is
    /// at the telephone.
    const fn lasts(self) -> TimeDelta {
        match self {
            Self::Enrolment => TimeDelta::days(7),
            Self::Password | Self::PasswordAndFactor => TimeDelta::hours(24),
        }
    }
}

/// A token at the one moment it can be read, to be handed to the person it is for.
#[derive(Serialize, ToSchema)]
pub struct Invitation {
    /// The token; it serves once.
    pub token: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// Makes a token for an account.
pub(super) async fn invite(
    mut conn: &AsyncPgConnection,
    account: UserId,
    kind: Kind,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Invitation, Stop> {
    withdraw(conn, account.uuid(), now).await?;
    let token = OneTime::new("fli_").map_err(|_| Fault::Keys)?;
    let id: InvitationId = crate::id::fresh(now).map_err(|_| Fault::Keys)?.into();
    let expires_at = now + kind.lasts();
    insert_into(invitation::table)
        .values((
            invitation::id.eq(id.uuid()),
            invitation::account_id.eq(account.uuid()),
            invitation::kind.eq(kind.number()),
            invitation::token_hash.eq(token.hash()),
            invitation::created_by.eq(by.map(UserId::uuid)),
            invitation::created_at.eq(now),
            invitation::expires_at.eq(expires_at),
        ))
        .execute(&mut conn)
        .await?;
    Ok(Invitation { token: token.into_text(), expires_at })
}

/// Makes every unused token of an account worthless.
pub(super) async fn withdraw(
    mut conn: &AsyncPgConnection,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Stop> {
    diesel::update(
        invitation::table.filter(invitation::account_id.eq(account)).filter(invitation::used_at.is_null()),
    )
    .set(invitation::used_at.eq(now))
    .execute(&mut conn)
    .await?;
    Ok(())
}

/// The account a token leads to, while it serves; the account's row is held until the unit ends.
pub(super) async fn led_to(
    unit: &Session<'_, Acting>,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Kind, AccountRow)>, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let at_work = agency::table.filter(agency::disabled_at.is_null()).select(agency::id);
    let found: Option<(i16, AccountRow)> = invitation::table
        .inner_join(account::table)
        .filter(invitation::token_hash.eq(hash_of(token)))
        .filter(invitation::used_at.is_null())
        .filter(invitation::expires_at.gt(now))
        .filter(account::disabled_at.is_null())
        .filter(account::agency_id.eq_any(at_work))
        .select((invitation::kind, AccountRow::as_select()))
        .for_update()
        .first(&mut conn)
        .await
        .optional()?;
    let Some((kind, row)) = found else { return Ok(None) };
    Ok(Some((Kind::from_number(kind).ok_or(Fault::Stored)?, row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_waits_a_week_and_a_reset_a_day() {
        assert_eq!(Kind::Enrolment.lasts(), TimeDelta::days(7));
        assert_eq!(Kind::Password.lasts(), TimeDelta::hours(24));
        assert_eq!(Kind::PasswordAndFactor.lasts(), TimeDelta::hours(24));
    }

    #[test]
    fn every_kind_is_found_again_by_its_number_and_an_unknown_number_is_none() {
        for kind in [Kind::Enrolment, Kind::Password, Kind::PasswordAndFactor] {
            assert_eq!(Kind::from_number(kind.number()), Some(kind));
        }
        assert_eq!(Kind::from_number(3), None);
    }
}
