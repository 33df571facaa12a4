//! The levels of one person by one instrument, in their order of time.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session, Shown},
    fault::{Fault, Stop},
    id::{DocumentId, FileId, PersonId},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::find::{Found, load, sealed};
use super::view::open;
use crate::{
    document::{DocumentKind, current_of},
    file::view::{SourceView, source},
    instrument::{Bounds, Direction, Due, Level},
};

/// The appraisals of a file, asked for one person and one instrument.
pub struct Trend {
    found: Found,
    now: DateTime<Utc>,
    person: PersonId,
    instrument: String,
}

impl Resource for Trend {
    const KIND: &'static str = "appraisals";
    const READ: &'static str = "appraisal.trend";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

/// Levels in their order of time. Of a person one may not know of, and of one never appraised: none.
#[derive(Serialize, ToSchema)]
pub struct TrendView {
    /// The earliest first.
    pub items: Vec<PointView>,
    /// There is never more than one page.
    pub next: Option<String>,
    /// Why the person should be appraised again: a `new_incident` since the last appraisal, as far as incidents
    /// show, or its `age`.
    pub due: Option<Due>,
}

/// One appraisal of a trend.
#[derive(Serialize, ToSchema)]
pub struct PointView {
    /// The appraisal.
    #[schema(value_type = Uuid)]
    pub id: DocumentId,
    /// The agency whose appraisal it is.
    pub source: SourceView,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What it says.
    #[serde(flatten)]
    #[schema(value_type = StepView)]
    pub step: Shown<StepView>,
}

/// What one appraisal adds to a trend.
#[derive(Serialize, ToSchema)]
pub struct StepView {
    /// The level.
    #[schema(value_type = String)]
    pub level: Level,
    /// Where it went from the one before; of the first, nowhere.
    pub direction: Option<Direction>,
    /// Lowest and highest possible score of the answers that show.
    pub score: Option<Bounds>,
}

impl Disclose for Trend {
    type View = TrendView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<TrendView, Fault> {
        let Self { found, now, person, instrument } = self;
        let names = found.names();
        let mut items = Vec::new();
        let mut before = None;
        for row in current_of(&found.rows.documents, DocumentKind::Appraisal, grant)? {
            if row.person_id != person.uuid() {
                continue;
            }
            let step = open(row, &found.bodies, &found.library, grant, |opened| {
                opened.is_of(&instrument).then(|| StepView {
                    level: opened.body.level,
                    direction: before.map(|before| Direction::between(before, opened.body.level)),
                    score: opened.instrument.outcome(&opened.body.answers).score,
                })
            })?;
            let Some(step) = step.and_then(Shown::some) else { continue };
            before = Some(step.value().level);
            items.push(PointView {
                id: DocumentId::from_uuid(row.id),
                source: source(&names, row.source_id)?,
                recorded_at: row.recorded_at,
                step,
            });
        }
        let last = items.last().map(|point| point.recorded_at);
        let due = match last.zip(found.library.find(&instrument, None)) {
            None => None,
            Some((at, instrument)) => instrument.is_due(at, last_incident(&found, person, grant)?, now),
        };
        Ok(TrendView { items, next: None, due })
    }
}

/// When the last incident that shows was recorded. That there is one is told, and noted for the log.
fn last_incident(
    found: &Found,
    person: PersonId,
    grant: &Grant<'_, Trend>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let mut last = None;
    for row in &found.rows.facts {
        let field = row.field()?.name();
        let tells = matches!(field, "incident" | "last_incident_date") && row.person_id == person.uuid();
        if tells && row.retracted_at.is_none() && grant.show(&row.label()?, field, ()).is_some() {
            last = last.max(Some(row.recorded_at));
        }
    }
    Ok(last)
}

/// The levels of this person by this instrument.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_trend<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    person: PersonId,
    instrument: String,
) -> Result<Sealed<'tx, Trend>, Stop> {
    let found = load(session, file).await?;
    let now = session.now();
    sealed(session, file, found, |found| Trend { found, now, person, instrument })
}
