//! Making a disclosure: items chosen one by one, recipients each in a stated capacity, a basis and what
//! it asks to be attested. An emergency act on a closed file reopens it.

use std::collections::BTreeMap;

use authz::{
    acts::Disclose,
    desk::{Acting, Answer as ActAnswer, Permit, Session, Spent},
    id::{AgencyId, DisclosureId, DocumentId, FactId, FileId, MeetingId, PersonId},
    vocabulary::{AgencyKind, Capacity, Category, Expiry},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Channel, items::items, record::seal_record};
use crate::{
    agencies::{self, Known},
    file::{
        lookup::{cell_of, tell_agencies},
        view::RiskFile,
    },
    inbox::MessageKind,
    law::{Answer, Attempt, Cleared, Invoker, Item, Law, Recipient, Regime},
    refusal::Refusal,
    schema::{disclosure, risk_file},
    validation::Rule,
};

/// A disclosure to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDisclosure {
    /// What is told: facts of one's own agency, or what an agreement covers.
    pub items: Vec<NewItem>,
    /// Who is told, each in a capacity.
    pub recipients: Vec<NewRecipient>,
    /// The legal basis.
    pub basis_code: String,
    /// What the basis asks, by condition.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub attestations: BTreeMap<String, Answer>,
    /// How far the act reaches.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub expires: Option<Expiry>,
    /// Until when the recipients may read.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
    /// The rest of the seven points; may follow within twenty-four hours.
    #[serde(default)]
    pub record: Option<NewRecord>,
    /// The act that this one attests again.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub renews: Option<DisclosureId>,
}

/// One thing told.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewItem {
    /// A fact.
    Fact(FactItem),
    /// A document.
    Document(DocumentItem),
    /// What an agreement covers.
    Agreed(AgreedItem),
}

/// A fact told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactItem {
    /// Which.
    #[schema(value_type = Uuid)]
    pub fact: FactId,
}

/// A document told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentItem {
    /// Which.
    #[schema(value_type = Uuid)]
    pub document: DocumentId,
}

/// A person and category told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedItem {
    /// The person.
    #[schema(value_type = Uuid)]
    pub subject: PersonId,
    /// The category.
    #[schema(value_type = String)]
    pub category: Category,
}

/// Who is told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecipient {
    /// Which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// In which capacity.
    #[schema(value_type = String)]
    pub capacity: Capacity,
}

/// What must be noted of each communication (M-9, r. 17, s. 21, taken as the minimum for all).
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// The persons exposed.
    #[schema(value_type = Vec<Uuid>)]
    pub exposed: Vec<PersonId>,
    /// The act of violence to be prevented.
    pub act_feared: String,
    /// The danger identified.
    pub danger: String,
    /// What makes it urgent.
    pub urgency: String,
    /// The information communicated.
    pub information: String,
}

/// A disclosure that was made.
#[derive(Serialize, ToSchema)]
pub struct Made {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DisclosureId,
    /// When.
    pub at: DateTime<Utc>,
    /// Until when the recipients may read.
    pub until: DateTime<Utc>,
    /// Must the rest of the record still follow?
    pub record_due: Option<DateTime<Utc>>,
    /// The agency's directive should have been cited and was not; its privacy officer is told.
    pub directive_missing: bool,
    /// Was a closed file reopened?
    pub reopened: bool,
}

impl ActAnswer for Made {
    const STATUS: u16 = 201;
}

/// Makes a disclosure.
///
/// # Errors
/// Everything that stands against it, by place; or when the machine fails.
pub async fn make<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, Disclose, RiskFile>,
    new: NewDisclosure,
) -> Result<(Spent<'tx, Disclose>, Made), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let weighed = weigh(session, file, &new).await?;
    let all: Vec<&Named> = weighed.recipients.iter().collect();
    let made = write(session, file, &new, &weighed, &all, None).await?;
    Ok((spent, made))
}

/// A recipient that is known, and as whom it is told.
pub(crate) struct Named {
    pub id: AgencyId,
    kind: AgencyKind,
    pub capacity: Capacity,
}

/// A disclosure whose items, recipients and basis were found right.
pub(crate) struct Weighed {
    pub recipients: Vec<Named>,
    cleared: Cleared,
}

/// Checks a disclosure whole, before anything of it is written.
pub(crate) async fn weigh(
    session: &Session<'_, Acting>,
    file: FileId,
    new: &NewDisclosure,
) -> Result<Weighed, Refusal> {
    let own = session.standing()?.agency();
    let known = recipients(session, new, own).await?;
    let items = items(session, file, new, own, &known).await?;
    let named = known.into_iter().zip(&new.recipients);
    let recipients: Vec<Named> = named
        .map(|(known, recipient)| Named { id: known.id, kind: known.kind, capacity: recipient.capacity })
        .collect();
    let cleared = clear(session, new, &items, &recipients).await?;
    if let Some(renewed) = new.renews {
        own_act(session, file, renewed, own).await?;
    }
    Ok(Weighed { recipients, cleared })
}

/// Writes one act toward these recipients, at a meeting or through the platform.
///
/// INVARIANT: the caller has spent a permit on this very file and holds its row lock.
pub(crate) async fn write(
    session: &Session<'_, Acting>,
    file: FileId,
    new: &NewDisclosure,
    weighed: &Weighed,
    to: &[&Named],
    meeting: Option<MeetingId>,
) -> Result<Made, Refusal> {
    let (now, who) = (session.now(), session.standing()?.clone());
    let cleared = weighed.cleared;
    let id: DisclosureId = session.fresh()?.into();
    let record = match &new.record {
        None => None,
        Some(record) => Some(seal_record(session, file, id, record, "/record").await?),
    };
    let (mut facts, mut documents, mut agreed) = (Vec::new(), Vec::new(), Vec::new());
    for item in &new.items {
        match item {
            NewItem::Fact(item) => facts.push(item.fact.uuid()),
            NewItem::Document(item) => documents.push(item.document.uuid()),
            NewItem::Agreed(item) => agreed.push(item),
        }
    }
    let cell = cell_of(session, file).await?;
    let channel = if meeting.is_some() { Channel::Oral } else { Channel::Platform };
    let told: Vec<Uuid> = to.iter().map(|recipient| recipient.id.uuid()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(disclosure::table)
        .values((
            (
                disclosure::id.eq(id.uuid()),
                disclosure::file_id.eq(file.uuid()),
                disclosure::cell_id.eq(cell),
                disclosure::source_id.eq(who.agency().uuid()),
                disclosure::made_by.eq(who.user().uuid()),
                disclosure::made_at.eq(now),
                disclosure::meeting_id.eq(meeting.map(MeetingId::uuid)),
                disclosure::channel.eq(channel.number()),
            ),
            disclosure::basis_code.eq(&new.basis_code),
            disclosure::basis_version.eq(cleared.basis().effective.from),
            disclosure::expires.eq(new.expires.unwrap_or(Expiry::SingleAct).number()),
            disclosure::until_at.eq(cleared.until()),
            disclosure::recipient_agencies.eq(&told),
            disclosure::recipient_capacities
                .eq(to.iter().map(|recipient| recipient.capacity.number()).collect::<Vec<_>>()),
            disclosure::item_facts.eq(facts),
            disclosure::item_documents.eq(documents),
            disclosure::item_subjects.eq(agreed.iter().map(|item| item.subject.uuid()).collect::<Vec<_>>()),
            disclosure::item_categories
                .eq(agreed.iter().map(|item| item.category.number()).collect::<Vec<_>>()),
            disclosure::attested.eq(new.attestations.keys().cloned().collect::<Vec<_>>()),
            disclosure::renews.eq(new.renews.map(DisclosureId::uuid)),
            disclosure::record_completed_at.eq(record.as_ref().map(|_| now)),
            disclosure::record_sealed.eq(record),
        ))
        .execute(&mut conn)
        .await?;
    // A file that comes alive again is reopened, and its sunset with it.
    let reopened = diesel::update(
        risk_file::table.filter(risk_file::id.eq(file.uuid())).filter(risk_file::status.eq(1i16)),
    )
    .set((
        risk_file::status.eq(0i16),
        risk_file::closed_at.eq(None::<DateTime<Utc>>),
        risk_file::sunset_at.eq(None::<DateTime<Utc>>),
    ))
    .execute(&mut conn)
    .await?;
    tell_agencies(session, &told, MessageKind::DisclosureMade, file.uuid()).await?;
    Ok(Made {
        id,
        at: now,
        until: cleared.until(),
        record_due: new.record.is_none().then(|| now + chrono::TimeDelta::hours(24)),
        directive_missing: cleared.directive_missing(),
        reopened: reopened > 0,
    })
}

async fn recipients(
    session: &Session<'_, Acting>,
    new: &NewDisclosure,
    own: AgencyId,
) -> Result<Vec<Known>, Refusal> {
    let ids: Vec<AgencyId> = new.recipients.iter().map(|recipient| recipient.agency).collect();
    for (n, id) in ids.iter().enumerate() {
        if *id == own {
            return Err(Refusal::invalid(&format!("/recipients/{n}/agency"), Rule::OwnAgency));
        }
        if ids.iter().take(n).any(|other| other == id) {
            return Err(Refusal::invalid(&format!("/recipients/{n}/agency"), Rule::Duplicate));
        }
    }
    agencies::known(session, &ids, |n| format!("/recipients/{n}/agency")).await
}

/// Does the basis, in its version of today, allow this act?
async fn clear(
    session: &Session<'_, Acting>,
    new: &NewDisclosure,
    items: &[Item],
    recipients: &[Named],
) -> Result<Cleared, Refusal> {
    let (now, who) = (session.now(), session.standing()?.clone());
    let own = agencies::known(session, &[who.agency()], |_| String::new()).await?;
    let regime = own.into_iter().next().and_then(|own| own.regime.parse::<Regime>().ok());
    let regime = regime.ok_or_else(|| Refusal::invalid("/basis_code", Rule::BasisRegime))?;
    let basis = Law::require(&new.basis_code, now).map_err(|rule| Refusal::invalid("/basis_code", rule))?;
    let named: Vec<Recipient> =
        recipients.iter().map(|named| Recipient { kind: named.kind, capacity: named.capacity }).collect();
    basis
        .check(&Attempt {
            invoker: Invoker { kind: who.kind(), regime },
            recipients: &named,
            items,
            attestations: &new.attestations,
            expires: new.expires.unwrap_or(Expiry::SingleAct),
            until: new.until,
            at: now,
        })
        .map_err(Refusal::Invalid)
}

async fn own_act(
    session: &Session<'_, Acting>,
    file: FileId,
    act: DisclosureId,
    own: AgencyId,
) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: i64 = disclosure::table
        .filter(disclosure::id.eq(act.uuid()))
        .filter(disclosure::file_id.eq(file.uuid()))
        .filter(disclosure::source_id.eq(own.uuid()))
        .count()
        .get_result(&mut conn)
        .await?;
    if there == 1 { Ok(()) } else { Err(Refusal::invalid("/renews", Rule::UnknownReference)) }
}
