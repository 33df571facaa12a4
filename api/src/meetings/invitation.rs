//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}/invitation.ics`: a neutral calendar event.

use actix_web::{get, web::Data};
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{InvitationView, find_invitation};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// A calendar event (RFC 5545) for who is called: when, and a summary that says nothing. No name, no reference, no
/// place, no organiser.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), responses((status = 200, body = String, content_type = "text/calendar")))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}/invitation.ics")]
pub async fn invitation(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    let (id, meeting) = (id.get(), meeting.get());
    let event = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_invitation(session, id, meeting).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Ok(Reply::text(event, "text/calendar; charset=utf-8", &calendar))
}

/// The calendar as it is sent. Its words are fixed: whoever reads over a shoulder, or on a shared calendar, learns
/// that somebody meets somebody.
fn calendar(view: &InvitationView) -> String {
    let (method, status) =
        if view.cancelled { ("CANCEL", EventStatus::Cancelled) } else { ("REQUEST", EventStatus::Confirmed) };
    let mut event = Event::new();
    event
        .uid(&view.uid)
        .timestamp(view.changed_at)
        .sequence(u32::try_from(view.sequence).unwrap_or(0))
        .summary("Rencontre")
        .starts(view.starts_at)
        .class(Class::Private)
        .status(status);
    if let Some(end) = view.ends_at {
        event.ends(end);
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Calendrier//FR"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", method));
    calendar.push(event.done());
    calendar.to_string()
}
