//! Judging a second factor: a code of the telephone, or one of the recovery codes.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{passkeys::Used, rows::AccountRow};
use crate::{
    credentials::{RecoveryCodes, Totp},
    desk::{Acting, Session},
    fault::{Fault, Stop},
    keys::{FileKey, Place},
    schema::{account, recovery_code},
};

/// What the given code comes to.
pub(super) enum Factor {
    /// The account has none.
    NotSetUp,
    /// Wrong, missing, or used already.
    Wrong,
    /// The code of this step.
    Step(i64),
    /// A recovery code, by its hash.
    Recovery(Vec<u8>),
    /// A passkey in place of a code.
    Passkey(Used),
}

impl Factor {
    /// Is it right, or is there none to ask for? Where one is required, a session opened without may only
    /// set it up.
    pub const fn is_right(&self) -> bool {
        !matches!(self, Self::Wrong)
    }

    /// Uses the code up.
    pub async fn spend(
        &self,
        unit: &Session<'_, Acting>,
        row: &AccountRow,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        match self {
            Self::NotSetUp | Self::Wrong => {}
            Self::Step(step) => {
                diesel::update(account::table.filter(account::id.eq(row.id)))
                    .set(account::totp_last_step.eq(*step))
                    .execute(&mut conn)
                    .await?;
            }
            Self::Recovery(hash) => {
                diesel::update(
                    recovery_code::table
                        .filter(recovery_code::account_id.eq(row.id))
                        .filter(recovery_code::code_hash.eq(hash)),
                )
                .set(recovery_code::used_at.eq(now))
                .execute(&mut conn)
                .await?;
            }
            Self::Passkey(used) => used.note(unit, now).await?,
        }
        Ok(())
    }
}

/// Judges a code. The statements are the same whether or not one was given, and for nobody's account too.
pub(super) async fn accepts(
    unit: &Session<'_, Acting>,
    row: Option<&AccountRow>,
    code: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Factor, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let hash = RecoveryCodes::hash(code.unwrap_or(""));
    let unused: i64 = recovery_code::table
        .filter(recovery_code::account_id.eq(row.map_or(Uuid::nil(), |row| row.id)))
        .filter(recovery_code::code_hash.eq(&hash))
        .filter(recovery_code::used_at.is_null())
        .count()
        .get_result(&mut conn)
        .await?;
    let Some(row) = row else { return Ok(Factor::Wrong) };
    let Some(sealed) = &row.totp_sealed else { return Ok(Factor::NotSetUp) };
    let Some(code) = code else { return Ok(Factor::Wrong) };
    let secret = open_secret(unit, row.id, "totp_sealed", sealed)?;
    if let Some(step) = secret.check(code, row.totp_last_step, now) {
        return Ok(Factor::Step(step));
    }
    Ok(if unused > 0 { Factor::Recovery(hash) } else { Factor::Wrong })
}

fn place(account: Uuid, column: &'static str) -> Place {
    Place { table: "account", column, row: account }
}

/// The key under which what proves somebody is sealed.
pub(super) fn key(unit: &Session<'_, Acting>) -> Result<FileKey, Fault> {
    Ok(FileKey::new(&*unit.keys(Key::take()).secret("second-factor")?))
}

/// Opens a stored secret.
pub(super) fn open_secret(
    unit: &Session<'_, Acting>,
    account: Uuid,
    column: &'static str,
    sealed: &[u8],
) -> Result<Totp, Fault> {
    Ok(Totp::from_bytes(&key(unit)?.open(&place(account, column), sealed)?))
}

/// Seals a secret for its column.
pub(super) fn seal_secret(
    unit: &Session<'_, Acting>,
    account: Uuid,
    column: &'static str,
    secret: &Totp,
) -> Result<Vec<u8>, Fault> {
    Ok(key(unit)?.seal(&place(account, column), secret.bytes())?)
}
