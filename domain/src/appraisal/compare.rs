//! Two appraisals of one person by one instrument, beside each other.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session, Shown},
    fault::{Fault, Stop},
    id::{DocumentId, FileId},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    find::{Found, load, sealed},
    view::{Opened, open},
};
use crate::{
    document::{DocumentKind, current},
    instrument::{Answer, Direction, Level},
};

/// Two appraisals, as found.
pub struct Pair {
    found: Found,
    id: DocumentId,
    with: DocumentId,
}

impl Resource for Pair {
    const KIND: &'static str = "appraisal";
    const READ: &'static str = "appraisal.compare";
    const DOOR: Door = Door::Content;
    type Id = DocumentId;
}

/// What changed from the earlier to the later one.
#[derive(Serialize, ToSchema)]
pub struct ComparisonView {
    /// The one recorded first.
    #[schema(value_type = Uuid)]
    pub earlier: DocumentId,
    /// The one recorded later.
    #[schema(value_type = Uuid)]
    pub later: DocumentId,
    /// What changed.
    #[serde(flatten)]
    #[schema(value_type = DifferenceView)]
    pub difference: Shown<DifferenceView>,
}

/// What changed.
#[derive(Serialize, ToSchema)]
pub struct DifferenceView {
    /// The level set first.
    #[schema(value_type = String)]
    pub from: Level,
    /// The level set later.
    #[schema(value_type = String)]
    pub to: Level,
    /// Where it went.
    pub direction: Direction,
    /// Items that show in both and are answered differently, in the order of the instrument.
    pub changes: Vec<ChangeView>,
    /// Items not shown in one or the other, whatever they hold.
    pub withheld: Vec<String>,
}

/// One item answered differently.
#[derive(Serialize, ToSchema)]
pub struct ChangeView {
    /// Which.
    pub item: String,
    /// Before.
    #[schema(value_type = String)]
    pub from: Answer,
    /// After.
    #[schema(value_type = String)]
    pub to: Answer,
}

fn difference(earlier: &Opened, later: &Opened) -> DifferenceView {
    let both = |item: &str| {
        let in_one =
            |opened: &Opened| opened.instrument.item(item).is_some_and(|item| opened.shows(item.category));
        in_one(earlier) && in_one(later)
    };
    let of = &later.instrument;
    let compared =
        of.compare((&earlier.body.answers, earlier.body.level), (&later.body.answers, later.body.level));
    let changes = compared.changes.into_iter().filter(|change| both(&change.item));
    DifferenceView {
        from: earlier.body.level,
        to: later.body.level,
        direction: compared.direction,
        changes: changes
            .map(|change| ChangeView { item: change.item, from: change.from, to: change.to })
            .collect(),
        withheld: of.items.iter().filter(|item| !both(&item.id)).map(|item| item.id.clone()).collect(),
    }
}

impl Disclose for Pair {
    type View = Option<ComparisonView>;

    /// Two that cannot be compared, and one that does not show, are one answer.
    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<ComparisonView>, Fault> {
        let Self { found, id, with } = self;
        let row = |id: DocumentId| current(&found.rows.documents, DocumentKind::Appraisal, id.uuid(), grant);
        let (Some(one), Some(other)) = (row(id), row(with)) else { return Ok(None) };
        if one.id == other.id || one.person_id != other.person_id {
            return Ok(None);
        }
        let in_order = (one.recorded_at, one.id) < (other.recorded_at, other.id);
        let (first, last) = if in_order { (one, other) } else { (other, one) };
        let earlier = open(first, &found.bodies, &found.library, grant, |opened| opened)?;
        let Some(earlier) = earlier else { return Ok(None) };
        let compared = open(last, &found.bodies, &found.library, grant, |later| {
            later.is_of(&earlier.value().body.instrument).then(|| difference(earlier.value(), &later))
        })?;
        let Some(difference) = compared.and_then(Shown::some) else { return Ok(None) };
        Ok(Some(ComparisonView {
            earlier: DocumentId::from_uuid(first.id),
            later: DocumentId::from_uuid(last.id),
            difference,
        }))
    }
}

/// The two appraisals under these ids.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_comparison<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: DocumentId,
    with: DocumentId,
) -> Result<Sealed<'tx, Pair>, Stop> {
    let found = load(session, file).await?;
    sealed(session, id, found, |found| Pair { found, id, with })
}
