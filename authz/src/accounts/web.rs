//! What a browser holds: an opaque token whose hash leads to a session; revoked with it, at once. Left alone for
//! a while it locks, and opens again only to its holder (`verrou`).

use chrono::{DateTime, Duration, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{drafts::forget_old, sign_in::SignInError};
use crate::{
    clock::real_now,
    credentials::{OneTime, hash_of},
    desk::{Caller, Desk, Disclosed},
    fault::{Denied, Fault, Stop},
    id::{SessionId, UserId},
    schema::{session, web_session},
    standing::Actor,
};

/// After so many minutes without a page a browser's session locks (ASVS 5.0, 7.3.1: inactivity).
pub const IDLE_MINUTES: i64 = 15;

/// Whose session a browser holds.
#[derive(Debug, Clone, Copy)]
pub struct Browser {
    /// Who speaks.
    pub actor: Actor,
    /// Does it wait for its holder to prove anew who she is?
    pub locked: bool,
}

/// Gives a browser its token for a session that was just opened with these API tokens.
///
/// # Errors
/// When the machine fails.
pub async fn web_token(desk: &Desk, who: Caller) -> Result<String, SignInError> {
    let actor = who.actor.ok_or(Stop::Denied(Denied::Unauthenticated))?;
    let made = desk
        .account_unit(who, async move |unit| {
            let token = OneTime::new("flw_").map_err(|_| Fault::Keys)?;
            let mut conn = unit.tx(Key::take()).conn(Key::take())?;
            insert_into(web_session::table)
                .values((
                    web_session::token_hash.eq(token.hash()),
                    web_session::session_id.eq(actor.session().uuid()),
                ))
                .execute(&mut conn)
                .await?;
            unit.note_account("session.browser", Some(actor.user()), true);
            Ok::<_, SignInError>(token.into_text())
        })
        .await?;
    Ok(made.into_parts().0)
}

/// Account, session, when it was last in use, since when it is locked.
type Held = (Uuid, Uuid, DateTime<Utc>, Option<DateTime<Utc>>);

/// Who a browser's token speaks for, if its session still counts, and notes that the browser is in use. A
/// session not used for [`IDLE_MINUTES`] is locked here.
///
/// # Errors
/// When nobody, or the machine fails.
pub async fn browse(desk: &Desk, who: Caller, token: String) -> Result<Browser, Stop> {
    let found = desk
        .account_unit(who, async move |unit| {
            let now = real_now();
            let mut conn = unit.tx(Key::take()).conn(Key::take())?;
            let row: Option<Held> = web_session::table
                .inner_join(session::table)
                .filter(web_session::token_hash.eq(hash_of(&token)))
                .filter(session::revoked_at.is_null())
                .filter(session::expires_at.gt(now))
                .select((session::account_id, session::id, session::last_seen_at, session::locked_at))
                .first(&mut conn)
                .await
                .optional()?;
            let (user, session_id, seen, locked) = row.ok_or(Denied::Unauthenticated)?;
            let idle = now - seen >= Duration::minutes(IDLE_MINUTES);
            let row = diesel::update(session::table.filter(session::id.eq(session_id)));
            if locked.is_none() && idle {
                row.set(session::locked_at.eq(now)).execute(&mut conn).await?;
            } else if locked.is_none() {
                row.set(session::last_seen_at.eq(now)).execute(&mut conn).await?;
            }
            forget_old(unit).await?;
            let actor = Actor { user: UserId::from_uuid(user), session: SessionId::from_uuid(session_id) };
            let locked = locked.is_some() || idle;
            let act = if locked { "session.locked" } else { "session.browse" };
            unit.note_account(act, Some(actor.user()), true);
            Ok::<_, Stop>(Browser { actor, locked })
        })
        .await?;
    Ok(found.into_parts().0)
}

/// Locks the session that asks, before a desk is left.
///
/// # Errors
/// When it no longer counts, or the machine fails.
pub async fn lock(desk: &Desk, who: Caller) -> Result<Disclosed<()>, Stop> {
    let actor = who.actor.ok_or(Denied::Unauthenticated)?;
    desk.account_unit(who, async move |unit| {
        unit.holder().await?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(session::table.filter(session::id.eq(actor.session().uuid())))
            .set(session::locked_at.eq(real_now()))
            .execute(&mut conn)
            .await?;
        unit.note_account("session.lock", Some(actor.user()), true);
        Ok(())
    })
    .await
}
