//! Who is called: each agency once, people who work for it in the cell, nobody who is recused on the file.

use std::collections::HashSet;

use authz::{
    desk::{Acting, Session},
    id::{AgencyId, FileId, UserId},
    vocabulary::{AgencyKind, Capacity, Role, SubjectRole},
};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, PgArrayExpressionMethods,
    QueryDsl, dsl::exists, select,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    agencies::{self, Known},
    refusal::Refusal,
    schema::{account, person, recusal, role_grant},
    validation::{Invalid, Rule},
};

/// An agency to call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    /// Which.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// The person who is to sit for it.
    #[schema(value_type = Uuid)]
    pub person: UserId,
    /// Who stands in.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub substitute: Option<UserId>,
    /// As whom it would be told without consent.
    #[schema(value_type = String)]
    pub capacity: Capacity,
}

/// Checks who is called, all at once.
pub(super) async fn check(
    session: &Session<'_, Acting>,
    cell: Uuid,
    file: FileId,
    seats: &[NewSeat],
) -> Result<Vec<Known>, Refusal> {
    if seats.is_empty() {
        return Err(Refusal::invalid("/participants", Rule::EmptyList));
    }
    let mut wrong = Vec::new();
    for (n, seat) in seats.iter().enumerate() {
        let at = |member: &str| format!("/participants/{n}/{member}");
        if seats.iter().take(n).any(|other| other.agency == seat.agency) {
            wrong.push(Invalid::at(at("agency"), Rule::Duplicate));
        }
        if !may_sit(session, cell, file, seat.agency, seat.person).await? {
            wrong.push(Invalid::at(at("person"), Rule::UnknownReference));
        }
        match seat.substitute {
            Some(substitute) if substitute == seat.person => {
                wrong.push(Invalid::at(at("substitute"), Rule::Duplicate));
            }
            Some(substitute) if !may_sit(session, cell, file, seat.agency, substitute).await? => {
                wrong.push(Invalid::at(at("substitute"), Rule::UnknownReference));
            }
            _ => {}
        }
    }
    let ids: Vec<AgencyId> = seats.iter().map(|seat| seat.agency).collect();
    let known = agencies::known(session, &ids, |n| format!("/participants/{n}/agency")).await?;
    if wrong.is_empty() { Ok(known) } else { Err(Refusal::Invalid(wrong)) }
}

/// Works for the agency in the cell now, from worker upward, and is not recused on the file. One answer for all the
/// ways in which somebody may not.
pub(super) async fn may_sit(
    session: &Session<'_, Acting>,
    cell: Uuid,
    file: FileId,
    agency: AgencyId,
    who: UserId,
) -> Result<bool, Refusal> {
    let now = session.now();
    let worker: Vec<i16> = Role::ALL
        .iter()
        .filter(|role| role.inherits().contains(&Role::Worker))
        .map(|role| role.number())
        .collect();
    let recused = recusal::table.filter(recusal::file_id.eq(file.uuid())).select(recusal::human_id);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there = select(exists(
        role_grant::table
            .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
            .filter(account::id.eq(who.uuid()))
            .filter(account::agency_id.eq(agency.uuid()))
            .filter(account::service.eq(false))
            .filter(account::disabled_at.is_null())
            .filter(account::human_id.ne_all(recused))
            .filter(role_grant::cell_id.eq(cell))
            .filter(role_grant::role.eq_any(worker))
            .filter(role_grant::valid_from.le(now))
            .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now))),
    ))
    .get_result(&mut conn)
    .await?;
    Ok(there)
}

/// A child is on the file and nobody answers for child protection. Only a child the caller may know of counts.
pub(super) async fn child_protection_missing(
    session: &Session<'_, Acting>,
    file: FileId,
    called: &[Known],
) -> Result<bool, Refusal> {
    if called.iter().any(|known| known.kind == AgencyKind::ChildProtection) {
        return Ok(false);
    }
    let own = session.standing()?.agency().uuid();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let child = select(exists(
        person::table
            .filter(person::file_id.eq(file.uuid()))
            .filter(person::role.eq(SubjectRole::Child.number()))
            .filter(person::vault.is_null().or(person::vault.contains(vec![own]).assume_not_null())),
    ))
    .get_result(&mut conn)
    .await?;
    Ok(child)
}

/// Accounts called by these seats, once each.
pub(super) fn accounts(seats: &[NewSeat]) -> Vec<Uuid> {
    let called: HashSet<Uuid> = seats
        .iter()
        .flat_map(|seat| [Some(seat.person), seat.substitute])
        .flatten()
        .map(UserId::uuid)
        .collect();
    called.into_iter().collect()
}
