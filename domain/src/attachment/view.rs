//! An attachment as one viewer may see it.

use std::collections::HashMap;

use authz::{
    desk::{Grant, Resource, Shown},
    fault::Fault,
    gate::Label,
    id::{AgencyId, DocumentId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FileType, about_place};
use crate::{
    document::{DocumentKind, body_place},
    file::{
        rows::{AgencyRow, DocumentRow},
        situation::Rows,
        view::{BasisView, SourceView, own_vault, source},
    },
};

/// An attachment.
#[derive(Serialize, ToSchema)]
pub struct AttachmentView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// What consent and policy take it for.
    #[schema(value_type = String)]
    pub category: Category,
    /// What it is called.
    #[schema(value_type = String)]
    pub name: Shown<String>,
    /// Which agency attached it.
    pub source: SourceView,
    /// When it was attached.
    pub recorded_at: DateTime<Utc>,
    /// On what it is shown.
    pub basis: BasisView,
    /// For its source: the agencies that may receive it at all; absent: no vault; empty: nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
    /// Its content; nothing while none was uploaded, or none that may be read.
    pub content: Option<AboutView>,
}

/// What is known of a content without reading it.
#[derive(Serialize, ToSchema)]
pub struct AboutView {
    /// Type and size.
    #[serde(flatten)]
    #[schema(value_type = About)]
    pub about: Shown<About>,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
}

/// Type and size.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct About {
    /// Media type, told by the content.
    pub media_type: String,
    /// Bytes.
    pub size: usize,
}

/// What is sealed of an attachment in its document.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub name: String,
}

/// The stored head of a content.
#[derive(diesel::Queryable)]
pub(super) struct ContentRow {
    pub document_id: Uuid,
    pub key_sealed: Option<Vec<u8>>,
    pub about_sealed: Vec<u8>,
    pub uploaded_at: DateTime<Utc>,
}

impl ContentRow {
    /// The label of the content: that of its document, at the moment it was uploaded. An act made before
    /// tells the document, and never opens what came later.
    pub fn label(&self, document: &DocumentRow) -> Result<Label<Uuid>, Fault> {
        Ok(Label { recorded_at: self.uploaded_at, ..document.label()? })
    }

    /// Type and size, if the gate shows them.
    pub fn about<R: Resource>(
        &self,
        document: &DocumentRow,
        grant: &Grant<'_, R>,
    ) -> Result<Option<Shown<About>>, Fault> {
        let place = about_place(self.document_id);
        grant.unseal(&self.label(document)?, KIND.wire(), &place, &self.about_sealed, |plain| {
            serde_json::from_slice::<About>(plain)
                .ok()
                .filter(|about| FileType::named(&about.media_type).is_some())
        })
    }
}

pub(super) const KIND: DocumentKind = DocumentKind::Attachment;

/// The name, if the gate shows it.
pub(super) fn name<R: Resource>(
    row: &DocumentRow,
    body: &[u8],
    grant: &Grant<'_, R>,
) -> Result<Option<Shown<String>>, Fault> {
    grant.unseal(&row.label()?, KIND.wire(), &body_place(row.id), body, |plain| {
        serde_json::from_slice::<Body>(plain).ok().map(|body| body.name)
    })
}

/// The attachment, if the gate shows it.
pub(super) fn view<R: Resource>(
    rows: &Rows,
    row: &DocumentRow,
    body: Option<&Vec<u8>>,
    content: Option<&ContentRow>,
    grant: &Grant<'_, R>,
) -> Result<Option<AttachmentView>, Fault> {
    let names: HashMap<Uuid, &AgencyRow> = rows.agencies.iter().map(|agency| (agency.id, agency)).collect();
    let Some(name) = name(row, body.ok_or(Fault::Stored)?, grant)? else { return Ok(None) };
    let about = content.map(|content| content.about(row, grant)).transpose()?.flatten();
    let content =
        about.zip(content).map(|(about, content)| AboutView { about, uploaded_at: content.uploaded_at });
    Ok(Some(AttachmentView {
        id: DocumentId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person_id),
        category: row.category()?,
        basis: name.basis().into(),
        name,
        source: source(&names, row.source_id)?,
        recorded_at: row.recorded_at,
        vault: own_vault(&row.label()?, grant),
        content,
    }))
}
