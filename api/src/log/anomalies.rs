//! `GET /api/v1/access-events/anomalies`: what stands out in the log, for auditors and privacy officers.

use actix_web::{HttpRequest, get, web::Data};
use authz::clock::real_now;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    anomaly::{AnomalyView, find_anomalies},
    validation::Rule,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{Ask, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// The longest period looked at.
pub const LONGEST: TimeDelta = TimeDelta::days(92);
/// The period looked at when none is said.
pub const USUAL: TimeDelta = TimeDelta::days(30);

/// Which period: what was recorded from an instant on and before another. Without one, the last thirty days; at most
/// ninety-two.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

/// What stands out, rule by rule.
#[derive(Serialize, ToSchema)]
pub struct AnomaliesView {
    items: Vec<AnomalyView>,
    next: Option<String>,
}

/// What stands out in the log, by fixed rules: in the cells one audits, or among the people of the agency whose privacy
/// one answers for. A rule accuses nobody; it says where to look.
#[utoipa::path(tag = "log", params(Wanted), responses((status = 200, body = AnomaliesView)))]
#[get("/api/v1/access-events/anomalies")]
pub async fn anomalies(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    // The log is bounded by when its rows were recorded, which is the machine's time.
    let to = wanted.to.unwrap_or_else(real_now);
    let from = wanted.from.unwrap_or(to - USUAL);
    if from > to {
        return Err(Problem::bad_query("from", Rule::WrongOrder));
    }
    if to - from > LONGEST {
        return Err(Problem::bad_query("from", Rule::OutOfRange));
    }
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_anomalies(session, from, to).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::whole_list(view)
}
