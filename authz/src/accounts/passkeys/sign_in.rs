//! Signing in with a passkey: alone, or beside the password. Nobody names an account before the device does, so
//! that nothing tells whether there is one.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use super::{
    RelyingParty,
    challenge::{self, Challenge, Used, find_key, keep, seal_key},
};
use crate::{
    accounts::{
        rows::AccountRow,
        sessions::{Opening, Tokens, open_session},
        sign_in::SignInError,
    },
    clock::real_now,
    credentials::{Lockout, TokenIssuer},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::{Fault, Stop},
    id::{CeremonyId, UserId},
    schema::{account, agency},
};

/// What a device answered to a challenge.
pub struct Assertion {
    /// The installation it was made for.
    pub party: RelyingParty,
    /// Which challenge.
    pub ceremony: CeremonyId,
    /// The answer, as the browser gives it.
    pub credential: serde_json::Value,
}

/// Challenges whatever passkey somebody has.
///
/// # Errors
/// When the machine fails.
pub async fn challenge_sign_in(
    desk: &Desk,
    who: Caller,
    party: RelyingParty,
) -> Result<Disclosed<Challenge>, SignInError> {
    desk.account_unit(who, async move |unit| {
        let (mut options, state) = party.0.start_discoverable_authentication().map_err(|_| Fault::Keys)?;
        // Asked for by a button, not offered while somebody types.
        options.mediation = None;
        unit.note_account("session.passkey_propose", None, true);
        Ok::<_, SignInError>(keep(unit, None, &state, &options, real_now()).await?)
    })
    .await
}

/// The account whose passkey answered, and that passkey; nothing when the answer is worth nothing.
pub(in crate::accounts) async fn asserted(
    unit: &Session<'_, Acting>,
    assertion: &Assertion,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, Used)>, Stop> {
    let taken = challenge::take::<DiscoverableAuthentication>(unit, assertion.ceremony, None, now).await?;
    let answer: Option<PublicKeyCredential> = serde_json::from_value(assertion.credential.clone()).ok();
    let (Some((_, state)), Some(answer)) = (taken, answer) else { return Ok(None) };
    let party = &assertion.party.0;
    let Ok((account, credential)) = party.identify_discoverable_authentication(&answer) else {
        return Ok(None);
    };
    let Some((id, mut key)) = find_key(unit, account, credential).await? else { return Ok(None) };
    let Ok(result) = party.finish_discoverable_authentication_v2(&answer, state, &key) else {
        return Ok(None);
    };
    if !result.user_verified() {
        return Ok(None);
    }
    key.update_credential(&result);
    Ok(Some((account, Used { id, sealed: seal_key(unit, id, &key)? })))
}

/// Signs somebody in by a passkey alone, whose device knew her.
///
/// # Errors
/// One and the same refusal, whatever was wrong.
pub async fn sign_in_with_passkey(
    desk: &Desk,
    who: Caller,
    assertion: Assertion,
    label: String,
    issuer: TokenIssuer,
) -> Result<Disclosed<Tokens>, SignInError> {
    let judged = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let found = asserted(unit, &assertion, now).await?;
        let account = found.as_ref().map_or(Uuid::nil(), |(account, _)| *account);
        let row = held(unit, account).await?.filter(|row| !Lockout::locked(&row.tries(), now));
        let user = row.as_ref().map(|row| UserId::from_uuid(row.id));
        let (Some((_, used)), Some(row)) = (found, row) else {
            unit.note_account("session.open", user, false);
            return Ok(None);
        };
        used.note(unit, now).await?;
        let tokens = open_session(unit, &row, Opening { label: &label, narrow: false }, &issuer, now).await?;
        unit.note_account("session.open", user, true);
        Ok::<_, SignInError>(Some(tokens))
    });
    let (tokens, event) = judged.await?.into_parts();
    tokens.map(|tokens| Disclosed::new(tokens, event)).ok_or(SignInError::Refused)
}

/// The account, if it may sign in at all.
async fn held(unit: &Session<'_, Acting>, id: Uuid) -> Result<Option<AccountRow>, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let at_work = agency::table.filter(agency::disabled_at.is_null()).select(agency::id);
    Ok(account::table
        .filter(account::id.eq(id))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(account::agency_id.eq_any(at_work))
        .select(AccountRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()?)
}
