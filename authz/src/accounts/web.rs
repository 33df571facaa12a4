//! What a browser holds: an opaque token whose hash leads to a session; revoked with it, at once.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::sign_in::SignInError;
use crate::{
    clock::real_now,
    credentials::{OneTime, hash_of},
    desk::{Caller, Desk},
    fault::{Denied, Fault, Stop},
    id::{SessionId, UserId},
    schema::{session, web_session},
    standing::Actor,
};

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

/// Who a browser's token speaks for, if its session still counts.
///
/// # Errors
/// When nobody, or the machine fails.
pub async fn web_actor(desk: &Desk, who: Caller, token: String) -> Result<Actor, Stop> {
    let found = desk
        .account_unit(who, async move |unit| {
            let mut conn = unit.tx(Key::take()).conn(Key::take())?;
            let row: Option<(Uuid, Uuid)> = web_session::table
                .inner_join(session::table)
                .filter(web_session::token_hash.eq(hash_of(&token)))
                .filter(session::revoked_at.is_null())
                .filter(session::expires_at.gt(real_now()))
                .select((session::account_id, session::id))
                .first(&mut conn)
                .await
                .optional()?;
            let (user, session_id) = row.ok_or(Denied::Unauthenticated)?;
            let actor = Actor { user: UserId::from_uuid(user), session: SessionId::from_uuid(session_id) };
            unit.note_account("session.browse", Some(actor.user()), true);
            Ok::<_, Stop>(actor)
        })
        .await?;
    Ok(found.into_parts().0)
}
