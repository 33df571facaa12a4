//! How one wishes to be told of messages.

use actix_web::{HttpResponse, get, post};
use authz::etag::{IfMatch, of};
use domain::notification::{ByMail, NotificationsView, find};
use serde_json::{Value, json};

use crate::{
    http::Body,
    me::set_notifications,
    pages::{
        field::{Choice, Field, Form, Shape},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

const PATH: &str = "/compte/avis";

async fn read(visit: &Visit) -> Result<NotificationsView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

async fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p, view) = (Frame::of(visit)?, visit.p, read(visit).await?);
    let seen = of(&view).map_err(|_| Problem::new(ProblemKind::Internal))?.0;
    let choices = vec![
        Choice::new("immediate", p.t("notices-immediate")).hint(p.t("notices-immediate-hint")),
        Choice::new("digest", p.t("notices-digest")).hint(p.t("notices-digest-hint")),
        Choice::new("off", p.t("notices-off")).hint(p.t("notices-off-hint")),
    ];
    let chosen = match view.channels.mail {
        ByMail::Immediate => "immediate",
        ByMail::Digest => "digest",
        ByMail::Off => "off",
    };
    let time = || Shape::Line("time", "off", 10);
    let mut from = Field::new(time(), "quiet_hours/from", p.t("notices-from")).optional();
    let mut to = Field::new(time(), "quiet_hours/to", p.t("notices-to")).optional();
    if let Some(quiet) = view.quiet_hours {
        from = from.given(quiet.from);
        to = to.given(quiet.to);
    }
    let fields = vec![
        Field::radios("channels/mail", p.t("notices-mail"), choices).given(chosen),
        Field::heading(p.t("notices-quiet")),
        Field::prose(p.t("notices-quiet-hint")),
        from,
        to,
        Field::hidden("_seen", seen),
    ];
    let form = Form::new(&frame, PATH, p.t("notices-save"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    FormPage::new(frame, p.t("notices-title"), form).back("/compte").lead(p.t("notices-lead")).show()
}

/// Asks.
#[get("/compte/avis")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    let (frame, form) = page(&visit).await?;
    around(frame, form)
}

/// What the form says, whole: no hours mean that one may always be told.
fn wished(posted: &Posted) -> Body {
    let mut said = posted.json();
    if let Value::Object(members) = &mut said {
        members.entry("quiet_hours").or_insert(Value::Null);
        members.entry("channels").or_insert(json!({}));
    }
    Body::of(&said)
}

/// Notes it.
#[post("/compte/avis")]
pub(super) async fn set(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let seen = posted.get("_seen").map(IfMatch::parse);
    match set_notifications::run(&visit.worker, posted.caller(), wished(&posted), seen).await {
        Ok(_) => Ok(redirect("/compte?fait=notices")),
        Err(problem) => {
            let (frame, form) = page(visit).await?;
            around(frame, form.refused(&posted, &problem))
        }
    }
}
