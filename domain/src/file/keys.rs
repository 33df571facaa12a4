//! Does every file still have its key? Asked after a restore, and by who looks after the keystore.

use authz::{desk::connection_settings, fault::Fault, id::FileId, keys::Keystore};
use diesel::QueryDsl;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::schema::risk_file;

/// How many files there are, and how many of them have no key that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyed {
    /// All files.
    pub files: usize,
    /// Those that nobody can read any more.
    pub unreadable: usize,
}

/// Tries the key of every file. Opens nothing that is in one.
///
/// # Errors
/// When the database does not answer.
pub async fn try_keys(url: &str, role: Option<&str>, keys: &dyn Keystore) -> Result<Keyed, Fault> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
    conn.batch_execute(&connection_settings(role)).await?;
    let ids: Vec<Uuid> = risk_file::table.select(risk_file::id).load(&mut conn).await?;
    let unreadable = ids.iter().filter(|id| keys.open(FileId::from_uuid(**id)).is_err()).count();
    Ok(Keyed { files: ids.len(), unreadable })
}
