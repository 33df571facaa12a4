//! Uploading the content of an attachment, whole and once.

use authz::{
    acts::UploadAttachment,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{DocumentId, FileId},
    keys::{ContentKey, Piece},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    AttachmentRecord, FileType, about_place, chunk_place, key_place, limits::room_for_bytes,
    photo::without_traces, view::About,
};
use crate::{
    file::merged::not_merged,
    refusal::Refusal,
    schema::{attachment_chunk, attachment_content, document},
    validation::Rule,
};

/// The largest content, in bytes.
pub const LARGEST_CONTENT: usize = 10 * 1024 * 1024;
/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// What the last piece is filled up to a multiple of, so that its length does not tell the content's.
const BLOCK: usize = 4 * 1024;

/// What was sent.
pub struct Upload<'u> {
    /// The media type it was declared as.
    pub declared: &'u str,
    /// The bytes.
    pub content: &'u [u8],
}

/// A content that was uploaded.
#[derive(Serialize, ToSchema)]
pub struct ContentUploaded {
    /// Handle of the attachment.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

impl Answer for ContentUploaded {
    const STATUS: u16 = 200;
}

/// Seals a content under a key of its own and keeps it; a photo without what its camera wrote into it.
///
/// # Errors
/// When the content is not of a type that may be attached, not of the declared one, or a picture that cannot be read;
/// when there is one already, the attachment was retracted, or the agency attached as much as it may; or when the
/// machine fails.
pub async fn upload<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, UploadAttachment, AttachmentRecord>,
    sent: Upload<'_>,
) -> Result<(Spent<'tx, UploadAttachment>, ContentUploaded), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let file_type = type_of(&sent)?;
    let content =
        without_traces(file_type, sent.content).ok_or_else(|| Refusal::invalid("", Rule::ImageUnreadable))?;
    let (now, user) = (session.now(), session.standing()?.user());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (file, cell, retracted_at): (Uuid, Uuid, Option<DateTime<Utc>>) = document::table
        .filter(document::id.eq(id.uuid()))
        .select((document::file_id, document::cell_id, document::retracted_at))
        .first(&mut conn)
        .await?;
    not_merged(session, FileId::from_uuid(file)).await?;
    let there: i64 = attachment_content::table
        .filter(attachment_content::document_id.eq(id.uuid()))
        .count()
        .get_result(&mut conn)
        .await?;
    if retracted_at.is_some() {
        return Err(Refusal::Conflict("attachment.retracted"));
    }
    if there != 0 {
        return Err(Refusal::Blocked(Rule::AlreadyUploaded));
    }
    room_for_bytes(session, FileId::from_uuid(file), content.len()).await?;
    let file_key = session.keys(Key::take()).open(FileId::from_uuid(file))?;
    let (key, wrapped) = ContentKey::fresh(&file_key, &key_place(id.uuid()))?;
    let about = About { media_type: file_type.media_type().to_owned(), size: content.len() };
    let about = serde_json::to_vec(&about).map_err(|_| authz::fault::Fault::Stored)?;
    insert_into(attachment_content::table)
        .values((
            attachment_content::document_id.eq(id.uuid()),
            attachment_content::file_id.eq(file),
            attachment_content::cell_id.eq(cell),
            attachment_content::key_sealed.eq(wrapped),
            attachment_content::about_sealed
                .eq(file_key.seal(&about_place(id.uuid()), &padded(&about, 256))?),
            attachment_content::uploaded_at.eq(now),
            attachment_content::uploaded_by.eq(user.uuid()),
        ))
        .execute(&mut conn)
        .await?;
    let rows: Vec<_> = sealed(&key, id.uuid(), &content)?
        .into_iter()
        .map(|(position, sealed)| {
            (
                attachment_chunk::document_id.eq(id.uuid()),
                attachment_chunk::position.eq(position),
                attachment_chunk::file_id.eq(file),
                attachment_chunk::cell_id.eq(cell),
                attachment_chunk::sealed.eq(sealed),
            )
        })
        .collect();
    insert_into(attachment_chunk::table).values(rows).execute(&mut conn).await?;
    Ok((spent, ContentUploaded { id, uploaded_at: now }))
}

/// The type that the content says and the sender too.
fn type_of(sent: &Upload<'_>) -> Result<FileType, Refusal> {
    if sent.content.is_empty() {
        return Err(Refusal::invalid("", Rule::Missing));
    }
    let declared = sent.declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let found = FileType::of(sent.content).ok_or_else(|| Refusal::invalid("", Rule::FileTypeNotAllowed))?;
    let declared =
        FileType::named(&declared).ok_or_else(|| Refusal::invalid("", Rule::FileTypeNotAllowed))?;
    if found == declared { Ok(found) } else { Err(Refusal::invalid("", Rule::FileTypeMismatch)) }
}

fn sealed(key: &ContentKey, id: Uuid, content: &[u8]) -> Result<Vec<(i32, Vec<u8>)>, Refusal> {
    let count = content.len().div_ceil(PIECE);
    let mut pieces = Vec::with_capacity(count);
    for (at, plain) in content.chunks(PIECE).enumerate() {
        let number = i32::try_from(at).map_err(|_| authz::fault::Fault::Stored)?;
        let piece = Piece { position: number.unsigned_abs(), last: at + 1 == count };
        pieces.push((number, key.seal(&chunk_place(id), piece, &padded(plain, BLOCK))?));
    }
    Ok(pieces)
}

fn padded(plain: &[u8], block: usize) -> zeroize::Zeroizing<Vec<u8>> {
    let whole = plain.len().next_multiple_of(block);
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(whole));
    bytes.extend_from_slice(plain);
    bytes.resize(whole, b' ');
    bytes
}
