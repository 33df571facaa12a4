//! What was told aloud at a meeting: teller and recipient see what; the coordination sees that it happened.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session},
    fault::{Fault, Stop},
    id::{AgencyId, DocumentId, FactId, MeetingId, MobilisationId},
    vocabulary::BasisKind,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{find::find_as, rows::Held, view::Sight};
use crate::{disclosure::ItemView, file::view::BasisView, schema::oral_disclosure};

/// What was told aloud, as found.
pub struct OralDisclosures {
    held: Held,
    oral: Vec<OralRow>,
}

/// Teller, recipient, when, facts, documents, consent.
pub(super) type OralRow = (Uuid, Uuid, Uuid, DateTime<Utc>, Vec<Uuid>, Vec<Uuid>, Uuid);

/// What was told aloud, as far as the viewer may know, in order.
#[derive(Serialize, ToSchema)]
pub struct OralDisclosuresView {
    /// One for each recipient and basis.
    pub items: Vec<OralDisclosureView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// What one agency told another.
#[derive(Serialize, ToSchema)]
pub struct OralDisclosureView {
    /// The act, or the entry on a consent.
    #[schema(value_type = Uuid)]
    pub id: Uuid,
    /// Who told.
    #[schema(value_type = Uuid)]
    pub teller: AgencyId,
    /// Who was told.
    #[schema(value_type = Uuid)]
    pub recipient: AgencyId,
    /// When.
    pub at: DateTime<Utc>,
    /// On what; which one, for the two of them.
    pub basis: BasisView,
    /// For the two of them: what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<ItemView>>,
}

impl Resource for OralDisclosures {
    const KIND: &'static str = "meeting";
    const READ: &'static str = "meeting.told";
    const DOOR: Door = Door::Content;
    type Id = MeetingId;
}

impl Disclose for OralDisclosures {
    type View = OralDisclosuresView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<OralDisclosuresView, Fault> {
        Ok(OralDisclosuresView { items: items_of(&self.held, self.oral, grant), next: None })
    }
}

/// What was told aloud, as far as the viewer may know, in order.
pub(super) fn items_of<R: Resource>(
    held: &Held,
    oral: Vec<OralRow>,
    grant: &Grant<'_, R>,
) -> Vec<OralDisclosureView> {
    let (own, leads) = (grant.agency().uuid(), Sight::of(held, grant).leads);
    let mut items = Vec::new();
    let mut add = |id, teller, recipient, at, basis: (BasisKind, Uuid), told: Vec<ItemView>| {
        let party = own == teller || own == recipient;
        if party || leads {
            items.push(OralDisclosureView {
                id,
                teller: AgencyId::from_uuid(teller),
                recipient: AgencyId::from_uuid(recipient),
                at,
                basis: BasisView { kind: basis.0.wire(), id: party.then_some(basis.1) },
                items: party.then_some(told),
            });
        }
    };
    for (id, teller, recipient, at, facts, documents, consent) in oral {
        add(id, teller, recipient, at, (BasisKind::Consent, consent), told(&facts, &documents));
    }
    for act in held.file.iter().flat_map(|file| &file.disclosures) {
        if act.meeting_id == Some(held.meeting.id) {
            for recipient in &act.recipient_agencies {
                let items = told(&act.item_facts, &act.item_documents);
                let basis = (BasisKind::Disclosure, act.id);
                add(act.id, act.source_id, *recipient, act.made_at, basis, items);
            }
        }
    }
    items.sort_by_key(|item| (item.at, item.id));
    items
}

/// Facts and documents as items.
pub(super) fn told(facts: &[Uuid], documents: &[Uuid]) -> Vec<ItemView> {
    let facts = facts.iter().map(|id| ItemView::Fact { fact: FactId::from_uuid(*id) });
    let documents = documents.iter().map(|id| ItemView::Document { document: DocumentId::from_uuid(*id) });
    facts.chain(documents).collect()
}

/// What was told aloud at this meeting.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_told<'tx, M>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, OralDisclosures>, Stop> {
    session.identify().await?;
    let oral = oral_rows(session, id).await?;
    find_as(session, process, id, |held| OralDisclosures { held, oral }).await
}

/// What was told on consents.
pub(super) async fn oral_rows<M>(session: &Session<'_, M>, id: MeetingId) -> Result<Vec<OralRow>, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows = oral_disclosure::table
        .filter(oral_disclosure::meeting_id.eq(id.uuid()))
        .order((oral_disclosure::told_at, oral_disclosure::id))
        .select((
            oral_disclosure::id,
            oral_disclosure::teller_id,
            oral_disclosure::recipient_id,
            oral_disclosure::told_at,
            oral_disclosure::item_facts,
            oral_disclosure::item_documents,
            oral_disclosure::consent_id,
        ))
        .load(&mut conn)
        .await?;
    Ok(rows)
}
