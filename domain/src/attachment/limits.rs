//! How much one agency may attach to one file.
//!
//! INVARIANT: an agency's own attachments alone are counted: a limit that others fill would tell of what they hide.

use authz::{
    desk::{Acting, Session},
    id::FileId,
};
use diesel::{ExpressionMethods, QueryDsl, dsl::sum};
use diesel_async::RunQueryDsl;
use door::Key;

use super::view::KIND;
use crate::{
    refusal::Refusal,
    schema::{attachment_chunk, document},
    validation::Rule,
};

/// The most attachments of one agency that stand in one file.
pub const MOST_ATTACHMENTS: i64 = 100;
/// The most bytes that they hold together.
pub const MOST_BYTES: i64 = 200 * 1024 * 1024;

diesel::define_sql_function! {
    /// How many bytes there are, without reading them.
    fn octet_length(bytes: diesel::sql_types::Binary) -> diesel::sql_types::Integer;
}

/// May the caller's agency attach one more?
pub(super) async fn room_for_one(session: &Session<'_, Acting>, file: FileId) -> Result<(), Refusal> {
    let own = session.standing()?.agency();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: i64 = document::table
        .filter(document::file_id.eq(file.uuid()))
        .filter(document::source_id.eq(own.uuid()))
        .filter(document::kind.eq(KIND.number()))
        .filter(document::retracted_at.is_null())
        .count()
        .get_result(&mut conn)
        .await?;
    if there < MOST_ATTACHMENTS { Ok(()) } else { Err(Refusal::Blocked(Rule::TooManyAttachments)) }
}

/// Is there room for a content of this length?
pub(super) async fn room_for_bytes(
    session: &Session<'_, Acting>,
    file: FileId,
    length: usize,
) -> Result<(), Refusal> {
    let own = session.standing()?.agency();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let attached = document::table
        .filter(document::file_id.eq(file.uuid()))
        .filter(document::source_id.eq(own.uuid()))
        .filter(document::kind.eq(KIND.number()))
        .select(document::id);
    let there: Option<i64> = attachment_chunk::table
        .filter(attachment_chunk::file_id.eq(file.uuid()))
        .filter(attachment_chunk::document_id.eq_any(attached))
        .select(sum(octet_length(attachment_chunk::sealed)))
        .first(&mut conn)
        .await?;
    let more = i64::try_from(length).unwrap_or(i64::MAX);
    if there.unwrap_or(0).saturating_add(more) <= MOST_BYTES {
        Ok(())
    } else {
        Err(Refusal::Blocked(Rule::AttachmentsTooLarge))
    }
}
