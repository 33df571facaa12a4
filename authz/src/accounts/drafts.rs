//! What somebody had begun to write when her session locked or her connection failed (*brouillon*): sealed, for
//! her alone, and gone after a day or once it was sent.

use chrono::Duration;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into, upsert::excluded};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::error::AccountError;
use crate::{
    clock::real_now,
    desk::{Acting, Caller, Desk, Session},
    fault::{Denied, Fault, Stop},
    id::{RequestId, fresh},
    keys::{FileKey, Place},
    schema::draft,
    standing::Actor,
};

/// For how long a draft is kept.
const KEPT_HOURS: i64 = 24;
/// The longest draft kept, in bytes.
const LONGEST: usize = 256 * 1024;

fn key(unit: &Session<'_, Acting>) -> Result<FileKey, Fault> {
    Ok(FileKey::new(&*unit.keys(Key::take()).secret("drafts")?))
}

fn place(row: Uuid) -> Place {
    Place { table: "draft", column: "words_sealed", row }
}

/// Keeps what was written on a page, in place of what was kept of it before. The session may be locked: nothing
/// is read by it.
///
/// # Errors
/// When the machine fails.
pub async fn keep_draft(
    desk: &Desk,
    writer: Actor,
    who: Caller,
    form: String,
    words: String,
) -> Result<(), AccountError> {
    desk.account_unit(who, async move |unit| {
        unit.note_account("draft.keep", Some(writer.user()), true);
        if words.len() > LONGEST {
            return Ok(());
        }
        let account = writer.user().uuid();
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let mine = draft::table.filter(draft::account_id.eq(account)).filter(draft::form.eq(&form));
        diesel::delete(mine).execute(&mut conn).await?;
        let id = RequestId::from(fresh(real_now()).map_err(|_| Fault::Keys)?).uuid();
        let sealed = key(unit)?.seal(&place(id), words.as_bytes()).map_err(Fault::from)?;
        insert_into(draft::table)
            .values((
                draft::id.eq(id),
                draft::account_id.eq(account),
                draft::form.eq(form),
                draft::words_sealed.eq(sealed),
                draft::saved_at.eq(real_now()),
            ))
            .on_conflict((draft::account_id, draft::form))
            .do_update()
            .set((
                draft::id.eq(excluded(draft::id)),
                draft::words_sealed.eq(excluded(draft::words_sealed)),
                draft::saved_at.eq(excluded(draft::saved_at)),
            ))
            .execute(&mut conn)
            .await?;
        Ok::<_, AccountError>(())
    })
    .await?;
    Ok(())
}

/// What the caller had begun to write on a page.
///
/// # Errors
/// When the session no longer counts, or the machine fails.
pub async fn kept_draft(desk: &Desk, who: Caller, form: String) -> Result<Option<String>, AccountError> {
    let found = desk.account_unit(who, async move |unit| {
        let user = unit.holder().await?.user();
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let row: Option<(Uuid, Vec<u8>)> = draft::table
            .filter(draft::account_id.eq(user.uuid()))
            .filter(draft::form.eq(form))
            .filter(draft::saved_at.gt(real_now() - Duration::hours(KEPT_HOURS)))
            .select((draft::id, draft::words_sealed))
            .first(&mut conn)
            .await
            .optional()?;
        unit.note_account("draft.read", Some(user), true);
        let Some((id, sealed)) = row else { return Ok(None) };
        let words = key(unit)?.open(&place(id), &sealed).map_err(Fault::from)?;
        Ok::<_, AccountError>(String::from_utf8(words.to_vec()).ok())
    });
    Ok(found.await?.into_parts().0)
}

/// Forgets what the caller had begun to write on a page.
///
/// # Errors
/// When the session no longer counts, or the machine fails.
pub async fn forget_draft(desk: &Desk, who: Caller, form: String) -> Result<(), AccountError> {
    let writer = who.actor.ok_or(Stop::Denied(Denied::Unauthenticated))?;
    desk.account_unit(who, async move |unit| {
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let mine = draft::table.filter(draft::account_id.eq(writer.user().uuid()));
        diesel::delete(mine.filter(draft::form.eq(form))).execute(&mut conn).await?;
        unit.note_account("draft.forget", Some(writer.user()), true);
        Ok::<_, AccountError>(())
    })
    .await?;
    Ok(())
}

/// Forgets every draft older than a day, whoever wrote it.
pub(super) async fn forget_old(unit: &Session<'_, Acting>) -> Result<(), Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let before = real_now() - Duration::hours(KEPT_HOURS);
    diesel::delete(draft::table.filter(draft::saved_at.le(before))).execute(&mut conn).await?;
    Ok(())
}
