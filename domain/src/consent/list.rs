//! The consents of a file: whole for the agency that recorded them; for a recipient, the sentences that
//! name it, and their dates; for others, nothing.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, ConsentId, FileId, PersonId},
    vocabulary::{Category, Effect, GrantorKind, Purpose},
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::words_place;
use crate::file::{
    rows::{ANY, ConsentRow, ProvisionRow},
    situation::{self, Rows},
};

/// The consents of a file, as found.
pub struct Consents(Rows);

/// Consents the viewer may see.
#[derive(Serialize, ToSchema)]
pub struct ConsentsView {
    /// By id.
    pub items: Vec<ConsentView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One consent, as far as it shows.
#[derive(Serialize, ToSchema)]
pub struct ConsentView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: ConsentId,
    /// The person whose facts it speaks of.
    #[schema(value_type = Uuid)]
    pub subject: PersonId,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// From when it holds.
    pub valid_from: DateTime<Utc>,
    /// First instant it no longer holds.
    pub valid_until: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The sentences that show.
    pub provisions: Vec<ProvisionView>,
    /// The rest, for the agency that recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<RecordedView>,
}

/// What only the recording agency sees.
#[derive(Serialize, ToSchema)]
pub struct RecordedView {
    /// Who spoke.
    #[schema(value_type = String)]
    pub grantor: GrantorKind,
    /// The parent or tutor.
    #[schema(value_type = Option<Uuid>)]
    pub grantor_person: Option<PersonId>,
    /// `verbal` or `written`.
    pub form: &'static str,
    /// Language of the conversation.
    pub language: String,
    /// Was there an interpreter?
    pub interpreter: bool,
    /// The words used.
    pub words: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// One sentence.
#[derive(Serialize, ToSchema)]
pub struct ProvisionView {
    /// Yes or no.
    #[schema(value_type = String)]
    pub effect: Effect,
    /// Agencies, or `circle`.
    pub recipients: Vec<String>,
    /// Categories, or `*`.
    pub categories: Vec<&'static str>,
    /// Purposes, or `*`.
    pub purposes: Vec<&'static str>,
    /// Sources, or `*`.
    pub sources: Vec<String>,
}

impl Resource for Consents {
    const KIND: &'static str = "consents";
    const READ: &'static str = "consent.list";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for Consents {
    type View = ConsentsView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<ConsentsView, Fault> {
        let Rows { consents, provisions, .. } = self.0;
        let own = grant.agency().uuid();
        let mut items = Vec::new();
        for row in consents {
            if !grant.sees_circle() || !grant.knows_person(row.subject_id) {
                continue;
            }
            let recorded_here = row.recorded_agency == own;
            let sentences = provisions.iter().filter(|sentence| sentence.consent_id == row.id);
            let mut shown = Vec::new();
            for sentence in sentences.filter(|sentence| recorded_here || sentence.recipients.contains(&own)) {
                shown.push(provision_view(sentence, (!recorded_here).then_some(own))?);
            }
            if recorded_here || !shown.is_empty() {
                items.push(view(row, shown, recorded_here, grant)?);
            }
        }
        Ok(ConsentsView { items, next: None })
    }
}

fn view(
    row: ConsentRow,
    provisions: Vec<ProvisionView>,
    recorded_here: bool,
    grant: &Grant<'_, Consents>,
) -> Result<ConsentView, Fault> {
    let recorded = if recorded_here {
        let words = match &row.words_sealed {
            None => None,
            Some(sealed) => {
                let owner = AgencyId::from_uuid(row.recorded_agency);
                grant.unseal_own(owner, &words_place(row.id), sealed, |plain| {
                    String::from_utf8(plain.to_vec()).ok()
                })?
            }
        };
        Some(RecordedView {
            grantor: row.grantor().map_err(|_| Fault::Stored)?,
            grantor_person: row.grantor_person.map(PersonId::from_uuid),
            form: if row.form == 1 { "written" } else { "verbal" },
            language: row.language,
            interpreter: row.interpreter,
            words,
            recorded_at: row.recorded_at,
        })
    } else {
        None
    };
    Ok(ConsentView {
        id: ConsentId::from_uuid(row.id),
        subject: PersonId::from_uuid(row.subject_id),
        given_at: row.given_at,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        withdrawn_at: row.withdrawn_at,
        provisions,
        recorded,
    })
}

/// One sentence; to a recipient it names nobody else.
fn provision_view(row: &ProvisionRow, only: Option<Uuid>) -> Result<ProvisionView, Fault> {
    let mut recipients: Vec<String> = row
        .recipients
        .iter()
        .filter(|id| only.is_none_or(|only| only == **id))
        .map(Uuid::to_string)
        .collect();
    if row.to_circle && only.is_none() {
        recipients.push("circle".into());
    }
    let categories = if row.categories == ANY {
        vec!["*"]
    } else {
        Category::ALL.iter().filter(|c| row.categories().has(**c)).map(|c| c.wire()).collect()
    };
    let purposes = if row.purposes == ANY {
        vec!["*"]
    } else {
        Purpose::ALL.iter().filter(|p| row.purposes().has(**p)).map(|p| p.wire()).collect()
    };
    let sources =
        if row.any_source { vec!["*".into()] } else { row.sources.iter().map(Uuid::to_string).collect() };
    Ok(ProvisionView {
        effect: row.effect().map_err(|_| Fault::Stored)?,
        recipients,
        categories,
        purposes,
        sources,
    })
}

/// The consents of the file under this id.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_all<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
) -> Result<Sealed<'tx, Consents>, Stop> {
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((Consents(rows), Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), file, held))
}
