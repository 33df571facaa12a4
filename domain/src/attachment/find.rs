//! The attachments of a file, and one of them, through the gate.

use std::collections::HashMap;

use authz::{
    desk::{Acting, Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{DocumentId, FileId},
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{AttachmentView, ContentRow, KIND, view};
use crate::{
    document::{Bodies, bodies, current, current_of},
    file::{
        find::lock,
        situation::{self, Rows},
    },
    schema::attachment_content,
};

/// The attachments of a file, as found.
pub struct Attachments {
    rows: Rows,
    bodies: Bodies,
    contents: HashMap<Uuid, ContentRow>,
}

/// Attachments the viewer may see.
#[derive(Serialize, ToSchema)]
pub struct AttachmentsView {
    /// In the order they were attached.
    pub items: Vec<AttachmentView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

impl Resource for Attachments {
    const KIND: &'static str = "attachments";
    const READ: &'static str = "attachment.list";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for Attachments {
    type View = AttachmentsView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<AttachmentsView, Fault> {
        let mut items = Vec::new();
        for row in current_of(&self.rows.documents, KIND, grant)? {
            let (body, content) = (self.bodies.get(&row.id), self.contents.get(&row.id));
            items.extend(view(&self.rows, row, body, content, grant)?);
        }
        Ok(AttachmentsView { items, next: None })
    }
}

/// One attachment, as found in its file.
pub struct AttachmentRecord {
    rows: Rows,
    id: DocumentId,
    bodies: Bodies,
    contents: HashMap<Uuid, ContentRow>,
}

impl Resource for AttachmentRecord {
    const KIND: &'static str = "attachment";
    const READ: &'static str = "attachment.read";
    const DOOR: Door = Door::Content;
    type Id = DocumentId;
}

impl Disclose for AttachmentRecord {
    type View = Option<AttachmentView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<AttachmentView>, Fault> {
        let Some(row) = current(&self.rows.documents, KIND, self.id.uuid(), grant) else { return Ok(None) };
        view(&self.rows, row, self.bodies.get(&row.id), self.contents.get(&row.id), grant)
    }
}

/// The heads of the contents of a file. They are read whoever looks.
pub(super) async fn contents<M>(
    session: &Session<'_, M>,
    file: FileId,
) -> QueryResult<HashMap<Uuid, ContentRow>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<ContentRow> = attachment_content::table
        .filter(attachment_content::file_id.eq(file.uuid()))
        .select((
            attachment_content::document_id,
            attachment_content::key_sealed,
            attachment_content::about_sealed,
            attachment_content::uploaded_at,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row)).collect())
}

/// The attachments of the file under this id, or the absence of it.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_all<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
) -> Result<Sealed<'tx, Attachments>, Stop> {
    let rows = situation::load(session, file).await?;
    let (bodies, contents) = (bodies(session, file, &[KIND]).await?, contents(session, file).await?);
    let held = match rows {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((Attachments { rows, bodies, contents }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), file, held))
}

/// The attachment under this id. One that does not exist takes the road of one that does not show.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: DocumentId,
) -> Result<Sealed<'tx, AttachmentRecord>, Stop> {
    let rows = situation::load(session, file).await?;
    let (bodies, contents) = (bodies(session, file, &[KIND]).await?, contents(session, file).await?);
    let held = match rows {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((AttachmentRecord { rows, id, bodies, contents }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// The attachment under this id, for a change: to others than its source it is absent.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    file: FileId,
    id: DocumentId,
) -> Result<Sealed<'tx, AttachmentRecord>, Stop> {
    lock(session, file).await?;
    let rows = situation::load(session, file).await?;
    let is_it = |rows: &Rows| {
        let mut documents = rows.documents.iter();
        documents
            .find(|row| row.id == id.uuid() && row.kind == KIND.number())
            .map(crate::file::rows::DocumentRow::source)
    };
    let owner = rows.as_ref().and_then(is_it);
    let held = match (rows, owner) {
        (Some(rows), Some(owner)) => {
            let scope = rows.scope(Owner::Secret(owner))?;
            let record = AttachmentRecord { rows, id, bodies: Bodies::new(), contents: HashMap::new() };
            Some((record, Scope::File(Box::new(scope))))
        }
        _ => None,
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
