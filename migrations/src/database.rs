//! Databases of one cluster: the demo keeps one a scenario, the tests one a test.

use diesel::{QueryableByName, sql_query, sql_types::Bool, sql_types::Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::MigrationError;

#[derive(QueryableByName)]
struct There {
    #[diesel(sql_type = Bool)]
    there: bool,
}

/// Makes a database unless it is there, as a copy of `template` when one is named. `url` leads to another
/// database of the same cluster, as its owner. Names hold lower-case letters, digits and `_` only.
///
/// # Errors
/// When the server refuses.
pub async fn ensure(url: &str, name: &str, template: Option<&str>) -> Result<(), MigrationError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    let found: There = sql_query("select exists (select from pg_database where datname = $1) as there")
        .bind::<Text, _>(name)
        .get_result(&mut connection)
        .await?;
    if !found.there {
        let template = template.map(|from| format!(" template {}", plain(from))).unwrap_or_default();
        connection.batch_execute(&format!("create database {}{template}", plain(name))).await?;
    }
    Ok(())
}

/// Drops a database and whoever is connected to it.
///
/// # Errors
/// When the server refuses.
pub async fn remove(url: &str, name: &str) -> Result<(), MigrationError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    connection.batch_execute(&format!("drop database if exists {} with (force)", plain(name))).await?;
    Ok(())
}

/// A name that needs no quoting.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_').collect()
}
