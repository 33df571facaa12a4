//! Correcting a person's role: the agency that added the person may.

use authz::{
    acts::CorrectPerson,
    desk::{Acting, Answer, Door, Owner, Permit, Resource, Scope, Sealed, Session, Spent, seal},
    fault::Stop,
    id::{AgencyId, FileId, PersonId},
    vocabulary::SubjectRole,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    file::{find::lock, situation},
    refusal::Refusal,
    schema::person,
};

/// A person as found in a file.
pub struct PersonRecord;

impl Resource for PersonRecord {
    const KIND: &'static str = "person";
    const READ: &'static str = "person.read";
    const DOOR: Door = Door::Content;
    type Id = PersonId;
}

/// The role after its correction.
#[derive(Serialize, ToSchema)]
pub struct PersonCorrected {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: PersonId,
    /// Role in the file.
    #[schema(value_type = String)]
    pub role: SubjectRole,
}

impl Answer for PersonCorrected {
    const STATUS: u16 = 200;
}

/// The person under this id in this file, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx>(
    session: &mut Session<'tx, Acting>,
    file: FileId,
    id: PersonId,
) -> Result<Sealed<'tx, PersonRecord>, Stop> {
    lock(session, file).await?;
    let rows = situation::load(session, file).await?;
    let held = match rows {
        None => None,
        Some(rows) => {
            let owner = rows.persons.iter().find(|row| row.id == id.uuid()).map(|row| row.source_id);
            let owner =
                owner.map(|agency| rows.scope(Owner::Secret(AgencyId::from_uuid(agency)))).transpose()?;
            owner.map(|scope| (PersonRecord, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Corrects the role.
///
/// # Errors
/// When the database fails.
pub async fn correct<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CorrectPerson, PersonRecord>,
    role: SubjectRole,
) -> Result<(Spent<'tx, CorrectPerson>, PersonCorrected), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(person::table.filter(person::id.eq(id.uuid())))
        .set(person::role.eq(role.number()))
        .execute(&mut conn)
        .await?;
    Ok((spent, PersonCorrected { id, role }))
}
