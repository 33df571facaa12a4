//! An identifier out of the path.

use std::{
    future::{Ready, ready},
    marker::PhantomData,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use uuid::Uuid;

use crate::problem::Problem;

/// The identifier under a name in the path. What is no identifier names nothing, and takes the same
/// road as one that never existed.
pub struct Id<const POSITION: usize, T>(Uuid, PhantomData<T>);

impl<const POSITION: usize, T: From<IdOf>> Id<POSITION, T> {
    /// The typed identifier.
    #[must_use]
    pub fn get(&self) -> T {
        T::from(IdOf(self.0))
    }
}

/// A bare identifier on its way to its type.
pub struct IdOf(pub(crate) Uuid);

macro_rules! typed {
    ($($name:ident),+) => {$(
        impl From<IdOf> for authz::id::$name {
            fn from(id: IdOf) -> Self { Self::from_uuid(id.0) }
        }
    )+};
}
typed!(
    FileId,
    PersonId,
    FactId,
    DocumentId,
    MobilisationId,
    ActionId,
    MeetingId,
    AttendanceId,
    ConsentId,
    DisclosureId,
    AgencyId,
    CellId,
    UserId,
    SessionId,
    EventId,
    InboxId,
    InvitationId,
    PasskeyId,
    RoleRequestId,
    IncidentId,
    AccessRequestId
);

impl<const POSITION: usize, T> FromRequest for Id<POSITION, T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.match_info().iter().nth(POSITION).map(|(_, text)| text).unwrap_or_default();
        let id = Uuid::try_parse(text).unwrap_or(Uuid::nil());
        ready(Ok(Self(id, PhantomData)))
    }
}
