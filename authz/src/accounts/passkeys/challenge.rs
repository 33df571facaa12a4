//! Challenges on their way to a device, and what is stored of its keys: both sealed.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

use super::super::second_factor;
use crate::{
    credentials::hash_of_bytes,
    desk::{Acting, Session},
    fault::{Fault, Stop},
    id::{CeremonyId, UserId},
    keys::Place,
    schema::{passkey, passkey_ceremony},
};

/// How long a device has to answer.
const LASTS: TimeDelta = TimeDelta::minutes(5);

/// What a browser hands to a device.
#[derive(Serialize, ToSchema)]
pub struct Challenge {
    /// To be given back with the answer.
    #[schema(value_type = Uuid)]
    pub ceremony: CeremonyId,
    /// The options of `navigator.credentials` (Web Authentication), with `publicKey`.
    #[schema(value_type = Object)]
    pub options: serde_json::Value,
}

const fn state_place(row: Uuid) -> Place {
    Place { table: "passkey_ceremony", column: "state_sealed", row }
}

/// Where a key is sealed.
pub(super) const fn credential_place(row: Uuid) -> Place {
    Place { table: "passkey", column: "credential_sealed", row }
}

/// Keeps the state of a challenge until its device answers.
pub(super) async fn keep(
    unit: &Session<'_, Acting>,
    whose: Option<(UserId, &str)>,
    state: &impl Serialize,
    options: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<Challenge, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::delete(passkey_ceremony::table.filter(passkey_ceremony::expires_at.le(now)))
        .execute(&mut conn)
        .await?;
    let id: CeremonyId = crate::id::fresh(now).map_err(|_| Fault::Keys)?.into();
    let state = serde_json::to_vec(state).map_err(|_| Fault::Stored)?;
    let sealed = second_factor::key(unit)?.seal(&state_place(id.uuid()), &state).map_err(Fault::from)?;
    insert_into(passkey_ceremony::table)
        .values((
            passkey_ceremony::id.eq(id.uuid()),
            passkey_ceremony::account_id.eq(whose.map(|(account, _)| account.uuid())),
            passkey_ceremony::name.eq(whose.map(|(_, name)| name)),
            passkey_ceremony::state_sealed.eq(sealed),
            passkey_ceremony::expires_at.eq(now + LASTS),
        ))
        .execute(&mut conn)
        .await?;
    let options = serde_json::to_value(options).map_err(|_| Fault::Stored)?;
    Ok(Challenge { ceremony: id, options })
}

/// Whose, under which name, its state, until when.
type Waiting = (Option<Uuid>, Option<String>, Vec<u8>, DateTime<Utc>);

/// Takes a challenge back, if it is this account's (or of nobody yet) and still waits: it serves once.
pub(super) async fn take<S: DeserializeOwned>(
    unit: &Session<'_, Acting>,
    id: CeremonyId,
    whose: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Option<(Option<String>, S)>, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let taken: Option<Waiting> =
        diesel::delete(passkey_ceremony::table.filter(passkey_ceremony::id.eq(id.uuid())))
            .returning((
                passkey_ceremony::account_id,
                passkey_ceremony::name,
                passkey_ceremony::state_sealed,
                passkey_ceremony::expires_at,
            ))
            .get_result(&mut conn)
            .await
            .optional()?;
    let waits = |(account, .., expires): &Waiting| *account == whose.map(UserId::uuid) && now < *expires;
    let Some((_, name, sealed, _)) = taken.filter(waits) else { return Ok(None) };
    let state = second_factor::key(unit)?.open(&state_place(id.uuid()), &sealed).map_err(Fault::from)?;
    Ok(Some((name, serde_json::from_slice(&state).map_err(|_| Fault::Stored)?)))
}

/// Seals a key for its row.
pub(super) fn seal_key(unit: &Session<'_, Acting>, row: Uuid, key: &Passkey) -> Result<Vec<u8>, Fault> {
    let bytes = serde_json::to_vec(key).map_err(|_| Fault::Stored)?;
    second_factor::key(unit)?.seal(&credential_place(row), &bytes).map_err(Fault::from)
}

/// A passkey of this account by the identifier that its device gives it.
pub(super) async fn find_key(
    unit: &Session<'_, Acting>,
    account: Uuid,
    credential: &[u8],
) -> Result<Option<(Uuid, Passkey)>, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let found: Option<(Uuid, Vec<u8>)> = passkey::table
        .filter(passkey::account_id.eq(account))
        .filter(passkey::credential_hash.eq(hash_of_bytes(credential)))
        .select((passkey::id, passkey::credential_sealed))
        .for_update()
        .first(&mut conn)
        .await
        .optional()?;
    let Some((id, sealed)) = found else { return Ok(None) };
    let bytes = second_factor::key(unit)?.open(&credential_place(id), &sealed).map_err(Fault::from)?;
    Ok(Some((id, serde_json::from_slice(&bytes).map_err(|_| Fault::Stored)?)))
}

/// A passkey that has just answered a challenge rightly, as it is to be stored.
pub struct Used {
    pub(super) id: Uuid,
    pub(super) sealed: Vec<u8>,
}

impl Used {
    /// Notes its counter, so that a copy of an older state is found out.
    pub(in crate::accounts) async fn note(
        &self,
        unit: &Session<'_, Acting>,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(passkey::table.filter(passkey::id.eq(self.id)))
            .set((passkey::credential_sealed.eq(&self.sealed), passkey::last_used_at.eq(now)))
            .execute(&mut conn)
            .await?;
        Ok(())
    }
}
