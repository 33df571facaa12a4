//! The messages of the account that asks, newest first.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{FileId, InboxId, MobilisationId, UserId},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    existing::for_human,
    message::{of_mobilisation, sentence},
};
use crate::{schema::inbox, wording::Lang};

/// A message.
#[derive(Serialize, ToSchema)]
pub struct MessageView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: InboxId,
    /// What happened, as a stable name.
    pub kind: String,
    /// What happened, in words.
    pub text: String,
    /// The file it leads to.
    #[schema(value_type = Option<Uuid>)]
    pub file: Option<FileId>,
    /// The mobilisation it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Uuid>)]
    pub mobilisation: Option<MobilisationId>,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// When it was acknowledged.
    pub read_at: Option<DateTime<Utc>>,
}

struct Inbox(Vec<Row>, Lang);
type Row = (Uuid, String, Option<Uuid>, DateTime<Utc>, Option<DateTime<Utc>>);

impl Resource for Inbox {
    const KIND: &'static str = "inbox";
    const READ: &'static str = "inbox.list";
    const DOOR: Door = Door::Room;
    type Id = UserId;
}

impl Disclose for Inbox {
    type View = Vec<MessageView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<MessageView>, Fault> {
        let Self(rows, lang) = self;
        let view = |(id, kind, subject, created_at, read_at): Row| MessageView {
            id: InboxId::from_uuid(id),
            text: sentence(&kind, lang),
            file: subject.filter(|_| !of_mobilisation(&kind)).map(FileId::from_uuid),
            mobilisation: subject.filter(|_| of_mobilisation(&kind)).map(MobilisationId::from_uuid),
            kind,
            created_at,
            read_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// At most `limit` messages, newest first, older than one of them.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn page<'tx, M>(
    session: &mut Session<'tx, M>,
    limit: i64,
    before: Option<(DateTime<Utc>, Uuid)>,
    lang: Lang,
) -> Result<Sealed<'tx, impl Disclose<View = Vec<MessageView>> + use<M>>, Stop> {
    let standing = session.identify().await?;
    let (user, human) = (standing.user(), standing.human());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let mut query = inbox::table
        .filter(inbox::account_id.eq(user.uuid()))
        .filter(for_human(human.uuid()))
        .order((inbox::created_at.desc(), inbox::id.desc()))
        .limit(limit)
        .select((inbox::id, inbox::kind, inbox::subject, inbox::created_at, inbox::read_at))
        .into_boxed();
    if let Some((at, id)) = before {
        query = query.filter(inbox::created_at.lt(at).or(inbox::created_at.eq(at).and(inbox::id.lt(id))));
    }
    let rows = query.load(&mut conn).await?;
    let held = Some((Inbox(rows, lang), Scope::Room(Room::Holder(user))));
    Ok(seal(Key::take(), session.tx(Key::take()), user, held))
}
