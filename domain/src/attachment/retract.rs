//! Taking back an attachment: its content is erased with its key, its name stays in its source's history.

use authz::{
    acts::RetractAttachment,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::DocumentId,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::AttachmentRecord;
use crate::{
    refusal::Refusal,
    schema::{attachment_chunk, attachment_content, document},
};

/// An attachment that was retracted.
#[derive(Serialize, ToSchema)]
pub struct AttachmentRetracted {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// When.
    pub retracted_at: DateTime<Utc>,
    /// Was there a content, and was it erased? A backup made before keeps it until that backup is deleted.
    pub content_erased: bool,
}

impl Answer for AttachmentRetracted {
    const STATUS: u16 = 200;
}

/// Retracts an attachment and erases its content.
///
/// # Errors
/// When it was retracted before, or the database fails.
pub async fn retract<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RetractAttachment, AttachmentRecord>,
) -> Result<(Spent<'tx, RetractAttachment>, AttachmentRetracted), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, user) = (session.now(), session.standing()?.user());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let of_it = document::table.filter(document::id.eq(id.uuid())).filter(document::retracted_at.is_null());
    let touched = diesel::update(of_it)
        .set((document::retracted_at.eq(now), document::retracted_by.eq(user.uuid())))
        .execute(&mut conn)
        .await?;
    if touched != 1 {
        return Err(Refusal::Conflict("attachment.retracted"));
    }
    let content = attachment_content::table.filter(attachment_content::document_id.eq(id.uuid()));
    let erased = diesel::update(content)
        .set((attachment_content::key_sealed.eq(None::<Vec<u8>>), attachment_content::erased_at.eq(now)))
        .execute(&mut conn)
        .await?;
    diesel::delete(attachment_chunk::table.filter(attachment_chunk::document_id.eq(id.uuid())))
        .execute(&mut conn)
        .await?;
    Ok((spent, AttachmentRetracted { id, retracted_at: now, content_erased: erased == 1 }))
}
