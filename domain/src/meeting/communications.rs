//! An agency's register of communications (*registre des communications*): every disclosure it made, through the
//! platform or aloud, and everything it told aloud on a consent; one entry for each.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, FileId, MeetingId, UserId},
    vocabulary::{BasisKind, Capacity},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::told::told;
use crate::{
    disclosure::{Channel, ItemView, RecipientView},
    file::view::BasisView,
    schema::{disclosure, oral_disclosure, recusal},
};

struct Communications(Vec<Entry>);

/// What both kinds of entries have.
struct Entry {
    id: Uuid,
    file: Uuid,
    by: Uuid,
    at: DateTime<Utc>,
    recipients: Vec<(Uuid, i16)>,
    facts: Vec<Uuid>,
    documents: Vec<Uuid>,
    basis: (BasisKind, Uuid),
    code: Option<String>,
    channel: Channel,
    meeting: Option<Uuid>,
}

/// A page of the register, oldest first.
#[derive(Serialize, ToSchema)]
pub struct CommunicationsView {
    /// The entries.
    pub items: Vec<CommunicationView>,
    /// Where the list continues.
    pub next: Option<String>,
}

/// One communication.
#[derive(Serialize, ToSchema)]
pub struct CommunicationView {
    /// The act, or the entry on a consent.
    pub id: Uuid,
    /// The file.
    #[schema(value_type = Uuid)]
    pub file: FileId,
    /// Who told for the agency.
    #[schema(value_type = Uuid)]
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// How.
    pub channel: Channel,
    /// The meeting at which it was told aloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Uuid>)]
    pub meeting: Option<MeetingId>,
    /// To whom.
    pub recipients: Vec<RecipientView>,
    /// What was told; what an agreement covers stands in the register of disclosures.
    pub items: Vec<ItemView>,
    /// On what.
    pub basis: BasisView,
    /// The legal basis, for a disclosure without consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis_code: Option<String>,
}

impl Resource for Communications {
    const KIND: &'static str = "register";
    const READ: &'static str = "register.communications";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Disclose for Communications {
    type View = CommunicationsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<CommunicationsView, Fault> {
        let items = self.0.into_iter().map(view).collect::<Result<_, Fault>>()?;
        Ok(CommunicationsView { items, next: None })
    }
}

fn view(entry: Entry) -> Result<CommunicationView, Fault> {
    let recipient = |(agency, capacity): (Uuid, i16)| -> Result<RecipientView, Fault> {
        let capacity = Capacity::from_number(capacity).map_err(|_| Fault::Stored)?;
        Ok(RecipientView { agency: AgencyId::from_uuid(agency), capacity })
    };
    Ok(CommunicationView {
        id: entry.id,
        file: FileId::from_uuid(entry.file),
        by: UserId::from_uuid(entry.by),
        at: entry.at,
        channel: entry.channel,
        meeting: entry.meeting.map(MeetingId::from_uuid),
        recipients: entry.recipients.into_iter().map(recipient).collect::<Result<_, Fault>>()?,
        items: told(&entry.facts, &entry.documents),
        basis: BasisView { kind: entry.basis.0.wire(), id: Some(entry.basis.1) },
        basis_code: entry.code,
    })
}

/// One page of the caller's own agency's register of communications.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_communications<'tx, M>(
    session: &mut Session<'tx, M>,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Sealed<'tx, impl Disclose<View = CommunicationsView> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let (agency, human) = (who.agency().uuid(), who.human().uuid());
    let mut entries = acts(session, agency, human, limit, after).await?;
    entries.extend(oral(session, agency, human, limit, after).await?);
    entries.sort_by_key(|entry| (entry.at, entry.id));
    entries.truncate(usize::try_from(limit).unwrap_or(0));
    let scope = Scope::Room(Room::Register(who.agency()));
    let held = Some((Communications(entries), scope));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}

type ActRow =
    (Uuid, Uuid, Uuid, DateTime<Utc>, Vec<Uuid>, Vec<i16>, Vec<Uuid>, Vec<Uuid>, String, i16, Option<Uuid>);

async fn acts<M>(
    session: &Session<'_, M>,
    agency: Uuid,
    human: Uuid,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Entry>, Stop> {
    let mut query = disclosure::table
        .filter(disclosure::source_id.eq(agency))
        // Whoever is recused on a file does not meet it in a register either.
        .filter(
            disclosure::file_id
                .ne_all(recusal::table.filter(recusal::human_id.eq(human)).select(recusal::file_id)),
        )
        .order((disclosure::made_at, disclosure::id))
        .limit(limit)
        .select((
            disclosure::id,
            disclosure::file_id,
            disclosure::made_by,
            disclosure::made_at,
            disclosure::recipient_agencies,
            disclosure::recipient_capacities,
            disclosure::item_facts,
            disclosure::item_documents,
            disclosure::basis_code,
            disclosure::channel,
            disclosure::meeting_id,
        ))
        .into_boxed();
    if let Some((at, id)) = after {
        query = query
            .filter(disclosure::made_at.gt(at).or(disclosure::made_at.eq(at).and(disclosure::id.gt(id))));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<ActRow> = query.load(&mut conn).await?;
    let entry =
        |(id, file, by, at, agencies, capacities, facts, documents, code, channel, meeting): ActRow| -> Result<Entry, Stop> {
            Ok(Entry {
                id,
                file,
                by,
                at,
                recipients: agencies.into_iter().zip(capacities).collect(),
                facts,
                documents,
                basis: (BasisKind::Disclosure, id),
                code: Some(code),
                channel: Channel::from_number(channel)?,
                meeting,
            })
        };
    rows.into_iter().map(entry).collect::<Result<_, Stop>>()
}

type OralRow = (Uuid, Uuid, Uuid, DateTime<Utc>, Uuid, i16, Vec<Uuid>, Vec<Uuid>, Uuid, Uuid);

async fn oral<M>(
    session: &Session<'_, M>,
    agency: Uuid,
    human: Uuid,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Entry>, Stop> {
    let mut query = oral_disclosure::table
        .filter(oral_disclosure::teller_id.eq(agency))
        .filter(
            oral_disclosure::file_id
                .ne_all(recusal::table.filter(recusal::human_id.eq(human)).select(recusal::file_id)),
        )
        .order((oral_disclosure::told_at, oral_disclosure::id))
        .limit(limit)
        .select((
            oral_disclosure::id,
            oral_disclosure::file_id,
            oral_disclosure::told_by,
            oral_disclosure::told_at,
            oral_disclosure::recipient_id,
            oral_disclosure::capacity,
            oral_disclosure::item_facts,
            oral_disclosure::item_documents,
            oral_disclosure::consent_id,
            oral_disclosure::meeting_id,
        ))
        .into_boxed();
    if let Some((at, id)) = after {
        query = query.filter(
            oral_disclosure::told_at
                .gt(at)
                .or(oral_disclosure::told_at.eq(at).and(oral_disclosure::id.gt(id))),
        );
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<OralRow> = query.load(&mut conn).await?;
    let entry = |(id, file, by, at, to, capacity, facts, documents, consent, meeting): OralRow| Entry {
        id,
        file,
        by,
        at,
        recipients: vec![(to, capacity)],
        facts,
        documents,
        basis: (BasisKind::Consent, consent),
        code: None,
        channel: Channel::Oral,
        meeting: Some(meeting),
    };
    Ok(rows.into_iter().map(entry).collect())
}
