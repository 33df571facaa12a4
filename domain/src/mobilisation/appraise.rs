//! The internal appraisal (*appréciation à l'interne*): what may be brought to the cell without identity. Codes
//! only: no text in which somebody could be named.

use authz::{
    acts::AppraiseSituation,
    desk::{Acting, Permit, Session, Spent},
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, coded, lock},
};
use crate::{refusal::Refusal, schema::mobilisation};

/// What is known of a situation, without who.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsultation {
    /// Age band of the person at risk; a code of `age_band`.
    pub age_band: String,
    /// Administrative region; a code of `region`.
    pub region: String,
    /// What worries and what protects; codes of `consultation_factor`.
    pub factors: Vec<String>,
    /// Services already received; codes of `service`.
    #[serde(default)]
    pub services: Vec<String>,
    /// The level that a person set, after the agency's own grid; a code of `risk_level`.
    pub level: String,
}

/// Records the internal appraisal; again, until it is brought to the cell.
///
/// # Errors
/// When a code is unknown, or it has been brought to the cell already.
pub async fn appraise<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AppraiseSituation, Mobilisation>,
    new: NewConsultation,
) -> Result<(Spent<'tx, AppraiseSituation>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let one = |code: &String| vec![code.clone()];
    coded("age_band", &one(&new.age_band), "/age_band", true).map_err(whole)?;
    coded("region", &one(&new.region), "/region", true).map_err(whole)?;
    coded("risk_level", &one(&new.level), "/level", true).map_err(whole)?;
    coded("consultation_factor", &new.factors, "/factors", true)?;
    coded("service", &new.services, "/services", false)?;
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let state = advance(session, &head, Step { by: Move::Appraise, reasons: &[], document: None }).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::age_band.eq(&new.age_band),
            mobilisation::region.eq(&new.region),
            mobilisation::factors.eq(&new.factors),
            mobilisation::services.eq(&new.services),
            mobilisation::level.eq(&new.level),
        ))
        .execute(&mut conn)
        .await?;
    Ok((spent, Moved { id, state, at: session.now(), due_at: None }))
}

/// A single code is pointed at by its member, not by a place in a list.
fn whole(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(wrong) => Refusal::Invalid(
            wrong
                .into_iter()
                .map(|mut one| {
                    one.pointer = one.pointer.trim_end_matches("/0").to_owned();
                    one
                })
                .collect(),
        ),
        other => other,
    }
}
