//! Taking a consent back: it stops counting at once, everywhere, and those it named are told.

use authz::{
    acts::WithdrawConsent,
    desk::{Acting, Answer, Door, Owner, Permit, Resource, Scope, Sealed, Session, Spent, seal},
    fault::Stop,
    id::{AgencyId, ConsentId, FileId},
    log,
    vocabulary::Effect,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    file::{
        find::lock,
        lookup::{circle_at, circle_now, ever_in_circle, tell_agencies_about},
        situation,
    },
    inbox::MessageKind,
    refusal::Refusal,
    schema::{consent, provision},
};

/// A consent as found in its file.
pub struct ConsentRecord;

impl Resource for ConsentRecord {
    const KIND: &'static str = "consent";
    const READ: &'static str = "consent.read";
    const DOOR: Door = Door::Content;
    type Id = ConsentId;
}

/// A consent that was withdrawn.
#[derive(Serialize, ToSchema)]
pub struct ConsentWithdrawn {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: ConsentId,
    /// From when it no longer counts.
    pub withdrawn_at: DateTime<Utc>,
    /// What of one's own agency's facts was read under it already, so that the person can be told.
    pub already_shared: Vec<SharedView>,
}

/// What one agency read under a consent.
#[derive(Serialize, ToSchema)]
pub struct SharedView {
    /// Who read.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// Which fields, of one's own agency's facts.
    pub fields: Vec<String>,
    /// When last.
    pub last_read_at: DateTime<Utc>,
}

impl Answer for ConsentWithdrawn {
    const STATUS: u16 = 200;
}

/// The consent under this id in this file, or the absence of one. A worker of the circle may know of any:
/// a person may take back, with whoever is there, what was said elsewhere.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx>(
    session: &mut Session<'tx, Acting>,
    file: FileId,
    id: ConsentId,
) -> Result<Sealed<'tx, ConsentRecord>, Stop> {
    lock(session, file).await?;
    let held = match situation::load(session, file).await? {
        Some(rows) if rows.consents.iter().any(|row| row.id == id.uuid()) => {
            Some((ConsentRecord, Scope::File(Box::new(rows.scope(Owner::Shared)?))))
        }
        _ => None,
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Withdraws a consent.
///
/// # Errors
/// When it was withdrawn before, or the database fails.
pub async fn withdraw<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, WithdrawConsent, ConsentRecord>,
    file: FileId,
) -> Result<(Spent<'tx, WithdrawConsent>, ConsentWithdrawn), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let touched = diesel::update(
        consent::table.filter(consent::id.eq(id.uuid())).filter(consent::withdrawn_at.is_null()),
    )
    .set((consent::withdrawn_at.eq(now), consent::withdrawn_by.eq(who.user().uuid())))
    .execute(&mut conn)
    .await?;
    if touched != 1 {
        return Err(Refusal::Conflict("consent.withdrawn"));
    }
    let Concerned { stop, learn } = concerned(session, file, id).await?;
    let about = Some(id.uuid());
    tell_agencies_about(session, &stop, MessageKind::ConsentWithdrawn, file.uuid(), about).await?;
    tell_agencies_about(session, &learn, MessageKind::RefusalWithdrawn, file.uuid(), about).await?;
    let shared = log::read_under(session, file, id.uuid(), who.agency()).await?;
    let already_shared = shared
        .into_iter()
        .map(|shared| SharedView { agency: shared.reader, fields: shared.fields, last_read_at: shared.last })
        .collect();
    Ok((spent, ConsentWithdrawn { id, withdrawn_at: now, already_shared }))
}

/// Whom a withdrawal concerns.
struct Concerned {
    /// Those who may not use any more what the consent opened to them, and who recorded it.
    stop: Vec<Uuid>,
    /// Those whom a refusal kept out: nothing that they may use ends. Also who recorded it, if it only refused.
    learn: Vec<Uuid>,
}

/// Its sentences, each for the agencies it names and those that `circle` means: in a permission the agencies inside
/// when it was given, in a refusal whoever is inside.
///
/// INVARIANT: only agencies that are, or have been, in the circle; of a refusal, those inside now.
async fn concerned(session: &Session<'_, Acting>, file: FileId, id: ConsentId) -> Result<Concerned, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (recorded_by, given_at): (Uuid, DateTime<Utc>) = consent::table
        .filter(consent::id.eq(id.uuid()))
        .select((consent::recorded_agency, consent::given_at))
        .first(&mut conn)
        .await?;
    let sentences: Vec<(i16, Vec<Uuid>, bool)> = provision::table
        .filter(provision::consent_id.eq(id.uuid()))
        .select((provision::effect, provision::recipients, provision::to_circle))
        .load(&mut conn)
        .await?;
    let ever = ever_in_circle(session, file).await?;
    let now = circle_now(session, file).await?;
    let then = circle_at(conn, file.uuid(), given_at).await?;
    let permits = |effect: i16| effect == Effect::Permit.number();
    let speaks_to = |agency: Uuid, permitting: bool, circle: &[Uuid]| {
        sentences.iter().any(|(effect, named, to_circle)| {
            permits(*effect) == permitting
                && (named.contains(&agency) || (*to_circle && circle.contains(&agency)))
        })
    };
    let only_refuses = !sentences.iter().any(|(effect, ..)| permits(*effect));
    let stops = |agency: Uuid| speaks_to(agency, true, &then) || (agency == recorded_by && !only_refuses);
    let learns = |agency: Uuid| speaks_to(agency, false, &now) || (agency == recorded_by && only_refuses);
    let stop: Vec<Uuid> = ever.into_iter().filter(|agency| stops(*agency)).collect();
    let learn = now.iter().copied().filter(|agency| !stop.contains(agency) && learns(*agency)).collect();
    Ok(Concerned { stop, learn })
}
