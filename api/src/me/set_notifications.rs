//! `PUT /api/v1/me/notifications`: say how one wishes to be told.

use actix_web::{put, web::Data};
use authz::{
    acts::OwnAccount,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
};
use domain::notification::{
    ByMail, Notifications, NotificationsChanged, Preferences, Quiet, find_to_change, set,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// How one wishes to be told, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNotifications {
    /// What goes where.
    channels: NewChannels,
    /// When nothing but urgent messages is announced; null: never.
    #[serde(deserialize_with = "Option::deserialize")]
    quiet_hours: Option<NewQuietHours>,
    /// The time zone of these hours; there is one.
    #[serde(default)]
    #[expect(dead_code, reason = "it may be sent back as it was read, and only as it was read")]
    time_zone: Option<TimeZone>,
}

/// What goes where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChannels {
    /// By mail.
    mail: ByMail,
}

/// Two times of day, `HH:MM`, not the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuietHours {
    /// From then.
    from: String,
    /// Until then, of the next day if it is the smaller.
    to: String,
}

/// The time zone.
#[derive(Deserialize, ToSchema)]
pub enum TimeZone {
    /// Québec's.
    #[serde(rename = "America/Toronto")]
    Toronto,
}

/// Says how one wishes to be told. Needs the tag of what was last seen.
#[utoipa::path(tag = "me", request_body = NewNotifications, responses((status = 200, body = NotificationsChanged)))]
#[put("/api/v1/me/notifications")]
pub async fn set_notifications(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_to_change(session).await?;
            let permit = session.permit::<OwnAccount, Notifications>(&found)?;
            let NewNotifications { channels, quiet_hours, .. } = body.read()?;
            let quiet = quiet_hours.map(|hours| Quiet::read(&hours.from, &hours.to)).transpose()?;
            session.unchanged(found, &Ask::<SignedIn>::seen(seen)?)?;
            let (spent, changed) = set(session, permit, Preferences { mail: channels.mail, quiet }).await?;
            Ok(session.done(spent, &changed)?)
        })
        .await
}
