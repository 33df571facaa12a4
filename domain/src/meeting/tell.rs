//! Telling own facts aloud (*communication verbale*). Everybody in the room is a recipient in law: each (item,
//! recipient) rests on a consent that would show it now, or on one attested act for each recipient. Nothing is told
//! to some of them by halves.

use std::collections::{BTreeMap, HashSet};

use authz::{
    acts::TellAtMeeting,
    desk::{Acting, Answer, Permit, Session, Spent},
    gate::{Basis, Label},
    id::{AgencyId, DisclosureId, FileId, MeetingId, OralDisclosureId},
    vocabulary::{Capacity, Category},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Meeting,
    find::{attendance, row},
    rows::{MeetingRow, present},
};
use crate::{
    agencies,
    catalogue::Field,
    disclosure::{DocumentItem, FactItem, NewDisclosure, NewItem, NewRecipient, NewRecord, weigh, write},
    file::find::find as find_file,
    law,
    refusal::Refusal,
    schema::{account, document, fact, oral_disclosure, person, recusal},
    validation::{Invalid, Rule},
};

/// What is told aloud.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTelling {
    /// Facts and documents of one's own agency.
    pub items: Vec<NewTold>,
    /// The agencies in the room but one's own; when said, all of them, so that nobody hears unnamed.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub recipients: Option<Vec<AgencyId>>,
    /// On what it is told.
    pub basis: NewBasis,
}

/// One thing told.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewTold {
    /// A fact.
    Fact(FactItem),
    /// A document.
    Document(DocumentItem),
}

/// On what something is told.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewBasis {
    /// On consents that are in force.
    Consent(ByConsent),
    /// On a legal basis.
    Law(ByLaw),
}

/// On consents that are in force: the platform finds them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByConsent {
    /// `true`.
    pub consent: bool,
}

/// On a legal basis, as for a disclosure.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByLaw {
    /// The legal basis.
    pub basis_code: String,
    /// What the basis asks, by condition.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub attestations: BTreeMap<String, law::Answer>,
    /// The rest of the seven points; may follow within twenty-four hours.
    #[serde(default)]
    pub record: Option<NewRecord>,
}

/// What was told.
#[derive(Serialize, ToSchema)]
pub struct Told {
    /// The meeting.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// When.
    pub at: DateTime<Utc>,
    /// To whom, in order of arrival or as named.
    #[schema(value_type = Vec<Uuid>)]
    pub recipients: Vec<AgencyId>,
    /// The acts that were made, one for each recipient, in their order.
    #[schema(value_type = Vec<Uuid>)]
    pub disclosures: Vec<DisclosureId>,
    /// What was entered on consents.
    #[schema(value_type = Vec<Uuid>)]
    pub oral_disclosures: Vec<OralDisclosureId>,
    /// Until when the rest of each record must follow.
    pub record_due: Option<DateTime<Utc>>,
    /// The agency's directive should have been cited and was not.
    pub directive_missing: bool,
}

impl Answer for Told {
    const STATUS: u16 = 201;
}

/// Tells things aloud to everybody in the room.
///
/// # Errors
/// When the meeting is not open, one's own agency is not in the room, or something stands against it, by place: an
/// item for a recipient is at `/items/n/recipients/m`, where the recipients are those named, or in order of arrival.
pub async fn tell_aloud<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, TellAtMeeting, Meeting>,
    new: NewTelling,
) -> Result<(Spent<'tx, TellAtMeeting>, Told), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let found = row(session, id).await?;
    found.must_be_open()?;
    let hearers = hearers(session, &found, new.recipients.as_deref()).await?;
    if new.items.is_empty() {
        return Err(Refusal::invalid("/items", Rule::EmptyList));
    }
    let own = own_items(session, FileId::from_uuid(found.file_id), &new.items, &hearers).await?;
    let mut told = Told {
        meeting: id,
        at: session.now(),
        recipients: hearers.iter().map(|(agency, _)| *agency).collect(),
        disclosures: Vec::new(),
        oral_disclosures: Vec::new(),
        record_due: None,
        directive_missing: false,
    };
    match new.basis {
        NewBasis::Consent(ByConsent { consent: false }) => {
            return Err(Refusal::invalid("/basis/consent", Rule::NotAttested));
        }
        NewBasis::Consent(ByConsent { consent: true }) => {
            by_consent(session, &found, &own, &hearers, &mut told).await?;
        }
        NewBasis::Law(law) => by_law(session, &found, new.items, law, &hearers, &mut told).await?,
    }
    Ok((spent, told))
}

/// The agencies that hear, each as it attends.
async fn hearers(
    session: &Session<'_, Acting>,
    found: &MeetingRow,
    named: Option<&[AgencyId]>,
) -> Result<Vec<(AgencyId, Capacity)>, Refusal> {
    let own = session.standing()?.agency().uuid();
    let came = attendance(session, found.id()).await?;
    let here = present(&came);
    if !here.iter().any(|row| row.agency_id == own) {
        return Err(Refusal::Blocked(Rule::NotInTheRoom));
    }
    // Whoever was recused meanwhile has to leave before anything is said, and nobody is told why.
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let recused: Vec<Uuid> = recusal::table
        .inner_join(account::table.on(account::human_id.eq(recusal::human_id)))
        .filter(recusal::file_id.eq(found.file_id))
        .select(account::id)
        .load(&mut conn)
        .await?;
    if came.iter().any(|row| row.departed_at.is_none() && recused.contains(&row.account_id)) {
        return Err(Refusal::Blocked(Rule::HearsToo));
    }
    let mut others = Vec::new();
    for row in here.into_iter().filter(|row| row.agency_id != own) {
        let capacity = Capacity::from_number(row.capacity).map_err(authz::fault::Stop::from)?;
        others.push((AgencyId::from_uuid(row.agency_id), capacity));
    }
    let Some(named) = named else {
        return if others.is_empty() {
            Err(Refusal::invalid("/recipients", Rule::EmptyList))
        } else {
            Ok(others)
        };
    };
    let mut chosen = Vec::with_capacity(named.len());
    let mut wrong = Vec::new();
    for (n, agency) in named.iter().enumerate() {
        match others.iter().find(|(other, _)| other == agency) {
            _ if agency.uuid() == own => {
                wrong.push(Invalid::at(format!("/recipients/{n}"), Rule::OwnAgency));
            }
            None => wrong.push(Invalid::at(format!("/recipients/{n}"), Rule::NotInTheRoom)),
            Some(_) if named.iter().take(n).any(|other| other == agency) => {
                wrong.push(Invalid::at(format!("/recipients/{n}"), Rule::Duplicate));
            }
            Some(hearer) => chosen.push(*hearer),
        }
    }
    if !others.iter().all(|(other, _)| named.contains(other)) {
        wrong.push(Invalid::at("/recipients", Rule::HearsToo));
    }
    if wrong.is_empty() { Ok(chosen) } else { Err(Refusal::Invalid(wrong)) }
}

/// Something of one's own, with its label.
struct OwnItem {
    fact: bool,
    label: Label<Uuid>,
}

type Found = (Uuid, i16, DateTime<Utc>, Option<Vec<Uuid>>, Option<Vec<Uuid>>);

/// Every item is one's own and still stands, and no vault keeps it, or its person, from a hearer.
async fn own_items(
    session: &Session<'_, Acting>,
    file: FileId,
    items: &[NewTold],
    hearers: &[(AgencyId, Capacity)],
) -> Result<Vec<OwnItem>, Refusal> {
    let own = session.standing()?.agency().uuid();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (mut kept, mut wrong, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (n, item) in items.iter().enumerate() {
        let (id, is_fact) = match item {
            NewTold::Fact(item) => (item.fact.uuid(), true),
            NewTold::Document(item) => (item.document.uuid(), false),
        };
        let found: Option<Found> = if is_fact {
            fact::table
                .inner_join(person::table.on(person::id.eq(fact::person_id)))
                .filter(fact::id.eq(id))
                .filter(fact::file_id.eq(file.uuid()))
                .filter(fact::source_id.eq(own))
                .filter(fact::retracted_at.is_null())
                .select((fact::person_id, fact::field, fact::recorded_at, fact::vault, person::vault))
                .first(&mut conn)
                .await
                .optional()?
        } else {
            document::table
                .inner_join(person::table.on(person::id.eq(document::person_id)))
                .filter(document::id.eq(id))
                .filter(document::file_id.eq(file.uuid()))
                .filter(document::source_id.eq(own))
                .filter(document::retracted_at.is_null())
                .select((
                    document::person_id,
                    document::category,
                    document::recorded_at,
                    document::vault,
                    person::vault,
                ))
                .first(&mut conn)
                .await
                .optional()?
        };
        let pointer = format!("/items/{n}/{}", if is_fact { "fact" } else { "document" });
        let Some((subject, number, recorded_at, vault, kept_from)) = found else {
            wrong.push(Invalid::at(pointer, Rule::UnknownReference));
            continue;
        };
        let names = |vault: &Option<Vec<Uuid>>, agency: &AgencyId| {
            vault.as_ref().is_none_or(|named| named.contains(&agency.uuid()))
        };
        if !seen.insert(id) {
            wrong.push(Invalid::at(pointer, Rule::Duplicate));
        } else if !hearers.iter().all(|(agency, _)| names(&vault, agency) && names(&kept_from, agency)) {
            wrong.push(Invalid::at(pointer, Rule::Vaulted));
        }
        let category = if is_fact {
            Field::numbered(number).map(Field::category).map_err(|_| authz::fault::Fault::Stored)?
        } else {
            Category::from_number(number).map_err(authz::fault::Stop::from)?
        };
        let label = Label { id, subject, category, source: own, recorded_at, vault };
        kept.push(OwnItem { fact: is_fact, label });
    }
    if wrong.is_empty() { Ok(kept) } else { Err(Refusal::Invalid(wrong)) }
}

/// One act for each recipient, all weighed before the first is written.
async fn by_law(
    session: &Session<'_, Acting>,
    found: &MeetingRow,
    items: Vec<NewTold>,
    law: ByLaw,
    hearers: &[(AgencyId, Capacity)],
    told: &mut Told,
) -> Result<(), Refusal> {
    let file = FileId::from_uuid(found.file_id);
    let items = items.into_iter().map(|item| match item {
        NewTold::Fact(item) => NewItem::Fact(item),
        NewTold::Document(item) => NewItem::Document(item),
    });
    let recipients =
        hearers.iter().map(|(agency, capacity)| NewRecipient { agency: *agency, capacity: *capacity });
    let act = NewDisclosure {
        items: items.collect(),
        recipients: recipients.collect(),
        basis_code: law.basis_code,
        attestations: law.attestations,
        expires: None,
        until: None,
        record: law.record,
        renews: None,
    };
    let weighed = weigh(session, file, &act).await.map_err(placed)?;
    for recipient in &weighed.recipients {
        let made =
            write(session, file, &act, &weighed, &[recipient], Some(found.id())).await.map_err(placed)?;
        told.disclosures.push(made.id);
        told.record_due = made.record_due;
        told.directive_missing = made.directive_missing;
    }
    Ok(())
}

/// A place in an act is a place in what was sent.
fn placed(refusal: Refusal) -> Refusal {
    let Refusal::Invalid(wrong) = refusal else { return refusal };
    let placed = wrong.into_iter().map(|one| {
        if one.pointer.starts_with("/items") || one.pointer.starts_with("/recipients") {
            one
        } else if one.pointer == "/expires" || one.pointer == "/until" {
            Invalid::at("/basis/basis_code", one.rule)
        } else {
            one.under("/basis")
        }
    });
    Refusal::Invalid(placed.collect())
}

/// For every hearer and item a consent must show it now; the consents are entered.
async fn by_consent(
    session: &mut Session<'_, Acting>,
    found: &MeetingRow,
    own: &[OwnItem],
    hearers: &[(AgencyId, Capacity)],
    told: &mut Told,
) -> Result<(), Refusal> {
    let ids: Vec<AgencyId> = hearers.iter().map(|(agency, _)| *agency).collect();
    let known = agencies::known(session, &ids, |n| format!("/recipients/{n}")).await?;
    let file = find_file(session, FileId::from_uuid(found.file_id)).await?;
    let mut entries: BTreeMap<(usize, Uuid), (Vec<Uuid>, Vec<Uuid>)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (n, item) in own.iter().enumerate() {
        for (m, hearer) in known.iter().enumerate() {
            match session.would_tell(&file, (hearer.id, hearer.kind), &item.label)? {
                Some(Basis::Consent(consent)) => {
                    let (facts, documents) = entries.entry((m, consent)).or_default();
                    if item.fact { facts.push(item.label.id) } else { documents.push(item.label.id) }
                }
                _ => wrong.push(Invalid::at(format!("/items/{n}/recipients/{m}"), Rule::NoLawfulBasis)),
            }
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    let (now, who) = (session.now(), session.standing()?.clone());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    for ((m, consent), (facts, documents)) in entries {
        let Some((recipient, capacity)) = hearers.get(m) else { continue };
        let id: OralDisclosureId = session.fresh()?.into();
        insert_into(oral_disclosure::table)
            .values((
                oral_disclosure::id.eq(id.uuid()),
                oral_disclosure::meeting_id.eq(found.id),
                oral_disclosure::cell_id.eq(found.cell_id),
                oral_disclosure::file_id.eq(found.file_id),
                oral_disclosure::teller_id.eq(who.agency().uuid()),
                oral_disclosure::told_by.eq(who.user().uuid()),
                oral_disclosure::told_at.eq(now),
                oral_disclosure::recipient_id.eq(recipient.uuid()),
                oral_disclosure::capacity.eq(capacity.number()),
                oral_disclosure::item_facts.eq(facts),
                oral_disclosure::item_documents.eq(documents),
                oral_disclosure::consent_id.eq(consent),
            ))
            .execute(&mut conn)
            .await?;
        told.oral_disclosures.push(id);
    }
    Ok(())
}
