//! Keeps the tokens of one person in step with the facts.

use authz::{
    desk::{Acting, Session},
    fault::{Fault, Stop},
    id::{FileId, PersonId},
    keys::{FileKey, Keystore, Place, index::BlindIndex},
};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use uuid::Uuid;

use crate::{
    catalogue::Field,
    file::view::value_place,
    refusal::Refusal,
    schema::{fact, name_token},
    value::Value,
};

const GIVEN: &str = "given_name";
const FAMILY: &str = "family_name";
const BIRTH: &str = "birth_date";

/// Do the tokens depend on this field?
pub(crate) fn is_indexed(field: Field) -> bool {
    [GIVEN, FAMILY, BIRTH].contains(&field.name())
}

/// Where a token is sealed.
pub(super) const fn token_place(person: Uuid) -> Place {
    Place { table: "name_token", column: "token_sealed", row: person }
}

/// The key of the index.
pub(super) fn blind_index<M>(session: &Session<'_, M>) -> Result<BlindIndex, authz::keys::KeyError> {
    index_of(session.keys(Key::take()))
}

/// The same, for who has the keystore.
pub(crate) fn index_of(keys: &dyn Keystore) -> Result<BlindIndex, authz::keys::KeyError> {
    keys.secret("name-index").map(BlindIndex::new)
}

/// Writes a person's tokens anew from every name and birth date stated and not retracted.
pub(crate) async fn reindex(
    session: &Session<'_, Acting>,
    file: FileId,
    person: PersonId,
) -> Result<(), Refusal> {
    let key = session.keys(Key::take()).open(file)?;
    let index = blind_index(session)?;
    let conn = session.tx(Key::take()).conn(Key::take())?;
    write_tokens(conn, &index, &key, file, person).await.map_err(Stop::Fault)?;
    Ok(())
}

/// The same, on a connection that is inside a transaction.
pub(crate) async fn write_tokens(
    mut conn: &AsyncPgConnection,
    index: &BlindIndex,
    key: &FileKey,
    file: FileId,
    person: PersonId,
) -> Result<(), Fault> {
    let rows: Vec<(Uuid, i16, Vec<u8>)> = fact::table
        .filter(fact::file_id.eq(file.uuid()))
        .filter(fact::person_id.eq(person.uuid()))
        .filter(fact::retracted_at.is_null())
        .select((fact::id, fact::field, fact::value_sealed))
        .load(&mut conn)
        .await?;
    let tokens = tokens_of(&rows, index, key, person)?;
    diesel::delete(name_token::table.filter(name_token::person_id.eq(person.uuid())))
        .execute(&mut conn)
        .await?;
    let rows: Vec<_> = tokens
        .into_iter()
        .map(|token| {
            (
                name_token::file_id.eq(file.uuid()),
                name_token::person_id.eq(person.uuid()),
                name_token::bucket.eq(token.bucket),
                name_token::token_sealed.eq(token.sealed),
                name_token::name_facts.eq(token.names),
                name_token::birth_fact.eq(token.birth),
            )
        })
        .collect();
    insert_into(name_token::table).values(rows).execute(&mut conn).await?;
    Ok(())
}

struct SealedToken {
    bucket: i32,
    sealed: Vec<u8>,
    names: Vec<Uuid>,
    birth: Uuid,
}

/// Each name alone, and each pair of names, with each birth date.
fn tokens_of(
    rows: &[(Uuid, i16, Vec<u8>)],
    index: &BlindIndex,
    key: &FileKey,
    person: PersonId,
) -> Result<Vec<SealedToken>, Fault> {
    let (mut given, mut family, mut births) = (Vec::new(), Vec::new(), Vec::new());
    for (id, field, sealed) in rows {
        let Ok(field) = Field::numbered(*field) else { continue };
        if !is_indexed(field) {
            continue;
        }
        let plain = key.open(&value_place(*id), sealed)?;
        match (field.name(), Value::from_bytes(&plain)) {
            (GIVEN, Ok(Value::Text(name))) => given.push((*id, name)),
            (FAMILY, Ok(Value::Text(name))) => family.push((*id, name)),
            (BIRTH, Ok(Value::Date(date))) => births.push((*id, date)),
            _ => {}
        }
    }
    let mut made = Vec::new();
    for (birth, date) in births {
        let alone = given.iter().map(|g| (Some(g), None)).chain(family.iter().map(|f| (None, Some(f))));
        let pairs = given.iter().flat_map(|g| family.iter().map(move |f| (Some(g), Some(f))));
        for (g, f) in alone.chain(pairs) {
            let names: Vec<Uuid> = [g, f].into_iter().flatten().map(|(id, _)| *id).collect();
            let (g, f) = (g.map(|(_, name)| name.as_str()), f.map(|(_, name)| name.as_str()));
            for token in index.tokens(g, f, date) {
                let sealed = key.seal(&token_place(person.uuid()), &token.full)?;
                made.push(SealedToken { bucket: token.bucket, sealed, names: names.clone(), birth });
            }
        }
    }
    Ok(made)
}
