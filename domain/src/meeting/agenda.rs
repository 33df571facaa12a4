//! What a meeting is to speak of, in order: a code, or words about one person that only the gate shows.

use authz::{
    acts::SetAgenda,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgendaItemId, FileId, MeetingId, PersonId},
    vocabulary::Category,
};
use diesel::{ExpressionMethods, QueryDsl, dsl::max, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Meeting, contribute::words, find::row};
use crate::{
    catalogue::CodeList,
    document::{DocumentKind, NewDocument, store},
    refusal::Refusal,
    schema::meeting_agenda,
    validation::{Invalid, Rule},
};

/// Items to add, in order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgenda {
    /// The items, after those that are there.
    pub items: Vec<NewAgendaItem>,
}

/// An item to add.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewAgendaItem {
    /// Something usual.
    Coded(CodedItem),
    /// Something about one person.
    Titled(TitledItem),
}

/// Something usual.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodedItem {
    /// A code of `agenda_item`.
    pub code: String,
}

/// Something about one person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TitledItem {
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// Its words.
    pub text: String,
}

/// The words of a title, under seal.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Title(String);

impl Title {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An agenda that was written.
#[derive(Serialize, ToSchema)]
pub struct AgendaSet {
    /// The meeting.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// The items added, in order.
    #[schema(value_type = Vec<Uuid>)]
    pub items: Vec<AgendaItemId>,
}

impl Answer for AgendaSet {
    const STATUS: u16 = 201;
}

/// Adds items to the agenda.
///
/// # Errors
/// When the meeting is over, or something stands against an item, by place.
pub async fn set_agenda<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, SetAgenda, Meeting>,
    new: NewAgenda,
) -> Result<(Spent<'tx, SetAgenda>, AgendaSet), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let found = row(session, id).await?;
    found.must_live()?;
    if new.items.is_empty() {
        return Err(Refusal::invalid("/items", Rule::EmptyList));
    }
    let file = FileId::from_uuid(found.file_id);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let last: Option<i16> = meeting_agenda::table
        .filter(meeting_agenda::meeting_id.eq(id.uuid()))
        .select(max(meeting_agenda::position))
        .first(&mut conn)
        .await?;
    let mut items = Vec::with_capacity(new.items.len());
    for (position, (n, item)) in (last.unwrap_or(0) + 1..).zip(new.items.iter().enumerate()) {
        let (code, document) =
            kept(session, file, item).await.map_err(|refusal| under(refusal, &format!("/items/{n}")))?;
        let item: AgendaItemId = session.fresh()?.into();
        insert_into(meeting_agenda::table)
            .values((
                meeting_agenda::id.eq(item.uuid()),
                meeting_agenda::meeting_id.eq(id.uuid()),
                meeting_agenda::cell_id.eq(found.cell_id),
                meeting_agenda::file_id.eq(found.file_id),
                meeting_agenda::position.eq(position),
                meeting_agenda::code.eq(code),
                meeting_agenda::document_id.eq(document),
                meeting_agenda::added_at.eq(session.now()),
            ))
            .execute(&mut conn)
            .await?;
        items.push(item);
    }
    Ok((spent, AgendaSet { meeting: id, items }))
}

async fn kept(
    session: &Session<'_, Acting>,
    file: FileId,
    item: &NewAgendaItem,
) -> Result<(Option<String>, Option<Uuid>), Refusal> {
    match item {
        NewAgendaItem::Coded(CodedItem { code }) => {
            let known = CodeList::named("agenda_item").is_some_and(|list| list.find(code).is_some());
            if known {
                Ok((Some(code.clone()), None))
            } else {
                Err(Refusal::invalid("/code", Rule::UnknownCode))
            }
        }
        NewAgendaItem::Titled(TitledItem { person, category, text }) => {
            let title = Title(words(text, *category)?);
            let label = NewDocument {
                person: *person,
                kind: DocumentKind::AgendaItem,
                category: *category,
                vault: None,
                supersedes: None,
            };
            Ok((None, Some(store(session, file, label, &title).await?.uuid())))
        }
    }
}

/// What is wrong with one element, pointed at in its list.
pub(super) fn under(refusal: Refusal, parent: &str) -> Refusal {
    match refusal {
        Refusal::Invalid(wrong) => {
            Refusal::Invalid(wrong.into_iter().map(|one: Invalid| one.under(parent)).collect())
        }
        other => other,
    }
}
