//! The acts of a file: source and recipients see that they happened; the record is the source's alone.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, DisclosureId, DocumentId, FactId, FileId, MeetingId, PersonId, UserId},
    vocabulary::{Capacity, Category, Expiry},
};
use chrono::{DateTime, NaiveDate, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Channel, record::DUE, record_place};
use crate::file::{
    rows::DisclosureRow,
    situation::{self, Rows},
};

/// The acts of a file, as found.
pub struct Disclosures(Rows);

/// Acts the viewer may see.
#[derive(Serialize, ToSchema)]
pub struct DisclosuresView {
    /// By id.
    pub items: Vec<DisclosureView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One act.
#[derive(Serialize, ToSchema)]
pub struct DisclosureView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DisclosureId,
    /// The file.
    #[schema(value_type = Uuid)]
    pub file: FileId,
    /// The agency that decided.
    #[schema(value_type = Uuid)]
    pub source: AgencyId,
    /// Who decided for it.
    #[schema(value_type = Uuid)]
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// The legal basis.
    pub basis_code: String,
    /// From when the wording of the basis that applied is in force.
    pub basis_version: Option<NaiveDate>,
    /// How far it reaches.
    #[schema(value_type = String)]
    pub expires: Expiry,
    /// Until when the recipients may read.
    pub until: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Who is told.
    pub recipients: Vec<RecipientView>,
    /// What is told.
    pub items: Vec<ItemView>,
    /// The act it attests again.
    #[schema(value_type = Option<Uuid>)]
    pub renews: Option<DisclosureId>,
    /// How it was told.
    pub channel: Channel,
    /// The meeting at which it was told aloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Uuid>)]
    pub meeting: Option<MeetingId>,
    /// For the source: the register's part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<RecordView>,
}

/// Who is told.
#[derive(Serialize, ToSchema)]
pub struct RecipientView {
    /// Which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// In which capacity.
    #[schema(value_type = String)]
    pub capacity: Capacity,
}

/// What is told.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum ItemView {
    /// A fact.
    Fact {
        /// Which.
        #[schema(value_type = Uuid)]
        fact: FactId,
    },
    /// A document.
    Document {
        /// Which.
        #[schema(value_type = Uuid)]
        document: DocumentId,
    },
    /// What an agreement covers.
    Agreed {
        /// The person.
        #[schema(value_type = Uuid)]
        subject: PersonId,
        /// The category.
        #[schema(value_type = String)]
        category: Category,
    },
}

/// What only the source sees.
#[derive(Serialize, ToSchema)]
pub struct RecordView {
    /// What was attested.
    pub attested: Vec<String>,
    /// The seven-point record.
    #[schema(value_type = Option<Object>)]
    pub record: Option<serde_json::Value>,
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// Over twenty-four hours after the act, or still missing by then?
    pub late: bool,
}

impl Resource for Disclosures {
    const KIND: &'static str = "disclosures";
    const READ: &'static str = "disclosure.list";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for Disclosures {
    type View = DisclosuresView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<DisclosuresView, Fault> {
        let Rows { head, disclosures, .. } = self.0;
        let own = grant.agency().uuid();
        let mut items = Vec::new();
        for row in disclosures {
            let source = row.source_id == own;
            if !source && !row.recipient_agencies.contains(&own) {
                continue;
            }
            let register = if source { Some(register_part(&row, grant)?) } else { None };
            items.push(act_view(row, head.file(), register)?);
        }
        Ok(DisclosuresView { items, next: None })
    }
}

/// The part of an act that its source and recipients share.
pub(super) fn act_view(
    row: DisclosureRow,
    file: FileId,
    register: Option<RecordView>,
) -> Result<DisclosureView, Fault> {
    let recipients = row.recipients().map_err(|_| Fault::Stored)?.into_iter();
    let facts = row.item_facts.iter().map(|id| ItemView::Fact { fact: FactId::from_uuid(*id) });
    let documents =
        row.item_documents.iter().map(|id| ItemView::Document { document: DocumentId::from_uuid(*id) });
    let agreed = row.agreed().map_err(|_| Fault::Stored)?.into_iter();
    let agreed = agreed
        .map(|(subject, category)| ItemView::Agreed { subject: PersonId::from_uuid(subject), category });
    Ok(DisclosureView {
        id: DisclosureId::from_uuid(row.id),
        file,
        source: AgencyId::from_uuid(row.source_id),
        by: UserId::from_uuid(row.made_by),
        at: row.made_at,
        expires: row.expires().map_err(|_| Fault::Stored)?,
        until: row.until_at,
        revoked_at: row.revoked_at,
        recipients: recipients
            .map(|(agency, capacity)| RecipientView { agency: AgencyId::from_uuid(agency), capacity })
            .collect(),
        items: facts.chain(documents).chain(agreed).collect(),
        renews: row.renews.map(DisclosureId::from_uuid),
        channel: Channel::from_number(row.channel)?,
        meeting: row.meeting_id.map(MeetingId::from_uuid),
        basis_code: row.basis_code,
        basis_version: row.basis_version,
        register,
    })
}

fn register_part(row: &DisclosureRow, grant: &Grant<'_, Disclosures>) -> Result<RecordView, Fault> {
    let record = match &row.record_sealed {
        None => None,
        Some(sealed) => {
            let owner = AgencyId::from_uuid(row.source_id);
            grant.unseal_own(owner, &record_place(row.id), sealed, |plain| {
                serde_json::from_slice(plain).ok()
            })?
        }
    };
    Ok(RecordView {
        attested: row.attested.clone(),
        record,
        completed_at: row.record_completed_at,
        late: row.record_completed_at.is_some_and(|at| at > row.made_at + DUE),
    })
}

/// The acts of the file under this id.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_all<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
) -> Result<Sealed<'tx, Disclosures>, Stop> {
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((Disclosures(rows), Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), file, held))
}
