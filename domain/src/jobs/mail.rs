//! Mails claimed, sent by whoever holds the connection to a server for mail, and settled.
//!
//! A claim is a lease: it commits before anything is sent, nobody else sends that mail until it ends, and it ends
//! by itself if its holder is killed. INVARIANT: a mail is claimed by one process at a time; who settles it names
//! the claim, so that one whose lease ran out changes nothing.
//!
//! Between the server's 250 and our commit there is a moment in which to be killed means to send again: SMTP
//! cannot do better. The mail keeps its identifier, out of which its `Message-ID` is made, so that receivers may
//! drop the second.

use authz::{
    fault::Fault,
    id::{MailId, fresh},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, insert_into,
    result::Error, sql_query, sql_types::Timestamptz,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::Line;
use crate::{
    inbox::existing::for_human,
    notification::{ByMail, wishes},
    schema::{account, agency, delivery, inbox, mail},
    wording::Lang,
};

/// How long a claim holds: several times the longest that sending one mail may take.
pub const LEASE: TimeDelta = TimeDelta::minutes(3);
/// After so many attempts, over two days, a mail is given up. Its messages stay in the inbox.
pub const MOST_ATTEMPTS: i16 = 20;
/// The wait after a first failure; it doubles with each.
const FIRST_WAIT: i64 = 30;
/// The longest wait between two attempts, in seconds.
const LONGEST_WAIT: i64 = 6 * 3_600;
/// Most accounts whose messages are gathered at once.
const BATCH: i64 = 100;

/// A mail that this process may send until its claim runs out. No `Debug`: it holds an address.
pub struct Mail {
    /// Handle; every attempt has the same.
    pub id: MailId,
    /// Where it goes.
    pub to: String,
    /// The language of its words.
    pub lang: Lang,
    claim: i16,
}

/// What there is of mails, for who watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailCounts {
    /// To be sent, or tried again.
    pub waiting: i64,
    /// Given up.
    pub abandoned: i64,
}

/// Takes one mail that is due, if there is one. What is due is reckoned at `now`, claims at `machine`.
///
/// # Errors
/// When the database fails.
pub async fn claim_mail(
    line: &mut Line,
    now: DateTime<Utc>,
    machine: DateTime<Utc>,
) -> Result<Option<Mail>, Fault> {
    gather(&mut line.0, now, machine).await?;
    let claimed = line
        .0
        .transaction(async |conn| {
            let free = mail::claimed_until.is_null().or(mail::claimed_until.lt(machine));
            let found: Vec<(Uuid, Uuid, i16)> = mail::table
                .filter(mail::sent_at.is_null().and(mail::abandoned_at.is_null()))
                .filter(mail::retry_at.le(machine))
                .filter(free)
                .order(mail::retry_at)
                .limit(1)
                .select((mail::id, mail::account_id, mail::attempts))
                .for_update()
                .skip_locked()
                .load(conn)
                .await?;
            let Some((id, to, attempts)) = found.into_iter().next() else { return Ok(None) };
            let claim = attempts.saturating_add(1);
            diesel::update(mail::table.filter(mail::id.eq(id)))
                .set((mail::attempts.eq(claim), mail::claimed_until.eq(machine + LEASE)))
                .execute(conn)
                .await?;
            let (to, locale): (String, String) = account::table
                .filter(account::id.eq(to))
                .select((account::email, account::locale))
                .first(conn)
                .await?;
            let lang = if locale == Lang::En.tag() { Lang::En } else { Lang::Fr };
            Ok::<_, Error>(Some(Mail { id: MailId::from_uuid(id), to, lang, claim }))
        })
        .await?;
    Ok(claimed)
}

/// Notes that the server took a mail. False when the claim was no longer this one.
///
/// # Errors
/// When the database fails.
pub async fn mail_sent(line: &mut Line, sent: &Mail, machine: DateTime<Utc>) -> Result<bool, Fault> {
    let claim = mail::id.eq(sent.id.uuid()).and(mail::attempts.eq(sent.claim));
    let settled = diesel::update(mail::table.filter(claim.and(mail::sent_at.is_null())))
        .set((mail::sent_at.eq(machine), mail::claimed_until.eq(None::<DateTime<Utc>>)))
        .execute(&mut line.0)
        .await?;
    Ok(settled == 1)
}

/// Notes that a mail could not be sent: it is tried again later and later, and in the end given up. `chance` is
/// any number, so that not all mails that failed together come back together.
///
/// # Errors
/// When the database fails.
pub async fn mail_failed(
    line: &mut Line,
    failed: &Mail,
    machine: DateTime<Utc>,
    chance: u32,
) -> Result<(), Fault> {
    let claim = mail::id.eq(failed.id.uuid()).and(mail::attempts.eq(failed.claim));
    let given_up = (failed.claim >= MOST_ATTEMPTS).then_some(machine);
    diesel::update(mail::table.filter(claim.and(mail::sent_at.is_null())))
        .set((
            mail::retry_at.eq(machine + wait(failed.claim, chance)),
            mail::claimed_until.eq(None::<DateTime<Utc>>),
            mail::abandoned_at.eq(given_up),
        ))
        .execute(&mut line.0)
        .await?;
    Ok(())
}

/// Counts mails, without anybody's name.
///
/// # Errors
/// When the database fails.
pub async fn mail_counts(line: &mut Line) -> Result<MailCounts, Fault> {
    let waiting = mail::table
        .filter(mail::sent_at.is_null().and(mail::abandoned_at.is_null()))
        .count()
        .get_result(&mut line.0)
        .await?;
    let abandoned =
        mail::table.filter(mail::abandoned_at.is_not_null()).count().get_result(&mut line.0).await?;
    Ok(MailCounts { waiting, abandoned })
}

/// How long after an attempt the next one comes: doubled each time, between half and the whole of it.
fn wait(attempts: i16, chance: u32) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    let whole = FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT).saturating_mul(1_000);
    let half = whole / 2;
    TimeDelta::milliseconds(half + i64::from(chance) % half.max(1))
}

/// Makes one mail of all that is due to an account.
async fn gather(
    conn: &mut AsyncPgConnection,
    now: DateTime<Utc>,
    machine: DateTime<Utc>,
) -> Result<(), Fault> {
    let due = delivery::mail_id.is_null().and(delivery::due_at.le(now));
    let accounts: Vec<Uuid> =
        delivery::table.filter(due).select(delivery::account_id).distinct().limit(BATCH).load(conn).await?;
    for account in accounts {
        conn.transaction(async |conn| gather_for(conn, account, now, machine).await).await?;
    }
    Ok(())
}

async fn gather_for(
    conn: &mut AsyncPgConnection,
    to: Uuid,
    now: DateTime<Utc>,
    machine: DateTime<Utc>,
) -> QueryResult<()> {
    // One gatherer for an account: what is due at one moment never becomes two mails.
    let held: Vec<Uuid> = account::table
        .filter(account::id.eq(to))
        .select(account::id)
        .for_no_key_update()
        .skip_locked()
        .load(conn)
        .await?;
    if held.is_empty() {
        return Ok(());
    }
    let due = delivery::account_id.eq(to).and(delivery::mail_id.is_null()).and(delivery::due_at.le(now));
    let due: Vec<Uuid> = delivery::table.filter(due).select(delivery::inbox_id).load(conn).await?;
    let (announced, moot): (Vec<Uuid>, Vec<Uuid>) = {
        let worth = worth_a_mail(conn, to, &due).await?;
        due.into_iter().partition(|message| worth.contains(message))
    };
    if !moot.is_empty() {
        diesel::delete(delivery::table.filter(delivery::inbox_id.eq_any(&moot))).execute(conn).await?;
    }
    if announced.is_empty() {
        return Ok(());
    }
    let id = MailId::from(fresh(machine).map_err(|_| Error::RollbackTransaction)?).uuid();
    insert_into(mail::table)
        .values((
            mail::id.eq(id),
            mail::account_id.eq(to),
            mail::created_at.eq(machine),
            mail::retry_at.eq(machine),
        ))
        .execute(conn)
        .await?;
    // A mail that waits for another attempt would say the same again: the new one says it for both, at once.
    let replaced: Vec<Uuid> = mail::table
        .filter(mail::account_id.eq(to).and(mail::id.ne(id)))
        .filter(mail::sent_at.is_null().and(mail::abandoned_at.is_null()))
        .filter(mail::claimed_until.is_null().or(mail::claimed_until.lt(machine)))
        .select(mail::id)
        .for_update()
        .skip_locked()
        .load(conn)
        .await?;
    diesel::update(
        delivery::table
            .filter(delivery::inbox_id.eq_any(&announced).or(delivery::mail_id.eq_any(replaced.clone()))),
    )
    .set(delivery::mail_id.eq(id))
    .execute(conn)
    .await?;
    diesel::delete(mail::table.filter(mail::id.eq_any(&replaced))).execute(conn).await?;
    Ok(())
}

/// The messages that still want announcing: not read yet, to somebody who is at work, wishes mail, and for whom
/// what they are about exists.
async fn worth_a_mail(conn: &mut AsyncPgConnection, to: Uuid, messages: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    if wishes(conn, &[to]).await?.get(&to).is_some_and(|wishes| wishes.mail == ByMail::Off) {
        return Ok(Vec::new());
    }
    let at_work = account::disabled_at.is_null().and(agency::disabled_at.is_null());
    let human: Option<Uuid> = account::table
        .inner_join(agency::table)
        .filter(account::id.eq(to).and(at_work))
        .select(account::human_id)
        .first(conn)
        .await
        .optional()?;
    let Some(human) = human else { return Ok(Vec::new()) };
    inbox::table
        .filter(inbox::id.eq_any(messages))
        .filter(inbox::read_at.is_null())
        .filter(for_human(human))
        .select(inbox::id)
        .load(conn)
        .await
}

/// Forgets what was settled a month ago, and what was never gathered, as where no mail is sent.
pub(super) async fn forget(
    conn: &mut AsyncPgConnection,
    now: DateTime<Utc>,
    machine: DateTime<Utc>,
) -> Result<(), Fault> {
    sql_query("delete from mail where coalesce(sent_at, abandoned_at) < $1")
        .bind::<Timestamptz, _>(machine - TimeDelta::days(30))
        .execute(conn)
        .await?;
    let stale = delivery::mail_id.is_null().and(delivery::due_at.lt(now - TimeDelta::days(7)));
    diesel::delete(delivery::table.filter(stale)).execute(conn).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_come_later_and_later_within_bounds_and_not_together() {
        for (attempts, most) in
            [(1, 30), (2, 60), (5, 480), (10, 15_360), (11, 21_600), (20, 21_600), (i16::MAX, 21_600)]
        {
            let bounds = TimeDelta::seconds(most) / 2..=TimeDelta::seconds(most);
            for chance in [0, 1, 14_999, 15_000, 4_000_000, u32::MAX] {
                assert!(bounds.contains(&wait(attempts, chance)), "{attempts} {chance}");
            }
        }
        assert_ne!(wait(1, 1), wait(1, 2));
    }

    #[test]
    fn a_mail_is_tried_for_over_two_days() {
        let shortest: TimeDelta = (1..MOST_ATTEMPTS).map(|attempts| wait(attempts, 0)).sum();
        let longest: TimeDelta = (1..MOST_ATTEMPTS).map(|attempts| wait(attempts, u32::MAX)).sum();
        assert!(shortest > TimeDelta::days(1) && longest > TimeDelta::days(2), "{shortest} {longest}");
    }
}
