//! The appraisals of a file that show, in the order they were recorded.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session, Shown},
    fault::{Fault, Stop},
    id::{AgencyId, DocumentId, FileId, PersonId},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    find::{Found, load, sealed},
    view::{NamedInstrument, Opened, open},
};
use crate::{
    document::{DocumentKind, current_of},
    file::view::{BasisView, SourceView, own_vault, source},
    instrument::Level,
};

/// A page of the appraisals of a file, as found.
pub struct Appraisals {
    found: Found,
    limit: usize,
    after: Option<(DateTime<Utc>, Uuid)>,
}

impl Resource for Appraisals {
    const KIND: &'static str = "appraisals";
    const READ: &'static str = "appraisal.list";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

/// An appraisal in a list.
#[derive(Serialize, ToSchema)]
pub struct AppraisalHead {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// The agency whose appraisal it is.
    pub source: SourceView,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// On what it shows.
    pub basis: BasisView,
    /// For its source: the agencies that may receive it at all; absent: no vault; empty: nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
    /// What it says.
    #[serde(flatten)]
    #[schema(value_type = LevelView)]
    pub level: Shown<LevelView>,
}

/// The head of what an appraisal says.
#[derive(Serialize, ToSchema)]
pub struct LevelView {
    /// By which instrument.
    pub instrument: NamedInstrument,
    /// The level a person set, a code of `risk_level`.
    #[schema(value_type = String)]
    pub level: Level,
}

impl From<Opened> for LevelView {
    fn from(opened: Opened) -> Self {
        let Opened { body, .. } = opened;
        let instrument = NamedInstrument { code: body.instrument, version: body.version };
        Self { instrument, level: body.level }
    }
}

impl Disclose for Appraisals {
    type View = Vec<AppraisalHead>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Vec<AppraisalHead>, Fault> {
        let Self { found, limit, after } = self;
        let names = found.names();
        let rows = current_of(&found.rows.documents, DocumentKind::Appraisal, grant)?;
        let rows = rows.into_iter().filter(|row| after.is_none_or(|after| (row.recorded_at, row.id) > after));
        let mut heads = Vec::new();
        for row in rows.take(limit) {
            let Some(level) = open(row, &found.bodies, &found.library, grant, LevelView::from)? else {
                continue;
            };
            heads.push(AppraisalHead {
                id: DocumentId::from_uuid(row.id),
                person: PersonId::from_uuid(row.person_id),
                source: source(&names, row.source_id)?,
                recorded_at: row.recorded_at,
                basis: level.basis().into(),
                vault: own_vault(&row.label()?, grant),
                level,
            });
        }
        Ok(heads)
    }
}

/// At most so many appraisals that come after a place in the list.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_page<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    limit: usize,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Sealed<'tx, Appraisals>, Stop> {
    let found = load(session, file).await?;
    sealed(session, file, found, |found| Appraisals { found, limit, after })
}
