//! A file with what changed in it since the viewer last consulted it: the view of the file itself, compared with
//! what the log says this very viewer was shown then. What does not show is not compared.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, FactId, FileId, PersonId},
    log::{EarlierReading, earlier_row},
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    find::found,
    situation,
    view::{FileView, RiskFile},
};
use crate::catalogue::Field;

/// A file about to be consulted.
pub struct Consultation {
    file: RiskFile,
    earlier: Option<EarlierReading>,
}

/// A file, and what changed in it.
#[derive(Serialize, ToSchema)]
pub struct ConsultationView {
    /// The file.
    #[serde(flatten)]
    pub file: FileView,
    /// What changed; nothing when it was never consulted before for this purpose.
    pub changes: Option<ChangesView>,
}

/// What changed since the last consultation, among what the viewer may see.
#[derive(Serialize, ToSchema)]
pub struct ChangesView {
    /// When the viewer last consulted the file for this purpose.
    pub since: DateTime<Utc>,
    /// Facts recorded since, and facts that did not show then.
    #[schema(value_type = Vec<Uuid>)]
    pub facts: Vec<FactId>,
    /// What showed then and does not now.
    pub gone: Vec<GoneView>,
    /// Agencies that joined the circle since.
    #[schema(value_type = Vec<Uuid>)]
    pub joined: Vec<AgencyId>,
    /// Agencies whose place in it ended since.
    #[schema(value_type = Vec<Uuid>)]
    pub left: Vec<AgencyId>,
}

/// Something the viewer was shown then and is not shown now.
#[derive(Serialize, ToSchema)]
pub struct GoneView {
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Catalogue field.
    pub field: &'static str,
    /// Whose fact it was.
    #[schema(value_type = Uuid)]
    pub source: AgencyId,
}

impl Resource for Consultation {
    const KIND: &'static str = "file";
    const READ: &'static str = RiskFile::READ;
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for Consultation {
    type View = ConsultationView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<ConsultationView, Fault> {
        let (now, earlier) = (self.file.now, self.earlier);
        let file = self.file.view(grant)?;
        let changes = earlier.map(|earlier| changes(&file, &earlier, now));
        Ok(ConsultationView { file, changes })
    }
}

fn changes(file: &FileView, earlier: &EarlierReading, now: DateTime<Utc>) -> ChangesView {
    let facts = || file.persons.iter().flat_map(|person| person.facts.iter().map(move |fact| (person, fact)));
    let knew = |person: PersonId, source: AgencyId, field: &str| {
        let then =
            |(p, s, f): &(Uuid, Uuid, String)| *p == person.uuid() && *s == source.uuid() && f == field;
        earlier.shown.iter().any(then)
    };
    let new = facts().filter(|(person, fact)| {
        fact.recorded_at > earlier.at || !knew(person.id, fact.source.id, fact.field)
    });
    let mut gone: Vec<GoneView> = Vec::new();
    for (person, source, field) in &earlier.shown {
        let known = file.persons.iter().any(|one| one.id.uuid() == *person);
        let still = facts().any(|(one, fact)| {
            one.id.uuid() == *person && fact.source.id.uuid() == *source && fact.field == field
        });
        let twice = |one: &GoneView| {
            one.person.uuid() == *person && one.source.uuid() == *source && one.field == field
        };
        // What is about a person one may no longer know of goes without a word.
        if let (true, false, false, Ok(field)) = (known, still, gone.iter().any(twice), Field::named(field)) {
            gone.push(GoneView {
                person: PersonId::from_uuid(*person),
                field: field.name(),
                source: AgencyId::from_uuid(*source),
            });
        }
    }
    let between = |at: DateTime<Utc>| at > earlier.at && at <= now;
    let agencies = |moved: &dyn Fn(&super::view::CircleView) -> bool| {
        file.circle.iter().filter(|member| moved(member)).map(|member| member.agency.id).collect()
    };
    ChangesView {
        since: earlier.at,
        facts: new.map(|(_, fact)| fact.id).collect(),
        gone,
        joined: agencies(&|member| between(member.from)),
        left: agencies(&|member| member.until.is_some_and(between)),
    }
}

/// The file under this id with what changed, or the absence of one: the same statements either way.
///
/// # Errors
/// When the caller is not signed in any more, declared no purpose, or the database fails.
pub async fn find_consultation<'tx, M>(
    session: &mut Session<'tx, M>,
    id: FileId,
) -> Result<Sealed<'tx, Consultation>, Stop> {
    let beside = async |session: &Session<'_, M>| earlier_row(session, id, RiskFile::READ).await;
    let (rows, earlier) = situation::load_beside(session, id, beside).await?;
    session.purpose()?;
    let earlier = earlier.read()?;
    let held = match rows {
        None => None,
        Some(rows) => {
            let (file, scope) = found(session, rows)?;
            Some((Consultation { file, earlier }, scope))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
