//! One appraisal, as far as it shows.

use std::collections::HashMap;

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, Shown, seal},
    fault::{Fault, Stop},
    id::{DocumentId, FileId, PersonId},
    vocabulary::SubjectRole,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{JudgedView, open};
use crate::{
    document::{Bodies, DocumentKind, bodies, current},
    file::{
        rows::AgencyRow,
        situation::{self, Rows},
        view::{BasisView, SourceView, source},
    },
    instrument::Library,
};

/// The appraisals of a file, as found, with what reads them.
pub(super) struct Found {
    pub rows: Rows,
    pub bodies: Bodies,
    pub library: Library,
}

/// Reads them. INVARIANT: the statements are the same whatever is on the file, and whether there is one.
pub(super) async fn load<M>(session: &mut Session<'_, M>, file: FileId) -> Result<Option<Found>, Stop> {
    let rows = situation::load(session, file).await?;
    let bodies = bodies(session, file, &[DocumentKind::Appraisal]).await?;
    let library = Library::load(session).await?;
    Ok(rows.map(|rows| Found { rows, bodies, library }))
}

/// Puts what was found under seal, to be judged as its file is.
pub(super) fn sealed<'tx, M, R: Resource>(
    session: &Session<'tx, M>,
    id: R::Id,
    found: Option<Found>,
    record: impl FnOnce(Found) -> R,
) -> Result<Sealed<'tx, R>, Stop> {
    let held = match found {
        None => None,
        Some(found) => {
            let scope = found.rows.scope(Owner::Shared)?;
            Some((record(found), Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

impl Found {
    pub fn names(&self) -> HashMap<Uuid, &AgencyRow> {
        self.rows.agencies.iter().map(|agency| (agency.id, agency)).collect()
    }
}

/// An appraisal as found in its file.
pub struct Appraisal {
    found: Found,
    id: DocumentId,
}

impl Resource for Appraisal {
    const KIND: &'static str = "appraisal";
    const READ: &'static str = "appraisal.read";
    const DOOR: Door = Door::Content;
    type Id = DocumentId;
}

/// An appraisal as far as it shows.
#[derive(Serialize, ToSchema)]
pub struct AppraisalView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// What that person is in the file.
    #[schema(value_type = String)]
    pub role: SubjectRole,
    /// The agency whose appraisal it is.
    pub source: SourceView,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The appraisal that it corrects, if that one would show too.
    #[schema(value_type = Option<Uuid>)]
    pub corrects: Option<DocumentId>,
    /// On what it shows.
    pub basis: BasisView,
    /// What it says.
    #[serde(flatten)]
    #[schema(value_type = JudgedView)]
    pub judged: Shown<JudgedView>,
}

impl Disclose for Appraisal {
    type View = Option<AppraisalView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<AppraisalView>, Fault> {
        let Self { found, id } = self;
        let row = current(&found.rows.documents, DocumentKind::Appraisal, id.uuid(), grant);
        let Some(row) = row else { return Ok(None) };
        let judged = open(row, &found.bodies, &found.library, grant, |opened| JudgedView::from(&opened))?;
        let Some(judged) = judged else { return Ok(None) };
        let corrects = match row.supersedes {
            None => None,
            Some(id) => match current(&found.rows.documents, DocumentKind::Appraisal, id, grant) {
                Some(older) if grant.would_show(&older.label()?) => Some(DocumentId::from_uuid(older.id)),
                _ => None,
            },
        };
        let mut persons = found.rows.persons.iter();
        let role = persons.find(|person| person.id == row.person_id).ok_or(Fault::Stored)?.role;
        Ok(Some(AppraisalView {
            id,
            person: PersonId::from_uuid(row.person_id),
            role: SubjectRole::from_number(role).map_err(|_| Fault::Stored)?,
            source: source(&found.names(), row.source_id)?,
            recorded_at: row.recorded_at,
            corrects,
            basis: judged.basis().into(),
            judged,
        }))
    }
}

/// The appraisal under this id in this file. One that does not exist takes the road of one that does not show.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: DocumentId,
) -> Result<Sealed<'tx, Appraisal>, Stop> {
    let found = load(session, file).await?;
    sealed(session, id, found, |found| Appraisal { found, id })
}
