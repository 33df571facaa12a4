//! The files within reach.

use actix_web::{HttpResponse, get, web::Data};
use askama::Template;
use authz::{desk::Caller, vocabulary::Purpose};
use domain::{
    file::page::{Filter, Slice, page},
    wording::Lang,
};

use super::{html, redirect, text::Text, visitor::Visitor};
use crate::{problem::Problem, server::Worker};

#[derive(Template)]
#[template(path = "files.html")]
struct Files {
    lang: Lang,
    text: &'static Text,
    signed_in: bool,
    lines: Vec<Line>,
}

struct Line {
    id: String,
    reference: String,
    cell: String,
    opened: String,
}

#[get("/dossiers")]
pub(super) async fn files(worker: Data<Worker>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let Some(actor) = visitor.actor else { return Ok(redirect("/")) };
    let caller = Caller::signed_in(actor, Some(Purpose::SafetyPlanning), visitor.request);
    let slice = Slice { limit: 100, after: None };
    let found = worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| Ok(page(session, Filter::default(), slice).await?))
        .await?;
    let lines = found.into_parts().0.into_iter().map(|file| Line {
        id: file.id.to_string(),
        reference: file.reference,
        cell: file.cell.name,
        opened: file.opened_at.with_timezone(&chrono_tz::America::Toronto).format("%Y-%m-%d").to_string(),
    });
    html(&Files { lang: visitor.lang, text: Text::of(visitor.lang), signed_in: true, lines: lines.collect() })
}
