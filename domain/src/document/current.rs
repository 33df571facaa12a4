//! Which documents of a file stand for a viewer, and their sealed bodies.

use std::collections::{HashMap, HashSet};

use authz::{
    desk::{Grant, Resource, Session},
    fault::Fault,
    id::FileId,
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::DocumentKind;
use crate::{file::rows::DocumentRow, schema::document};

/// Sealed bodies by document.
pub(crate) type Bodies = HashMap<Uuid, Vec<u8>>;

/// The sealed bodies of a file's documents of these kinds. They are read whoever looks: what shows is the
/// gate's to say.
pub(crate) async fn bodies<M>(
    session: &Session<'_, M>,
    file: FileId,
    kinds: &[DocumentKind],
) -> QueryResult<Bodies> {
    let numbers: Vec<i16> = kinds.iter().map(|kind| kind.number()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Uuid, Vec<u8>)> = document::table
        .filter(document::file_id.eq(file.uuid()))
        .filter(document::kind.eq_any(numbers))
        .select((document::id, document::body_sealed))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Of each chain of corrections of this kind, the newest document that the gate shows to this viewer, in the
/// order they were recorded. A correction that does not show neither appears nor makes the older one vanish.
pub(crate) fn current_of<'r, R: Resource>(
    documents: &'r [DocumentRow],
    kind: DocumentKind,
    grant: &Grant<'_, R>,
) -> Result<Vec<&'r DocumentRow>, Fault> {
    let older: HashMap<Uuid, Uuid> =
        documents.iter().filter_map(|row| Some((row.id, row.supersedes?))).collect();
    let mut corrected = HashSet::new();
    let mut visible = Vec::new();
    for row in documents.iter().filter(|row| row.kind == kind.number() && row.retracted_at.is_none()) {
        if !grant.knows_person(row.person_id) || !grant.would_show(&row.label()?) {
            continue;
        }
        let mut next = row.supersedes;
        while let Some(id) = next.filter(|id| corrected.insert(*id)) {
            next = older.get(&id).copied();
        }
        visible.push(row);
    }
    visible.retain(|row| !corrected.contains(&row.id));
    visible.sort_by_key(|row| (row.recorded_at, row.id));
    Ok(visible)
}

/// The document of this id and kind, if it stands and its person may be known of.
pub(crate) fn current<'r, R: Resource>(
    documents: &'r [DocumentRow],
    kind: DocumentKind,
    id: Uuid,
    grant: &Grant<'_, R>,
) -> Option<&'r DocumentRow> {
    documents
        .iter()
        .find(|row| row.id == id && row.kind == kind.number() && row.retracted_at.is_none())
        .filter(|row| grant.knows_person(row.person_id))
}
