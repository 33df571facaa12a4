//! Who acknowledged that a consent was taken back: the agency that recorded it sees for each agency when.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, ConsentId, FileId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    file::{rows::ConsentRow, situation},
    inbox::MessageKind,
    schema::{account, agency, inbox, outbox},
};

/// What became of a withdrawal, as found.
pub struct Acknowledgements {
    consent: ConsentRow,
    told: Vec<(Uuid, String, String, DateTime<Utc>)>,
    read: Vec<(Uuid, Option<DateTime<Utc>>)>,
}

/// Who was told of a withdrawal, and who acknowledged it.
#[derive(Serialize, ToSchema)]
pub struct AcknowledgementsView {
    /// The consent.
    #[schema(value_type = Uuid)]
    pub consent: ConsentId,
    /// When it was taken back; nothing while it counts, and then nobody was told.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The agencies that were told, by short name.
    pub items: Vec<AcknowledgementView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One agency that was told.
#[derive(Serialize, ToSchema)]
pub struct AcknowledgementView {
    /// The agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// Its short name.
    pub key: String,
    /// Its name.
    pub name: String,
    /// When a message was left for it.
    pub told_at: DateTime<Utc>,
    /// When the first of its people acknowledged that message; nothing until then.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

impl Resource for Acknowledgements {
    const KIND: &'static str = "consent";
    const READ: &'static str = "consent.acknowledgements";
    const DOOR: Door = Door::Content;
    type Id = ConsentId;
}

impl Disclose for Acknowledgements {
    type View = Option<AcknowledgementsView>;

    /// To any other agency than the one that recorded it there is nothing here.
    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<AcknowledgementsView>, Fault> {
        let Self { consent, told, read } = self;
        let own = grant.agency().uuid();
        let shows =
            consent.recorded_agency == own && grant.sees_circle() && grant.knows_person(consent.subject_id);
        if !shows {
            return Ok(None);
        }
        let first = |agency: Uuid| {
            read.iter().filter(|(reader, _)| *reader == agency).filter_map(|(_, read_at)| *read_at).min()
        };
        let items = told.into_iter().filter(|(agency, ..)| *agency != own).map(|(id, key, name, told_at)| {
            let (agency, acknowledged_at) = (AgencyId::from_uuid(id), first(id));
            AcknowledgementView { agency, key, name, told_at, acknowledged_at }
        });
        Ok(Some(AcknowledgementsView {
            consent: ConsentId::from_uuid(consent.id),
            withdrawn_at: consent.withdrawn_at,
            items: items.collect(),
            next: None,
        }))
    }
}

/// What became of the withdrawal of this consent, or the absence of one: the same statements either way.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: ConsentId,
) -> Result<Sealed<'tx, Acknowledgements>, Stop> {
    let rows = situation::load(session, file).await?;
    let withdrawn = MessageKind::ConsentWithdrawn.wire();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let told = outbox::table
        .inner_join(agency::table.on(outbox::recipient_agency.eq(agency::id.nullable())))
        .filter(outbox::about.eq(id.uuid()))
        .filter(outbox::subject.eq(file.uuid()))
        .filter(outbox::kind.eq(withdrawn))
        .order((agency::key, outbox::id))
        .select((agency::id, agency::key, agency::name, outbox::created_at))
        .load(&mut conn)
        .await?;
    let read = inbox::table
        .inner_join(account::table.on(account::id.eq(inbox::account_id)))
        .filter(inbox::about.eq(id.uuid()))
        .filter(inbox::subject.eq(file.uuid()))
        .filter(inbox::kind.eq(withdrawn))
        .select((account::agency_id, inbox::read_at))
        .load(&mut conn)
        .await?;
    let held = match rows {
        None => None,
        Some(mut rows) => {
            let scope = rows.scope(Owner::Shared)?;
            let place = rows.consents.iter().position(|row| row.id == id.uuid());
            let consent = place.map(|place| rows.consents.swap_remove(place));
            consent.map(|consent| (Acknowledgements { consent, told, read }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
