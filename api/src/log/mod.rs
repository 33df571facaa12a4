//! Reading the access log. One operation a file.

pub mod anomalies;
pub mod events;
pub mod file;
pub mod points;
pub mod proof;

use authz::{
    id::{AgencyId, FileId, PersonId, UserId},
    log::Filter,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Paging, read_query},
    problem::Problem,
};

/// What else the log speaks of beside the acts of [`authz::acts`]: readings, accounts, sessions.
pub const READS: &[&str] = &[
    "access_log.anomalies",
    "access_log.points",
    "access_log.prove",
    "access_log.read",
    "access_request.list",
    "access_request.read",
    "access_request.waiting",
    "account.attempt",
    "account.create",
    "account.create_service",
    "account.disable",
    "account.enable",
    "account.enrol",
    "account.language",
    "account.list",
    "account.passkey",
    "account.passkey_propose",
    "account.passkey_remove",
    "account.passkeys",
    "account.password",
    "account.proof",
    "account.read",
    "account.recovery_codes",
    "account.reset",
    "account.second_factor",
    "account.second_factor_propose",
    "account.token",
    "action.read",
    "agency.read",
    "appraisal.compare",
    "appraisal.list",
    "appraisal.read",
    "appraisal.trend",
    "attachment.content",
    "attachment.list",
    "attachment.read",
    "cell.people",
    "cell.read",
    "circle.read",
    "consent.acknowledgements",
    "consent.list",
    "consent.read",
    "deployment.read",
    "disclosure.list",
    "disclosure.read",
    "disclosure.renewal",
    "draft.forget",
    "draft.keep",
    "draft.read",
    "fact.history",
    "fact.read",
    "file.explain",
    "file.list",
    "file.read",
    "inbox.list",
    "incident.list",
    "incident.read",
    "incident.waiting",
    "lesson.list",
    "meeting.called",
    "meeting.contributions",
    "meeting.invitation",
    "meeting.list",
    "meeting.minutes",
    "meeting.read",
    "meeting.told",
    "message.read",
    "mobilisation.list",
    "mobilisation.read",
    "notifications.read",
    "person.read",
    "person.search",
    "policy.rehearsal",
    "recusal.list",
    "reference.read",
    "register.communications",
    "register.incomplete",
    "register.read",
    "request.repeat",
    "role.ask",
    "role.end",
    "role.grant",
    "role.refuse",
    "role_request.list",
    "role_request.read",
    "session.attempt",
    "session.browse",
    "session.browser",
    "session.close",
    "session.end",
    "session.end_all",
    "session.list",
    "session.lock",
    "session.locked",
    "session.open",
    "session.passkey_propose",
    "session.refresh",
    "session.stolen",
    "session.unlock",
    "statistics.read",
    "unit.end",
];

/// What the log may be narrowed by.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    #[param(value_type = Option<uuid::Uuid>)]
    file: Option<FileId>,
    #[param(value_type = Option<uuid::Uuid>)]
    actor: Option<UserId>,
    /// A person of whom something was shown.
    #[param(value_type = Option<uuid::Uuid>)]
    person: Option<PersonId>,
    #[param(value_type = Option<uuid::Uuid>)]
    agency: Option<AgencyId>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    act: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

fn filter(query: &str) -> Result<(Filter, i64), Problem> {
    let wanted: Wanted = read_query(query)?;
    let paging = Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?;
    let limit = i64::from(paging.limit);
    let filter = Filter {
        file: wanted.file,
        actor: wanted.actor,
        person: wanted.person.map(PersonId::uuid),
        agency: wanted.agency,
        from: wanted.from,
        to: wanted.to,
        act: wanted.act,
        before: paging.after.map(|after| (after.at, after.id)),
        limit,
    };
    Ok((filter, limit))
}
