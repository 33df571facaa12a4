//! What an account wishes: by mail at once, once a day or not at all, and when not to be disturbed.

use authz::{
    acts::OwnAccount,
    desk::{
        Acting, Answer, Disclose, Door, Grant, Permit, Resource, Room, Scope, Sealed, Session, Spent, seal,
    },
    fault::{Fault, Stop},
    id::UserId,
};
use chrono::{NaiveTime, Timelike};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PreferenceRow;
use crate::{
    refusal::Refusal,
    schema::{account, delivery, notification_preference},
    validation::Rule,
    value::time_of_day,
};

/// When messages are announced by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ByMail {
    /// As they come.
    #[default]
    Immediate,
    /// At most one mail a day, at eight in the morning; urgent messages as they come.
    Digest,
    /// Never, urgent ones neither.
    Off,
}

/// Local hours of America/Toronto in which nothing but urgent messages is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// From this time of day.
    pub from: NaiveTime,
    /// Until this one, of the next day if it is the smaller.
    pub until: NaiveTime,
}

/// What an account wishes. Who says nothing is told at once, at any hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// By mail.
    pub mail: ByMail,
    /// Not then.
    pub quiet: Option<Quiet>,
}

impl Quiet {
    /// Reads two times of day.
    ///
    /// # Errors
    /// When one is none, or both are the same.
    pub fn read(from: &str, to: &str) -> Result<Self, Refusal> {
        let from = time_of_day(from).map_err(|rule| Refusal::invalid("/quiet_hours/from", rule))?;
        let until = time_of_day(to).map_err(|rule| Refusal::invalid("/quiet_hours/to", rule))?;
        if from == until {
            return Err(Refusal::invalid("/quiet_hours/to", Rule::OutOfRange));
        }
        Ok(Self { from, until })
    }
}

impl Preferences {
    /// A number nobody knows disturbs rather than hides.
    pub(super) fn stored((mail, from, until): PreferenceRow) -> Self {
        let mail = match mail {
            1 => ByMail::Digest,
            2 => ByMail::Off,
            _ => ByMail::Immediate,
        };
        Self { mail, quiet: from.zip(until).map(|(from, until)| Quiet { from, until }) }
    }
}

/// The wishes of an account, as found.
pub struct Notifications(Preferences);

/// How one is told.
#[derive(Serialize, ToSchema)]
pub struct NotificationsView {
    /// What goes where. The inbox holds everything in any case.
    pub channels: ChannelsView,
    /// When nothing but urgent messages is announced.
    pub quiet_hours: Option<QuietView>,
    /// The time zone of these hours.
    pub time_zone: &'static str,
}

/// What goes where.
#[derive(Serialize, ToSchema)]
pub struct ChannelsView {
    /// By mail.
    pub mail: ByMail,
}

/// Two times of day, `HH:MM`.
#[derive(Serialize, ToSchema)]
pub struct QuietView {
    /// From then.
    pub from: String,
    /// Until then, of the next day if it is the smaller.
    pub to: String,
}

/// Wishes that were changed.
#[derive(Serialize, ToSchema)]
pub struct NotificationsChanged {
    /// The account.
    #[schema(value_type = Uuid)]
    pub user: UserId,
}

impl Answer for NotificationsChanged {
    const STATUS: u16 = 200;
}

impl Resource for Notifications {
    const KIND: &'static str = "notifications";
    const READ: &'static str = "notifications.read";
    const DOOR: Door = Door::Room;
    type Id = UserId;
}

impl Disclose for Notifications {
    type View = NotificationsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<NotificationsView, Fault> {
        let Self(Preferences { mail, quiet }) = self;
        let time = |time: NaiveTime| format!("{:02}:{:02}", time.hour(), time.minute());
        let quiet_hours = quiet.map(|quiet| QuietView { from: time(quiet.from), to: time(quiet.until) });
        Ok(NotificationsView { channels: ChannelsView { mail }, quiet_hours, time_zone: "America/Toronto" })
    }
}

/// The wishes of the account that asks.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(session: &mut Session<'tx, M>) -> Result<Sealed<'tx, Notifications>, Stop> {
    let user = session.identify().await?.user();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let row: Option<PreferenceRow> = notification_preference::table
        .filter(notification_preference::account_id.eq(user.uuid()))
        .select((
            notification_preference::mail,
            notification_preference::quiet_from,
            notification_preference::quiet_until,
        ))
        .first(&mut conn)
        .await
        .optional()?;
    let wishes = row.map(Preferences::stored).unwrap_or_default();
    let held = Some((Notifications(wishes), Scope::Room(Room::Holder(user))));
    Ok(seal(Key::take(), session.tx(Key::take()), user, held))
}

/// The same, held until the unit ends: of two changes the second sees what the first did.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_change<'tx>(
    session: &mut Session<'tx, Acting>,
) -> Result<Sealed<'tx, Notifications>, Stop> {
    let user = session.identify().await?.user();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let _: Uuid = account::table
        .filter(account::id.eq(user.uuid()))
        .select(account::id)
        .for_no_key_update()
        .first(&mut conn)
        .await?;
    find(session).await
}

/// Changes them. What is waiting already waits as they say now.
///
/// # Errors
/// When the database fails.
pub async fn set<'tx>(
    session: &Session<'tx, Acting>,
    permit: Permit<'tx, OwnAccount, Notifications>,
    wishes: Preferences,
) -> Result<(Spent<'tx, OwnAccount>, NotificationsChanged), Refusal> {
    let (user, spent) = permit.spend(Key::take());
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let mail = match wishes.mail {
        ByMail::Immediate => 0i16,
        ByMail::Digest => 1,
        ByMail::Off => 2,
    };
    let row = (
        notification_preference::mail.eq(mail),
        notification_preference::quiet_from.eq(wishes.quiet.map(|quiet| quiet.from)),
        notification_preference::quiet_until.eq(wishes.quiet.map(|quiet| quiet.until)),
        notification_preference::changed_at.eq(now),
    );
    insert_into(notification_preference::table)
        .values((notification_preference::account_id.eq(user.uuid()), row))
        .on_conflict(notification_preference::account_id)
        .do_update()
        .set(row)
        .execute(&mut conn)
        .await?;
    // An urgent message waits for nothing, so none of these is one.
    let waiting =
        delivery::account_id.eq(user.uuid()).and(delivery::mail_id.is_null()).and(delivery::due_at.gt(now));
    match wishes.due(false, now) {
        None => diesel::delete(delivery::table.filter(waiting)).execute(&mut conn).await?,
        Some(due) => {
            diesel::update(delivery::table.filter(waiting))
                .set(delivery::due_at.eq(due))
                .execute(&mut conn)
                .await?
        }
    };
    Ok((spent, NotificationsChanged { user }))
}
