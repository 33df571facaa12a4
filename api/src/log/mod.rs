//! Reading the access log. One operation a file.

pub mod events;
pub mod file;

use authz::{
    id::{AgencyId, FileId, UserId},
    log::Filter,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Paging, read_query},
    problem::Problem,
};

/// What the log may be narrowed by.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    #[param(value_type = Option<uuid::Uuid>)]
    file: Option<FileId>,
    #[param(value_type = Option<uuid::Uuid>)]
    actor: Option<UserId>,
    #[param(value_type = Option<uuid::Uuid>)]
    agency: Option<AgencyId>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    act: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

fn filter(query: &str) -> Result<(Filter, i64), Problem> {
    let wanted: Wanted = read_query(query)?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let limit = i64::from(paging.limit);
    let filter = Filter {
        file: wanted.file,
        actor: wanted.actor,
        agency: wanted.agency,
        from: wanted.from,
        to: wanted.to,
        act: wanted.act,
        before: paging.after.map(|after| (after.at, after.id)),
        limit,
    };
    Ok((filter, limit))
}
