//! Adding a person to a file.

use authz::{
    acts::AddPerson,
    desk::{Acting, Answer, Permit, Session, Spent, birth_place},
    id::{AgencyId, PersonId},
    vocabulary::SubjectRole,
};
use chrono::NaiveDate;
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    agencies,
    file::{lookup::cell_of, merged::not_merged, view::RiskFile},
    refusal::Refusal,
    schema::person,
    validation::Rule,
};

/// A person to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Role in the file.
    #[schema(value_type = String)]
    pub role: SubjectRole,
    /// For reckoning age only, never shown; the fact `birth_date` is another thing.
    #[serde(default)]
    pub birth_date: Option<NaiveDate>,
    /// The agencies that may know of this person; none: the whole circle.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
}

/// A person who was added.
#[derive(Serialize, ToSchema)]
pub struct PersonAdded {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: PersonId,
}

impl Answer for PersonAdded {
    const STATUS: u16 = 201;
}

/// Adds a person. The agency that adds one under a vault is named in it.
///
/// # Errors
/// When the birth date is in the future, an agency is unknown, or the machine fails.
pub async fn add<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AddPerson, RiskFile>,
    new: NewPerson,
) -> Result<(Spent<'tx, AddPerson>, PersonAdded), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    not_merged(session, file).await?;
    if new.birth_date.is_some_and(|date| date > now.with_timezone(&chrono_tz::America::Toronto).date_naive())
    {
        return Err(Refusal::invalid("/birth_date", Rule::InTheFuture));
    }
    let vault = match &new.vault {
        None => None,
        Some(named) => {
            agencies::known(session, named, |n| format!("/vault/{n}")).await?;
            let mut vault: Vec<Uuid> = named.iter().map(|agency| agency.uuid()).collect();
            vault.push(who.agency().uuid());
            vault.sort_unstable();
            vault.dedup();
            Some(vault)
        }
    };
    let id: PersonId = session.fresh()?.into();
    let birth = match new.birth_date {
        None => None,
        Some(date) => {
            let key = session.keys(Key::take()).open(file)?;
            Some(key.seal(&birth_place(id.uuid()), date.to_string().as_bytes())?)
        }
    };
    let cell = cell_of(session, file).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(person::table)
        .values((
            person::id.eq(id.uuid()),
            person::file_id.eq(file.uuid()),
            person::cell_id.eq(cell),
            person::role.eq(new.role.number()),
            person::birth_sealed.eq(birth),
            person::vault.eq(vault),
            person::added_by.eq(who.user().uuid()),
            person::source_id.eq(who.agency().uuid()),
            person::added_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    Ok((spent, PersonAdded { id }))
}
