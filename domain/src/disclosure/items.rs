//! What an act tells: things of one's own agency, chosen one by one, or what an agreement covers.

use authz::{
    desk::{Acting, Session},
    fault::Fault,
    id::{AgencyId, DocumentId, FactId, FileId, PersonId},
    vocabulary::{Category, SubjectRole},
};
use diesel::{ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{NewDisclosure, NewItem};
use crate::{
    agencies::Known,
    catalogue::Field,
    law::Item,
    person::known_role,
    refusal::Refusal,
    schema::{document, fact, person},
    validation::{Invalid, Rule},
};

/// Field or category, vault, person and the person's role.
type Own = (i16, Option<Vec<Uuid>>, Uuid, i16);

/// Every item is one's own, still stands, and its vault names every recipient.
pub(super) async fn items(
    session: &Session<'_, Acting>,
    file: FileId,
    new: &NewDisclosure,
    own: AgencyId,
    recipients: &[Known],
) -> Result<Vec<Item>, Refusal> {
    let mut items = Vec::with_capacity(new.items.len());
    let mut wrong = Vec::new();
    for (n, item) in new.items.iter().enumerate() {
        match item {
            NewItem::Agreed(item) => {
                let pointer = format!("/items/{n}/subject");
                let role = known_role(session, file, item.subject.uuid(), &pointer).await?;
                let role = SubjectRole::from_number(role).map_err(authz::fault::Stop::from)?;
                items.push(Item { category: item.category, person: item.subject, role });
            }
            NewItem::Fact(item) => {
                let found = own_fact(session, file, item.fact, own).await?;
                let category = |field| Field::numbered(field).map(Field::category).map_err(|_| Fault::Stored);
                match found.map(|found| chosen(found, category, recipients)).transpose()? {
                    Some(Ok(item)) => items.push(item),
                    Some(Err(rule)) => wrong.push(Invalid::at(format!("/items/{n}/fact"), rule)),
                    None => wrong.push(Invalid::at(format!("/items/{n}/fact"), Rule::UnknownReference)),
                }
            }
            NewItem::Document(item) => {
                let found = own_document(session, file, item.document, own).await?;
                let category = |number| Category::from_number(number).map_err(|_| Fault::Stored);
                match found.map(|found| chosen(found, category, recipients)).transpose()? {
                    Some(Ok(item)) => items.push(item),
                    Some(Err(rule)) => wrong.push(Invalid::at(format!("/items/{n}/document"), rule)),
                    None => wrong.push(Invalid::at(format!("/items/{n}/document"), Rule::UnknownReference)),
                }
            }
        }
    }
    if wrong.is_empty() { Ok(items) } else { Err(Refusal::Invalid(wrong)) }
}

async fn own_fact(
    session: &Session<'_, Acting>,
    file: FileId,
    id: FactId,
    own: AgencyId,
) -> Result<Option<Own>, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found = fact::table
        .inner_join(person::table.on(person::id.eq(fact::person_id)))
        .filter(fact::id.eq(id.uuid()))
        .filter(fact::file_id.eq(file.uuid()))
        .filter(fact::source_id.eq(own.uuid()))
        .filter(fact::retracted_at.is_null())
        .select((fact::field, fact::vault, fact::person_id, person::role))
        .first(&mut conn)
        .await
        .optional()?;
    Ok(found)
}

async fn own_document(
    session: &Session<'_, Acting>,
    file: FileId,
    id: DocumentId,
    own: AgencyId,
) -> Result<Option<Own>, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found = document::table
        .inner_join(person::table.on(person::id.eq(document::person_id)))
        .filter(document::id.eq(id.uuid()))
        .filter(document::file_id.eq(file.uuid()))
        .filter(document::source_id.eq(own.uuid()))
        .filter(document::retracted_at.is_null())
        .select((document::category, document::vault, document::person_id, person::role))
        .first(&mut conn)
        .await
        .optional()?;
    Ok(found)
}

/// Something of one's own as an item, unless its vault does not name every recipient.
fn chosen(
    (number, vault, subject, role): Own,
    category: impl Fn(i16) -> Result<Category, Fault>,
    recipients: &[Known],
) -> Result<Result<Item, Rule>, Refusal> {
    if vault.is_some_and(|vault| recipients.iter().any(|known| !vault.contains(&known.id.uuid()))) {
        return Ok(Err(Rule::Vaulted));
    }
    let role = SubjectRole::from_number(role).map_err(authz::fault::Stop::from)?;
    Ok(Ok(Item { category: category(number)?, person: PersonId::from_uuid(subject), role }))
}
