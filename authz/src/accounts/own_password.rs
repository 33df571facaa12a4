//! Changing one's own password: every other session ends.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;

use super::{
    error::AccountError,
    proof::{Proof, proved},
    sessions::end_all,
};
use crate::{
    clock::real_now,
    credentials::{Lockout, Passwords, weakness_of},
    desk::{Desk, Disclosed},
    fault::Denied,
    id::UserId,
    schema::account,
    standing::Actor,
};

/// Changes the holder's password.
///
/// # Errors
/// When the proof is not right, or the new password is weak.
pub async fn change_password(
    desk: &Desk,
    proof: Proof,
    new: String,
    passwords: &Passwords,
    rule: Lockout,
) -> Result<Disclosed<()>, AccountError> {
    if let Some(weakness) = weakness_of(&new, &proof.email) {
        return Err(AccountError::Weak(weakness));
    }
    let hash = passwords.hash(new).await?;
    let Proof { caller, given, .. } = proof;
    let here = caller.actor.map(Actor::session).ok_or(Denied::Unauthenticated)?;
    let done = desk.account_unit(caller, async move |unit| {
        let now = real_now();
        let Some(row) = proved(unit, &given, rule, now).await? else { return Ok(false) };
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(account::table.filter(account::id.eq(row.id)))
            .set((account::password_hash.eq(hash), account::password_must_change.eq(false)))
            .execute(&mut conn)
            .await?;
        end_all(conn, row.id, Some(here), now).await?;
        unit.note_account("account.password", Some(UserId::from_uuid(row.id)), true);
        Ok::<_, AccountError>(true)
    });
    let (proved, event) = done.await?.into_parts();
    if proved { Ok(Disclosed::new((), event)) } else { Err(AccountError::NotProved) }
}
