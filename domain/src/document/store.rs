//! Writing a document under the file's key, in the course of an act that was permitted.

use authz::{
    desk::{Acting, Session},
    fault::Fault,
    id::{AgencyId, DocumentId, FileId, PersonId},
    keys::FileKey,
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, insert_into, result::DatabaseErrorKind,
    result::Error,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use uuid::Uuid;

use super::{DocumentKind, body_place};
use crate::{
    agencies,
    file::{lookup::cell_of, merged::not_merged},
    mobilisation,
    person::known_role,
    refusal::Refusal,
    schema::document,
    validation::Rule,
};

/// What a body's length is rounded up to, in bytes.
const BLOCK: usize = 256;

/// The label of a document to write. Its source is the writer's agency.
pub(crate) struct NewDocument<'n> {
    pub person: PersonId,
    pub kind: DocumentKind,
    pub category: Category,
    pub vault: Option<&'n [AgencyId]>,
    pub supersedes: Option<DocumentId>,
}

/// Writes a document. Wrong places are named as `/person`, `/vault/n` and `/supersedes`.
///
/// INVARIANT: the caller has spent a permit on this very file and holds its row lock.
pub(crate) async fn store(
    session: &Session<'_, Acting>,
    file: FileId,
    new: NewDocument<'_>,
    body: &impl Serialize,
) -> Result<DocumentId, Refusal> {
    let (now, who) = (session.now(), session.standing()?.clone());
    // What came of an action that was agreed before a merger is still said where the action stands.
    if new.kind != DocumentKind::Evidence {
        not_merged(session, file).await?;
    }
    known_role(session, file, new.person.uuid(), "/person").await?;
    let vault = match new.vault {
        None => None,
        Some(named) => {
            agencies::known(session, named, |n| format!("/vault/{n}")).await?;
            Some(named.iter().map(|agency| agency.uuid()).collect::<Vec<Uuid>>())
        }
    };
    // INVARIANT: a correction that names no vault stays in that of what it corrects, so that none opens unsaid.
    let vault = match new.supersedes {
        None => vault,
        Some(older) => vault.or(correctable(session, file, older, who.agency(), &new).await?),
    };
    let id: DocumentId = session.fresh()?.into();
    let row = Written {
        id: id.uuid(),
        file: file.uuid(),
        cell: cell_of(session, file).await?,
        person: new.person.uuid(),
        kind: new.kind,
        category: new.category,
        source: who.agency().uuid(),
        by: who.user().uuid(),
        at: now,
        vault,
        supersedes: new.supersedes.map(DocumentId::uuid),
    };
    let sealed = seal_body(&session.keys(Key::take()).open(file)?, row.id, body)?;
    let conn = session.tx(Key::take()).conn(Key::take())?;
    insert(conn, row, sealed).await.map_err(|error| match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
            Refusal::invalid("/supersedes", Rule::AlreadyCorrected)
        }
        error => error.into(),
    })?;
    if new.kind == DocumentKind::Appraisal {
        mobilisation::answer_reappraisal(session, file).await?;
    }
    Ok(id)
}

/// A document's row, but for its body.
pub(crate) struct Written {
    pub id: Uuid,
    pub file: Uuid,
    pub cell: Uuid,
    pub person: Uuid,
    pub kind: DocumentKind,
    pub category: Category,
    pub source: Uuid,
    pub by: Uuid,
    pub at: DateTime<Utc>,
    pub vault: Option<Vec<Uuid>>,
    pub supersedes: Option<Uuid>,
}

/// Seals a body. The length of what is sealed would tell which answers were given: bodies fill whole blocks.
pub(crate) fn seal_body(key: &FileKey, id: Uuid, body: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let mut plain = serde_json::to_vec(body).map_err(|_| Fault::Stored)?;
    plain.resize(plain.len().next_multiple_of(BLOCK), b' ');
    Ok(key.seal(&body_place(id), &plain)?)
}

/// Writes a document's row.
pub(crate) async fn insert(mut conn: &AsyncPgConnection, row: Written, sealed: Vec<u8>) -> QueryResult<()> {
    insert_into(document::table)
        .values((
            document::id.eq(row.id),
            document::file_id.eq(row.file),
            document::cell_id.eq(row.cell),
            document::person_id.eq(row.person),
            document::kind.eq(row.kind.number()),
            document::category.eq(row.category.number()),
            document::source_id.eq(row.source),
            document::recorded_by.eq(row.by),
            document::recorded_at.eq(row.at),
            document::body_sealed.eq(sealed),
            document::vault.eq(row.vault),
            document::supersedes.eq(row.supersedes),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// When it was taken back, and its vault.
type Corrected = (Option<DateTime<Utc>>, Option<Vec<Uuid>>);

/// A correction is of one's own document, of the same kind about the same person, and of its newest version:
/// whose vault this is.
async fn correctable(
    session: &Session<'_, Acting>,
    file: FileId,
    older: DocumentId,
    agency: AgencyId,
    new: &NewDocument<'_>,
) -> Result<Option<Vec<Uuid>>, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Option<Corrected> = document::table
        .filter(document::id.eq(older.uuid()))
        .filter(document::file_id.eq(file.uuid()))
        .filter(document::source_id.eq(agency.uuid()))
        .filter(document::person_id.eq(new.person.uuid()))
        .filter(document::kind.eq(new.kind.number()))
        .select((document::retracted_at, document::vault))
        .first(&mut conn)
        .await
        .optional()?;
    match found {
        None => Err(Refusal::invalid("/supersedes", Rule::UnknownReference)),
        Some((Some(_), _)) => Err(Refusal::invalid("/supersedes", Rule::AlreadyCorrected)),
        Some((None, vault)) => Ok(vault),
    }
}
