//! Acknowledging a message.

use authz::{
    acts::OwnAccount,
    desk::{Acting, Answer, Door, Permit, Resource, Room, Scope, Sealed, Session, Spent, seal},
    fault::Stop,
    id::{InboxId, UserId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Message, existing::for_human};
use crate::{refusal::Refusal, schema::inbox};

impl Resource for Message {
    const KIND: &'static str = "message";
    const READ: &'static str = "message.read";
    const DOOR: Door = Door::Room;
    type Id = InboxId;
}

/// A message that was acknowledged.
#[derive(Serialize, ToSchema)]
pub struct Acknowledged {
    /// The message.
    #[schema(value_type = Uuid)]
    pub id: InboxId,
    /// When, the first time.
    pub read_at: DateTime<Utc>,
}

impl Answer for Acknowledged {
    const STATUS: u16 = 200;
}

/// The message under this id, or the absence of one: another person's is absent.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx>(
    session: &mut Session<'tx, Acting>,
    id: InboxId,
) -> Result<Sealed<'tx, Message>, Stop> {
    let human = session.identify().await?.human();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let holder: Option<Uuid> = inbox::table
        .filter(inbox::id.eq(id.uuid()))
        .filter(for_human(human.uuid()))
        .select(inbox::account_id)
        .first(&mut conn)
        .await
        .optional()?;
    let held = holder.map(|holder| (Message, Scope::Room(Room::Holder(UserId::from_uuid(holder)))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Acknowledges a message. Doing it again changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn acknowledge<'tx>(
    session: &Session<'tx, Acting>,
    permit: Permit<'tx, OwnAccount, Message>,
) -> Result<(Spent<'tx, OwnAccount>, Acknowledged), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(inbox::table.filter(inbox::id.eq(id.uuid())).filter(inbox::read_at.is_null()))
        .set(inbox::read_at.eq(now))
        .execute(&mut conn)
        .await?;
    let read_at: Option<DateTime<Utc>> =
        inbox::table.filter(inbox::id.eq(id.uuid())).select(inbox::read_at).first(&mut conn).await?;
    Ok((spent, Acknowledged { id, read_at: read_at.unwrap_or(now) }))
}
