//! The agencies at work and the cells: names one needs to speak of recipients.

use authz::{
    desk::{Sealed, Session},
    fault::{Fault, Stop},
    id::{AgencyId, CellId},
    vocabulary::AgencyKind,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Common, common};
use crate::{
    file::view::CellView,
    schema::{agency, cell},
};

/// Agencies and cells.
#[derive(Serialize, ToSchema)]
pub struct AgenciesView {
    /// Agencies at work, by short name.
    pub agencies: Vec<AgencyEntry>,
    /// Cells, by short name.
    pub cells: Vec<CellView>,
}

/// An agency at work.
#[derive(Serialize, ToSchema)]
pub struct AgencyEntry {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
    /// What it does.
    #[schema(value_type = String)]
    pub kind: AgencyKind,
    /// The privacy statute it answers to, a code of `regime`: it says which legal bases it may invoke.
    pub regime: String,
}

/// Agencies and cells.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_agencies<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, Common<AgenciesView>>, Stop> {
    session.identify().await?;
    let (agencies, cells) = {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        let agencies: Vec<(Uuid, String, String, i16, String)> = agency::table
            .filter(agency::disabled_at.is_null())
            .order(agency::key)
            .select((agency::id, agency::key, agency::name, agency::kind, agency::regime))
            .load(&mut conn)
            .await?;
        let cells: Vec<(Uuid, String, String)> =
            cell::table.order(cell::key).select((cell::id, cell::key, cell::name)).load(&mut conn).await?;
        (agencies, cells)
    };
    let mut named = Vec::with_capacity(agencies.len());
    for (id, key, name, kind, regime) in agencies {
        let kind = AgencyKind::from_number(kind).map_err(|_| Fault::Stored)?;
        named.push(AgencyEntry { id: AgencyId::from_uuid(id), key, name, kind, regime });
    }
    let cells =
        cells.into_iter().map(|(id, key, name)| CellView { id: CellId::from_uuid(id), key, name }).collect();
    common(session, AgenciesView { agencies: named, cells }).await
}
