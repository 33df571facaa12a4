//! Agencies named in an input: do they exist, and what are they?

use authz::{
    desk::{Acting, Session},
    fault::Stop,
    id::AgencyId,
    vocabulary::AgencyKind,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use crate::{
    refusal::Refusal,
    schema::agency,
    validation::{Invalid, Rule},
};

/// What is known of an agency at work.
#[derive(Clone)]
pub(crate) struct Known {
    pub id: AgencyId,
    pub kind: AgencyKind,
    pub regime: String,
}

/// The short name of the caller's agency, as licences name it.
pub(crate) async fn own_key<M>(session: &Session<'_, M>) -> Result<String, Stop> {
    let own = session.standing()?.agency();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    Ok(agency::table.filter(agency::id.eq(own.uuid())).select(agency::key).first(&mut conn).await?)
}

/// The agencies at work under these ids, in their order; whichever names none is pointed at.
pub(crate) async fn known(
    session: &Session<'_, Acting>,
    ids: &[AgencyId],
    pointer: impl Fn(usize) -> String,
) -> Result<Vec<Known>, Refusal> {
    let wanted: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Uuid, i16, String)> = agency::table
        .filter(agency::id.eq_any(&wanted))
        .filter(agency::disabled_at.is_null())
        .select((agency::id, agency::kind, agency::regime))
        .load(&mut conn)
        .await?;
    let mut known = Vec::with_capacity(ids.len());
    let mut wrong = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        match rows.iter().find(|(row, ..)| *row == id.uuid()) {
            None => wrong.push(Invalid::at(pointer(n), Rule::UnknownReference)),
            Some((_, kind, regime)) => known.push(Known {
                id: *id,
                kind: AgencyKind::from_number(*kind).map_err(Stop::from)?,
                regime: regime.clone(),
            }),
        }
    }
    if wrong.is_empty() { Ok(known) } else { Err(Refusal::Invalid(wrong)) }
}
