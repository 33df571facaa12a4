//! Attaching a file: first what it is about, then its content.

use authz::{
    acts::AddAttachment,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, DocumentId, FileId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    limits::room_for_one,
    view::{Body, KIND},
};
use crate::{
    document::{NewDocument, store},
    file::view::RiskFile,
    refusal::Refusal,
    value::text::one_line,
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;

/// A file to attach. Its source is the agency of whoever attaches it: no member says so.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// What consent and policy shall take it for: the most delicate thing in it.
    #[schema(value_type = String)]
    pub category: Category,
    /// What it is called, on one line of at most 120 characters.
    pub name: String,
    /// The agencies that may receive it at all; absent: no vault; empty: nobody else.
    #[serde(default)]
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
}

/// An attachment that waits for its content.
#[derive(Serialize, ToSchema)]
pub struct AttachmentAdded {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    #[serde(skip)]
    file: Option<FileId>,
}

impl Answer for AttachmentAdded {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        self.file.map(|file| format!("/api/v1/files/{file}/attachments/{}", self.id))
    }
}

/// Notes what will be attached, under the file's key.
///
/// # Errors
/// When the person, the name or the vault is not right, the agency attached as much as it may, or the machine fails.
pub async fn add<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AddAttachment, RiskFile>,
    new: NewAttachment,
) -> Result<(Spent<'tx, AddAttachment>, AttachmentAdded), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let name = one_line(&new.name, LONGEST_NAME).map_err(|rule| Refusal::invalid("/name", rule))?;
    room_for_one(session, file).await?;
    let document = NewDocument {
        person: new.person,
        kind: KIND,
        category: new.category,
        vault: new.vault.as_deref(),
        supersedes: None,
    };
    let id = store(session, file, document, &Body { name }).await?;
    Ok((spent, AttachmentAdded { id, recorded_at: session.now(), file: Some(file) }))
}
