//! Adding a passkey to one's own account: the holder proves who she is, her device makes a key.

use diesel::{ExpressionMethods, QueryDsl, insert_into, result::DatabaseErrorKind};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, PasskeyRegistration, RegisterPublicKeyCredential};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::{
    MOST, RelyingParty,
    challenge::{self, Challenge, credential_place, keep, seal_key},
};
use crate::{
    accounts::{
        error::AccountError,
        proof::{Proof, own_row_held, proved},
        second_factor,
    },
    clock::real_now,
    credentials::{Lockout, hash_of_bytes},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::{Fault, Stop},
    id::{CeremonyId, PasskeyId, UserId},
    schema::passkey,
};

/// A passkey that was added.
#[derive(Serialize, ToSchema)]
pub struct PasskeyAdded {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: PasskeyId,
}

/// Challenges the holder's device to make a key, which she will know by this name.
///
/// # Errors
/// When the proof is not right, no second factor is set up yet, or there are passkeys enough.
pub async fn challenge_new_passkey(
    desk: &Desk,
    proof: Proof,
    rule: Lockout,
    party: RelyingParty,
    name: String,
) -> Result<Disclosed<Challenge>, AccountError> {
    let Proof { caller, given, .. } = proof;
    let made = desk.account_unit(caller, async move |unit| {
        let now = real_now();
        let Some(row) = proved(unit, &given, rule, now).await? else { return Ok(None) };
        if row.totp_sealed.is_none() {
            return Err(AccountError::Conflict("a passkey is added to a second factor"));
        }
        let known = known_credentials(unit, row.id).await?;
        if known.len() >= MOST {
            return Err(AccountError::Conflict("there are passkeys enough"));
        }
        let (mut options, state) = party
            .0
            .start_passkey_registration(row.id, &row.email, &row.name, Some(known))
            .map_err(|_| Fault::Keys)?;
        // Kept by the device under our name, so that it is found without anybody naming an account first.
        if let Some(wanted) = &mut options.public_key.authenticator_selection {
            wanted.require_resident_key = true;
            // The newer word for the same: browsers that know it heed it alone.
            wanted.resident_key = Some(ResidentKeyRequirement::Required);
        }
        let user = UserId::from_uuid(row.id);
        unit.note_account("account.passkey_propose", Some(user), true);
        Ok::<_, AccountError>(Some(keep(unit, Some((user, &name)), &state, &options, now).await?))
    });
    let (made, event) = made.await?.into_parts();
    made.map(|made| Disclosed::new(made, event)).ok_or(AccountError::NotProved)
}

async fn known_credentials(unit: &Session<'_, Acting>, account: Uuid) -> Result<Vec<CredentialID>, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Uuid, Vec<u8>)> = passkey::table
        .filter(passkey::account_id.eq(account))
        .select((passkey::id, passkey::credential_sealed))
        .load(&mut conn)
        .await?;
    let key = second_factor::key(unit)?;
    let mut known = Vec::with_capacity(rows.len());
    for (id, sealed) in rows {
        let bytes = key.open(&credential_place(id), &sealed).map_err(Fault::from)?;
        let stored: webauthn_rs::prelude::Passkey =
            serde_json::from_slice(&bytes).map_err(|_| Fault::Stored)?;
        known.push(stored.cred_id().clone());
    }
    Ok(known)
}

/// Adds the key that the device made.
///
/// # Errors
/// [`AccountError::WrongPasskey`] when the answer is not of a challenge that waits.
pub async fn add_passkey(
    desk: &Desk,
    who: Caller,
    party: RelyingParty,
    ceremony: CeremonyId,
    credential: serde_json::Value,
) -> Result<Disclosed<PasskeyAdded>, AccountError> {
    let added = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let row = own_row_held(unit).await?;
        let user = UserId::from_uuid(row.id);
        let taken = challenge::take::<PasskeyRegistration>(unit, ceremony, Some(user), now).await?;
        let made = taken.and_then(|(name, state)| {
            let answer: RegisterPublicKeyCredential = serde_json::from_value(credential).ok()?;
            Some((name.unwrap_or_default(), party.0.finish_passkey_registration(&answer, &state).ok()?))
        });
        let Some((name, made)) = made else {
            unit.note_account("account.passkey", Some(user), false);
            return Ok(None);
        };
        let id: PasskeyId = crate::id::fresh(now).map_err(|_| Fault::Keys)?.into();
        let sealed = seal_key(unit, id.uuid(), &made)?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        insert_into(passkey::table)
            .values((
                passkey::id.eq(id.uuid()),
                passkey::account_id.eq(row.id),
                passkey::name.eq(name),
                passkey::credential_hash.eq(hash_of_bytes(made.cred_id().as_ref())),
                passkey::credential_sealed.eq(sealed),
                passkey::created_at.eq(now),
            ))
            .execute(&mut conn)
            .await
            .map_err(|error| match error {
                diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                    AccountError::WrongPasskey
                }
                other => other.into(),
            })?;
        unit.note_account("account.passkey", Some(user), true);
        Ok::<_, AccountError>(Some(PasskeyAdded { id }))
    });
    let (added, event) = added.await?.into_parts();
    added.map(|added| Disclosed::new(added, event)).ok_or(AccountError::WrongPasskey)
}
