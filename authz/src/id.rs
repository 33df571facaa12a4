//! Every identifier is its own type over a `UUIDv7`; this file is their one registry.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Reads an identifier that came from a path, a body or a row.
            #[must_use]
            pub const fn from_uuid(inner: Uuid) -> Self { Self(inner) }
            /// The bare value, for a query.
            #[must_use]
            pub const fn uuid(self) -> Uuid { self.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { text.parse().map(Self) }
        }

        impl From<$name> for Uuid { fn from(id: $name) -> Self { id.0 } }

        impl From<Fresh> for $name { fn from(fresh: Fresh) -> Self { Self(fresh.0) } }
    )+};
}

ids! {
    /// A rapid intervention cell (*cellule d'intervention rapide*).
    CellId,
    /// An agency (*organisme*).
    AgencyId,
    /// An account: one person signed in for one agency.
    UserId,
    /// A human being, across all accounts. Recusal is of this.
    HumanId,
    /// A signed-in session and its family of refresh tokens.
    SessionId,
    /// An action of a safety net (*mesure du filet de sécurité*).
    ActionId,
    /// A risk file (*dossier de risque*).
    FileId,
    /// A mobilisation: a cell's process around one situation.
    MobilisationId,
    /// A meeting of a cell around one situation.
    MeetingId,
    /// Somebody's presence at a meeting, from arrival to departure.
    AttendanceId,
    /// An item of a meeting's agenda.
    AgendaItemId,
    /// What was told at a meeting by one agency to another, on a consent.
    OralDisclosureId,
    /// A person in one file.
    PersonId,
    /// A fact.
    FactId,
    /// A document that carries the label of a fact.
    DocumentId,
    /// A consent or refusal.
    ConsentId,
    /// A disclosure act without consent (*levée de confidentialité*).
    DisclosureId,
    /// A row of the access log.
    EventId,
    /// One HTTP request.
    RequestId,
    /// A message waiting in the outbox.
    OutboxId,
    /// A message delivered to somebody.
    InboxId,
    /// An invitation to enrol.
    InvitationId,
    /// A role that waits for a second admin.
    RoleRequestId,
    /// A passkey.
    PasskeyId,
    /// A challenge that a passkey is to answer.
    CeremonyId,
    /// A mail on its way.
    MailId,
    /// Something somebody is to be reminded of.
    ReminderId,
    /// A confidentiality incident (*incident de confidentialité*).
    IncidentId,
    /// A request for access (*demande d'accès*).
    AccessRequestId,
}

/// A new identifier that has no kind yet.
#[derive(Debug, Clone, Copy)]
pub struct Fresh(Uuid);

/// Makes an identifier for a given instant: time and randomness are the caller's.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn fresh(at: DateTime<Utc>) -> Result<Fresh, getrandom::Error> {
    let mut random = [0u8; 10];
    getrandom::fill(&mut random)?;
    Ok(from_parts(at, random))
}

/// Makes an identifier from its parts, for loaders that must keep an order.
#[must_use]
pub fn from_parts(at: DateTime<Utc>, random: [u8; 10]) -> Fresh {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Fresh(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}
