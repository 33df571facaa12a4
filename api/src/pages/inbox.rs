//! The messages: where the link of every mail leads.

use actix_web::{HttpResponse, get, web::Data};
use askama::Template;
use authz::desk::Caller;
use domain::{inbox::page, wording::Lang};

use super::{html, redirect, text::Text, visitor::Visitor};
use crate::{problem::Problem, server::Worker};

#[derive(Template)]
#[template(path = "inbox.html")]
struct Inbox {
    lang: Lang,
    text: &'static Text,
    signed_in: bool,
    lines: Vec<Line>,
}

struct Line {
    at: String,
    sentence: String,
    file: String,
}

#[get("/inbox")]
pub(super) async fn inbox(worker: Data<Worker>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let Some(actor) = visitor.actor else { return Ok(redirect("/")) };
    let (caller, lang) = (Caller::signed_in(actor, None, visitor.request), visitor.lang);
    let found = worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| {
            let messages = page(session, 100, None, lang).await?;
            Ok(session.open(messages)?)
        })
        .await?;
    let lines = found.into_parts().0.into_iter().map(|message| Line {
        at: message
            .created_at
            .with_timezone(&chrono_tz::America::Toronto)
            .format("%Y-%m-%d %H:%M")
            .to_string(),
        sentence: message.text,
        file: message.file.map(|file| file.to_string()).unwrap_or_default(),
    });
    html(&Inbox { lang, text: Text::of(lang), signed_in: true, lines: lines.collect() })
}
