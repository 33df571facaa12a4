//! Identity opens (*ouverture de l'identité*): the agency that brought the situation brings its file, once the
//! person consents or a disclosure in force names the coordination. A level alone never opens it.

use authz::{
    acts::{BringFile, OpenIdentity},
    desk::{Acting, Permit, Sealed, Session, Spent},
    gate::Label,
    id::{AgencyId, FileId},
    vocabulary::{AgencyKind, Category, Role, SubjectRole},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, lock},
    people::{coordinators, tell},
};
use crate::{
    file::{lookup::circle_now, merged::not_merged, view::RiskFile},
    inbox::MessageKind,
    refusal::Refusal,
    schema::{account, agency, circle, disclosure, mobilisation, person, role_grant},
    validation::Rule,
};

/// The file one brings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIdentity {
    /// Which.
    #[schema(value_type = Uuid)]
    pub file: FileId,
}

/// Opens identity: links the file and lets the coordination into its circle.
///
/// # Errors
/// When nothing lets the coordination know who it is, the file belongs to another cell or situation, or the cell
/// is not triggered.
pub async fn open_identity<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, OpenIdentity, Mobilisation>,
    file: &Sealed<'tx, RiskFile>,
    bring: Permit<'tx, BringFile, RiskFile>,
) -> Result<(Spent<'tx, OpenIdentity>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (file_id, _) = bring.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    if head.file_id.is_some_and(|linked| linked != file_id.uuid()) {
        return Err(Refusal::Blocked(Rule::StepNotPossible));
    }
    let cell = crate::file::lookup::cell_of(session, file_id).await?;
    if cell != head.cell_id {
        return Err(Refusal::invalid("/file", Rule::UnknownReference));
    }
    not_merged(session, file_id).await?;
    let coordination = coordination_agencies(session, cell).await?;
    let persons = persons_at_risk(session, file_id).await?;
    let mut lawful = Vec::new();
    for agency in coordination {
        if told_by_act(session, file_id, who.agency(), agency).await?
            || told_by_consent(session, file, &persons, who.agency(), agency, now)?
        {
            lawful.push(agency);
        }
    }
    if lawful.is_empty() {
        return Err(Refusal::Blocked(Rule::NoLawfulBasis));
    }
    let state =
        advance(session, &head, Step { by: Move::OpenIdentity, reasons: &[], document: None }).await?;
    let inside = circle_now(session, file_id).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    for agency in lawful.iter().filter(|agency| !inside.contains(&agency.uuid())) {
        insert_into(circle::table)
            .values((
                circle::file_id.eq(file_id.uuid()),
                circle::cell_id.eq(cell),
                circle::agency_id.eq(agency.uuid()),
                circle::from_at.eq(now),
                circle::added_by.eq(who.user().uuid()),
            ))
            .execute(&mut conn)
            .await?;
    }
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((mobilisation::file_id.eq(file_id.uuid()), mobilisation::identity_at.eq(now)))
        .execute(&mut conn)
        .await?;
    let told = coordinators(conn, cell, now).await?;
    tell(session, &told, MessageKind::MobilisationIdentity, id.uuid()).await?;
    Ok((spent, Moved { id, state, at: now, due_at: head.due_at }))
}

/// The agencies whose people coordinate this cell now.
async fn coordination_agencies(session: &Session<'_, Acting>, cell: Uuid) -> Result<Vec<AgencyId>, Refusal> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let ids: Vec<Uuid> = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .inner_join(agency::table.on(agency::id.eq(account::agency_id)))
        .filter(role_grant::cell_id.eq(cell))
        .filter(role_grant::role.eq(Role::Coordinator.number()))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .filter(agency::kind.eq(AgencyKind::Coordination.number()))
        .filter(agency::disabled_at.is_null())
        .select(agency::id)
        .distinct()
        .load(&mut conn)
        .await?;
    Ok(ids.into_iter().map(AgencyId::from_uuid).collect())
}

async fn persons_at_risk(session: &Session<'_, Acting>, file: FileId) -> Result<Vec<Uuid>, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let ids = person::table
        .filter(person::file_id.eq(file.uuid()))
        .filter(person::role.eq(SubjectRole::PersonAtRisk.number()))
        .select(person::id)
        .load(&mut conn)
        .await?;
    Ok(ids)
}

/// Does an act in force of the discloser name this agency?
async fn told_by_act(
    session: &Session<'_, Acting>,
    file: FileId,
    discloser: AgencyId,
    to: AgencyId,
) -> Result<bool, Refusal> {
    use diesel::PgArrayExpressionMethods;
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let acts: i64 = disclosure::table
        .filter(disclosure::file_id.eq(file.uuid()))
        .filter(disclosure::source_id.eq(discloser.uuid()))
        .filter(disclosure::recipient_agencies.contains(vec![to.uuid()]))
        .filter(disclosure::made_at.le(now))
        .filter(disclosure::until_at.gt(now))
        .filter(disclosure::revoked_at.is_null())
        .count()
        .get_result(&mut conn)
        .await?;
    Ok(acts > 0)
}

/// Would a consent show this agency the identity that the discloser knows?
fn told_by_consent<'tx>(
    session: &Session<'tx, Acting>,
    file: &Sealed<'tx, RiskFile>,
    persons: &[Uuid],
    discloser: AgencyId,
    to: AgencyId,
    now: DateTime<Utc>,
) -> Result<bool, Refusal> {
    for person in persons {
        let label = Label {
            id: Uuid::nil(),
            subject: *person,
            category: Category::Identity,
            source: discloser.uuid(),
            recorded_at: now,
            vault: None,
        };
        if session.would_tell(file, (to, AgencyKind::Coordination), &label)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
