//! The content of an attachment: its pieces are read only for whom the gate lets read them.

use std::collections::HashMap;

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    gate::Label,
    id::{DocumentId, FileId},
    keys::{ContentKey, Piece},
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    FileType, chunk_place,
    find::contents,
    key_place,
    view::{ContentRow, KIND, name},
};
use crate::{
    document::{Bodies, bodies, current},
    file::situation::{self, Rows},
    schema::attachment_chunk,
};

/// A content, as found.
pub struct AttachmentContent {
    rows: Rows,
    id: DocumentId,
    bodies: Bodies,
    contents: HashMap<Uuid, ContentRow>,
    pieces: Vec<Vec<u8>>,
}

/// A content, to be handed out.
pub struct ContentView {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub file_type: FileType,
    /// The bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl Resource for AttachmentContent {
    const KIND: &'static str = "attachment";
    const READ: &'static str = "attachment.content";
    const DOOR: Door = Door::Content;
    type Id = DocumentId;
}

impl Disclose for AttachmentContent {
    type View = Option<ContentView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<ContentView>, Fault> {
        let id = self.id.uuid();
        let Some(row) = current(&self.rows.documents, KIND, id, grant) else { return Ok(None) };
        let Some(content) = self.contents.get(&id) else { return Ok(None) };
        let Some(about) = content.about(row, grant)? else { return Ok(None) };
        let Some(name) = name(row, self.bodies.get(&id).ok_or(Fault::Stored)?, grant)? else {
            return Ok(None);
        };
        let wrapped = content.key_sealed.as_ref().ok_or(Fault::Stored)?;
        let key = grant.unseal(&content.label(row)?, KIND.wire(), &key_place(id), wrapped, |plain| {
            ContentKey::from_bytes(plain).ok()
        })?;
        let Some(key) = key else { return Ok(None) };
        let about = about.value();
        let bytes = joined(key.value(), id, &self.pieces, about.size)?;
        let file_type = FileType::named(&about.media_type).ok_or(Fault::Stored)?;
        Ok(Some(ContentView { name: name.value().clone(), file_type, bytes }))
    }
}

fn joined(key: &ContentKey, id: Uuid, pieces: &[Vec<u8>], size: usize) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(pieces.iter().map(Vec::len).sum()));
    for (at, sealed) in pieces.iter().enumerate() {
        let position = u32::try_from(at).map_err(|_| Fault::Stored)?;
        let piece = Piece { position, last: at + 1 == pieces.len() };
        bytes.extend_from_slice(&key.open(&chunk_place(id), piece, sealed)?);
    }
    // The last piece was filled up: its length would tell the content's.
    if pieces.is_empty() || bytes.len() < size {
        return Err(Fault::Stored);
    }
    bytes.truncate(size);
    Ok(bytes)
}

/// The content of the attachment under this id. Who may not read it waits for no more than who asks for
/// one that does not exist.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_content<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: DocumentId,
) -> Result<Sealed<'tx, AttachmentContent>, Stop> {
    let rows = situation::load(session, file).await?;
    let (bodies, contents) = (bodies(session, file, &[KIND]).await?, contents(session, file).await?);
    let held = match rows {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            let readable = match label_of(&rows, &contents, id)? {
                None => false,
                Some(label) => session.would_show(Key::take(), &scope, &label)?,
            };
            let pieces = if readable { pieces(session, id).await? } else { Vec::new() };
            Some((AttachmentContent { rows, id, bodies, contents, pieces }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

fn label_of(
    rows: &Rows,
    contents: &HashMap<Uuid, ContentRow>,
    id: DocumentId,
) -> Result<Option<Label<Uuid>>, Fault> {
    let mut documents = rows.documents.iter();
    let row =
        documents.find(|row| row.id == id.uuid() && row.kind == KIND.number() && row.retracted_at.is_none());
    row.zip(contents.get(&id.uuid())).map(|(row, content)| content.label(row)).transpose()
}

async fn pieces<M>(session: &Session<'_, M>, id: DocumentId) -> QueryResult<Vec<Vec<u8>>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    attachment_chunk::table
        .filter(attachment_chunk::document_id.eq(id.uuid()))
        .order(attachment_chunk::position)
        .select(attachment_chunk::sealed)
        .load(&mut conn)
        .await
}
