//! Scenarios: a whole situation told in one file, loaded whole or not at all.

mod format;
mod format_mobilisation;
mod ids;
mod read;
mod references;
mod references_mobilisation;
mod write;
mod write_action;
mod write_file;
mod write_meeting;
mod write_mobilisation;

pub use format::ScenarioError;
pub use ids::{Loaded, LoadedFile};
pub use read::Scenario;
pub use write::{LoadError, Loading, write};

use std::collections::BTreeMap;

use authz::fault::Fault;
use diesel::{ExpressionMethods, QueryDsl, dsl::exists, insert_into, select};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use serde_json::Value;

use crate::schema::demonstration;

/// A scenario with the files and mobilisations of another one, which names the same people.
///
/// # Errors
/// When either is not a JSON object.
pub fn joined(scenario: &str, more: &str) -> Result<String, serde_json::Error> {
    let mut whole: BTreeMap<String, Value> = serde_json::from_str(scenario)?;
    let more: BTreeMap<String, Value> = serde_json::from_str(more)?;
    for part in ["files", "mobilisations"] {
        let added = more.get(part).and_then(Value::as_array).cloned().unwrap_or_default();
        let known = whole.entry(part.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(known) = known {
            known.extend(added);
        }
    }
    serde_json::to_string_pretty(&whole)
}

/// Loads a scenario into the database at `url`, or into nothing at all.
///
/// # Errors
/// When the scenario is wrong, or the database or the keystore refuses.
pub async fn load(
    url: &str,
    role: Option<&str>,
    scenario: &Scenario,
    loading: &Loading<'_>,
) -> Result<Loaded, LoadError> {
    let mut conn = connect(url, role).await?;
    write(&mut conn, scenario, loading).await
}

/// Is there anything in this database yet?
///
/// # Errors
/// When the database does not answer.
pub async fn is_empty(url: &str, role: Option<&str>) -> Result<bool, LoadError> {
    let mut conn = connect(url, role).await?;
    let any: bool = select(exists(crate::schema::cell::table.select(crate::schema::cell::id)))
        .get_result(&mut conn)
        .await?;
    Ok(!any)
}

/// Notes for ever that accounts of this database have a password everybody knows.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_demonstration(url: &str, role: Option<&str>) -> Result<(), LoadError> {
    let mut conn = connect(url, role).await?;
    insert_into(demonstration::table)
        .values(demonstration::mark.eq(true))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// Do accounts of this database have a password everybody knows?
///
/// # Errors
/// When the database does not answer.
pub async fn is_demonstration(url: &str, role: Option<&str>) -> Result<bool, LoadError> {
    let mut conn = connect(url, role).await?;
    Ok(select(exists(demonstration::table.select(demonstration::mark))).get_result(&mut conn).await?)
}

async fn connect(url: &str, role: Option<&str>) -> Result<AsyncPgConnection, LoadError> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| LoadError::Fault(Fault::Pool))?;
    conn.batch_execute(&authz::desk::connection_settings(role)).await?;
    Ok(conn)
}
