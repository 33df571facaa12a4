//! Opening a risk file: its key first, then its row; the opener's agency joins at once.

use authz::{
    acts::OpenFile,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::FileId,
};
use chrono::{DateTime, Datelike, Utc};
use chrono_tz::America::Toronto;
use data_encoding::BASE32_NOPAD;
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::Cell;
use crate::{
    refusal::Refusal,
    schema::{cell, circle, risk_file},
};

/// A file that was opened.
#[derive(Serialize, ToSchema)]
pub struct FileOpened {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// What people will call it.
    pub reference: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
}

impl Answer for FileOpened {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/files/{}", self.id))
    }
}

/// Opens a file in the permitted cell.
///
/// # Errors
/// When the database or the keystore fails.
pub async fn open_file<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, OpenFile, Cell>,
) -> Result<(Spent<'tx, OpenFile>, FileOpened), Refusal> {
    let (cell_id, spent) = permit.spend(Key::take());
    let (now, user, agency) = (session.now(), session.standing()?.user(), session.standing()?.agency());
    let id: FileId = session.fresh()?.into();
    // A key without a file is harmless; a file without a key could never be read.
    session.keys(Key::take()).create(id)?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let key: String =
        cell::table.filter(cell::id.eq(cell_id.uuid())).select(cell::key).first(&mut conn).await?;
    let reference = reference(&key, now, id);
    insert_into(risk_file::table)
        .values((
            risk_file::id.eq(id.uuid()),
            risk_file::cell_id.eq(cell_id.uuid()),
            risk_file::reference.eq(&reference),
            risk_file::status.eq(0i16),
            risk_file::opened_by.eq(user.uuid()),
            risk_file::opened_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    insert_into(circle::table)
        .values((
            circle::file_id.eq(id.uuid()),
            circle::cell_id.eq(cell_id.uuid()),
            circle::agency_id.eq(agency.uuid()),
            circle::from_at.eq(now),
            circle::added_by.eq(user.uuid()),
        ))
        .execute(&mut conn)
        .await?;
    session.made_file(Key::take(), id);
    Ok((spent, FileOpened { id, reference, opened_at: now }))
}

/// The cell, the year, and a part drawn by chance: gaps and counts tell nothing.
fn reference(cell: &str, now: DateTime<Utc>, id: FileId) -> String {
    let cell: String =
        cell.chars().filter(char::is_ascii_alphanumeric).take(3).collect::<String>().to_uppercase();
    let random = id.uuid().as_bytes().get(11..16).map(|bytes| BASE32_NOPAD.encode(bytes)).unwrap_or_default();
    format!("{cell}-{}-{random}", now.with_timezone(&Toronto).year())
}
