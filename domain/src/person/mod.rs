//! Persons of a file: the person at risk, children, relatives, a new partner, the alleged aggressor.

mod add;
mod correct;

pub use add::{NewPerson, PersonAdded, add};
pub use correct::{PersonCorrected, PersonRecord, correct, find};

use authz::{
    desk::{Acting, Session},
    id::FileId,
};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    PgArrayExpressionMethods, QueryDsl,
};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use crate::{refusal::Refusal, schema::person, validation::Rule};

/// The role of a person whom the actor's agency may know of. Absent and vaulted away are one answer.
pub(crate) async fn known_role(
    session: &Session<'_, Acting>,
    file: FileId,
    id: Uuid,
    pointer: &str,
) -> Result<i16, Refusal> {
    let agency = session.standing()?.agency().uuid();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let role: Option<i16> = person::table
        .filter(person::id.eq(id))
        .filter(person::file_id.eq(file.uuid()))
        .filter(person::vault.is_null().or(person::vault.contains(vec![agency]).assume_not_null()))
        .select(person::role)
        .first(&mut conn)
        .await
        .optional()?;
    role.ok_or_else(|| Refusal::invalid(pointer, Rule::UnknownReference))
}
