//! What a calendar may hold of a meeting: when, and nothing else.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session},
    fault::{Fault, Stop},
    id::{MeetingId, MobilisationId},
};
use chrono::{DateTime, Utc};

use super::{find::find_as, rows::Held, view::Sight};

/// A meeting to be written into a calendar.
pub struct Invitation(Held);

/// A calendar event.
pub struct InvitationView {
    /// A name drawn by chance.
    pub uid: String,
    /// How often it changed.
    pub sequence: i32,
    /// When it changed last.
    pub changed_at: DateTime<Utc>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: Option<DateTime<Utc>>,
    /// Is it called off?
    pub cancelled: bool,
}

impl Resource for Invitation {
    const KIND: &'static str = "meeting";
    const READ: &'static str = "meeting.invitation";
    const DOOR: Door = Door::Content;
    type Id = MeetingId;
}

impl Disclose for Invitation {
    type View = Option<InvitationView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<InvitationView>, Fault> {
        let Self(held) = self;
        let sight = Sight::of(&held, grant);
        if !sight.leads && !held.seats.iter().any(|seat| seat.calls(sight.account)) {
            return Ok(None);
        }
        Ok(Some(InvitationView {
            uid: held.meeting.invitation_uid,
            sequence: held.meeting.sequence,
            changed_at: held.meeting.changed_at,
            starts_at: held.meeting.starts_at,
            ends_at: held.meeting.ends_at,
            cancelled: held.meeting.cancelled_at.is_some(),
        }))
    }
}

/// The meeting under this id, to be written into a calendar.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_invitation<'tx, M>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, Invitation>, Stop> {
    find_as(session, process, id, Invitation).await
}
