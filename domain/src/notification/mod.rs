//! How people are told outside the program: by mail, when they wish to be, in words that say nothing of a case.
//!
//! The inbox is where messages are; a mail only says that one is there. What is due is reckoned in the domain's
//! time, what is sent and tried again in the machine's.

mod due;
mod letter;
mod preferences;

pub use letter::{Letter, letter};
pub use preferences::{
    ByMail, ChannelsView, Notifications, NotificationsChanged, NotificationsView, Preferences, Quiet,
    QuietView, find, find_to_change, set,
};

use std::collections::HashMap;

use chrono::NaiveTime;
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::notification_preference;

pub(crate) type PreferenceRow = (i16, Option<NaiveTime>, Option<NaiveTime>);

/// What these accounts wish; whoever said nothing is not among them.
pub(crate) async fn wishes(
    conn: &mut AsyncPgConnection,
    accounts: &[Uuid],
) -> QueryResult<HashMap<Uuid, Preferences>> {
    let rows: Vec<(Uuid, PreferenceRow)> = notification_preference::table
        .filter(notification_preference::account_id.eq_any(accounts))
        .select((
            notification_preference::account_id,
            (
                notification_preference::mail,
                notification_preference::quiet_from,
                notification_preference::quiet_until,
            ),
        ))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(account, row)| (account, Preferences::stored(row))).collect())
}
