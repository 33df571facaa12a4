//! The messages: where the link of every mail leads.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{id::InboxId, vocabulary::Role};
use domain::inbox::{MessageView, page};
use serde::Deserialize;

use super::{
    field::{Field, Form},
    form::Posted,
    frame::{Frame, show},
    moment::moment,
    oops::{Oops, redirect},
    visit::Visit,
};
use crate::{http::Id, me, problem::Problem};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "messages.html")]
struct Messages {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    at: String,
    sentence: String,
    /// Where it leads, and the words of the link.
    leads: Option<(String, String)>,
    /// What acknowledges it, when that is still to be done.
    form: Option<Form>,
}

#[get("/messages")]
pub(super) async fn messages(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let lang = visit.p.lang();
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let messages = page(session, 100, None, lang).await?;
            Ok(session.open(messages)?)
        })
        .await?;
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let mut lines = Vec::new();
    for message in found.into_parts().0 {
        lines.push(Line {
            at: moment(message.created_at, lang),
            form: match message.read_at {
                Some(_) => None,
                None => Some(acknowledging(&frame, message.id)?),
            },
            leads: leads(&visit, &message),
            sentence: message.text,
        });
    }
    let page = Messages { frame, lines };
    show(&page.frame, &page)
}

/// Where a message leads, in words; whoever follows it passes the gate like anybody.
pub(super) fn leads(visit: &Visit, message: &MessageView) -> Option<(String, String)> {
    let p = visit.p;
    if let Some(file) = message.file {
        return Some((format!("/dossiers/{file}"), p.t("open-file")));
    }
    // The pages of the cell are for who opens files.
    let mobilisation = message.mobilisation.filter(|_| visit.holds(&[Role::Worker]))?;
    Some(if message.kind.starts_with("mobilisation.meeting") {
        // Who is called by name may know of the meeting, and not always of its mobilisation.
        ("/rencontres".into(), p.t("meeting-mine"))
    } else if message.kind.starts_with("mobilisation.action") {
        (format!("/cellule/{mobilisation}/filet"), p.t("home-open-net"))
    } else {
        (format!("/cellule/{mobilisation}"), p.t("open-mobilisation"))
    })
}

fn acknowledging(frame: &Frame, id: InboxId) -> Result<Form, Oops> {
    let fields: Vec<Field> = Vec::new();
    Ok(Form::new(frame, format!("/messages/{id}/accuse"), frame.p.t("acknowledge"), fields)?.small())
}

/// Acknowledges a message.
#[post("/messages/{id}/accuse")]
pub(super) async fn note(posted: Posted, id: Id<0, InboxId>) -> Result<HttpResponse, Oops> {
    me::acknowledge::run(&posted.visit.worker, posted.caller(), id.get(), posted.body()).await?;
    Ok(redirect("/messages?fait=acknowledged"))
}

/// Where the link of every mail leads: a path that says nothing.
#[get("/inbox")]
pub(super) async fn from_mail() -> HttpResponse {
    redirect("/messages")
}
