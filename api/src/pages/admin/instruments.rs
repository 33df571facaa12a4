//! The instruments of risk appraisal, and importing one with what its check says.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use domain::{
    instrument::{self, Flaw, What},
    reference::{InstrumentHead, find_instruments},
    validation::Shape,
};

use super::{admins_only, coordinates};
use crate::{
    http::Body,
    pages::{
        account::Said,
        field::{self, Field, Form},
        form::LONGEST,
        frame::{Frame, show, show_form},
        oops::{Oops, redirect},
        phrases::Phrases,
        upload::Sent,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
    reference::import_instrument,
};

const IMPORT: &str = "/administration/instruments/importer";

#[derive(Template)]
#[template(path = "admin/instruments.html")]
struct Instruments {
    frame: Frame,
    lines: Vec<InstrumentHead>,
    coordinates: bool,
}

/// The instruments there are.
#[get("/administration/instruments")]
pub(super) async fn list(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    admins_only(&visit)?;
    let lang = visit.p.lang();
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_instruments(session, lang).await?;
        Ok(session.open(found)?)
    });
    let page = Instruments {
        lines: found.await?.into_parts().0.items,
        coordinates: coordinates(&visit),
        frame: Frame::of(&visit)?.saying(said.fait.as_deref()),
    };
    show(&page.frame, &page)
}

#[derive(Template)]
#[template(path = "admin/import.html")]
struct Import {
    frame: Frame,
    form: Form,
    /// What the check found, one by one.
    flaws: Vec<Found>,
    /// What the check says of a sound one.
    sound: Option<String>,
}

/// One thing that the check found.
struct Found {
    what: String,
    line: Option<String>,
    pointer: String,
}

impl Found {
    fn of(flaw: &Flaw, p: Phrases) -> Self {
        let what = match flaw.what() {
            What::Breaks(rule) => rule.message(p.lang()).to_owned(),
            What::Form(shape) => match shape {
                Shape::Cut => p.t("admin-flaw-cut"),
                Shape::NotJson => p.t("admin-flaw-not-json"),
                Shape::UnknownMember(name) => p.x("admin-flaw-unknown-member", name),
                Shape::MissingMember(name) => p.x("admin-flaw-missing-member", name),
                Shape::MemberTwice(name) => p.x("admin-flaw-member-twice", name),
                Shape::UnknownWord => p.t("admin-flaw-unknown-word"),
                Shape::OtherForm => p.t("admin-flaw-other-form"),
            },
        };
        let line = flaw.line().map(|line| p.x("admin-flaw-line", &line.to_string()));
        Self { what, line, pointer: flaw.pointer().to_owned() }
    }
}

/// Asks for the definition, pasted or as a file.
fn asking(frame: &Frame) -> Result<Form, Oops> {
    let p = frame.p;
    let file = Field::file("_file", p.t("admin-definition-file")).hint(p.t("admin-definition-file-hint"));
    let words = Field::new(field::Shape::Area(16), "_definition", p.t("admin-definition"));
    let fields = vec![file.optional(), words.hint(p.t("admin-definition-hint")).optional()];
    Ok(Form::new(frame, IMPORT, p.t("admin-check"), fields)?)
}

/// Asks whether what was found sound is to be imported.
fn sure(frame: &Frame, text: &str) -> Result<Form, Oops> {
    let fields = vec![Field::hidden("_definition", text), Field::hidden("_sure", "true")];
    Ok(Form::new(frame, IMPORT, frame.p.t("admin-import"), fields)?.in_parts())
}

fn around(page: &Import) -> Result<HttpResponse, Oops> {
    let wrong = page.form.is_refused() || !page.flaws.is_empty();
    show_form(wrong, &page.frame, page)
}

/// The page that asks.
#[get("/administration/instruments/importer")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    if !coordinates(&visit) {
        return Err(Problem::new(ProblemKind::NotPermitted).into());
    }
    let frame = Frame::of(&visit)?;
    around(&Import { form: asking(&frame)?, frame, flaws: Vec::new(), sound: None })
}

/// The definition that was sent; or which field is wrong, and why.
fn definition(sent: &Sent) -> Result<String, (&'static str, &'static str)> {
    let pasted = sent.posted.get("_definition").filter(|words| !words.trim().is_empty());
    match (pasted, sent.file.is_empty()) {
        (Some(_), false) => Err(("_file", "admin-definition-both")),
        (Some(words), true) => Ok(words.to_owned()),
        (None, true) => Err(("_definition", "admin-definition-none")),
        (None, false) if sent.file.len() > LONGEST => Err(("_file", "admin-definition-long")),
        (None, false) => match std::str::from_utf8(&sent.file) {
            Ok(words) => Ok(words.trim_start_matches('\u{feff}').replace("\r\n", "\n")),
            Err(_) => Err(("_file", "admin-definition-not-text")),
        },
    }
}

/// Checks it; when it is sound and one is sure, imports it.
#[post("/administration/instruments/importer")]
pub(super) async fn import(sent: Sent) -> Result<HttpResponse, Oops> {
    let visit = &sent.posted.visit;
    if !coordinates(visit) {
        return Err(Problem::new(ProblemKind::NotPermitted).into());
    }
    let frame = Frame::of(visit)?;
    let text = match definition(&sent) {
        Ok(text) => text,
        Err((field, key)) => {
            let form = asking(&frame)?.again(&sent.posted).beside(field, frame.p.t(key));
            return around(&Import { frame, form, flaws: Vec::new(), sound: None });
        }
    };
    // What came as a file is corrected on the page like what was pasted.
    let written = [("_definition".to_owned(), text.clone())];
    let checked = match instrument::read(&text) {
        Ok(sound) => sound,
        Err(flaws) => {
            let flaws = flaws.iter().map(|flaw| Found::of(flaw, frame.p)).collect();
            let form = asking(&frame)?.filled(&written);
            return around(&Import { frame, form, flaws, sound: None });
        }
    };
    if sent.posted.get("_sure").is_none() {
        let items = frame.p.n("admin-sound", checked.items.len());
        let sound = Some(format!("{} {} · {items}", checked.code, checked.version));
        return around(&Import { form: sure(&frame, &text)?, frame, flaws: Vec::new(), sound });
    }
    let definition = serde_json::from_str(&text).map_err(|_| Problem::new(ProblemKind::MalformedBody))?;
    let caller = sent.posted.caller_of(&definition);
    match import_instrument::run(&visit.worker, caller, Body::of(&definition)).await {
        Ok(_) => Ok(redirect("/administration/instruments?fait=instrument-imported")),
        Err(problem) => {
            let form = asking(&frame)?.filled(&written).wrong(&problem);
            around(&Import { frame, form, flaws: Vec::new(), sound: None })
        }
    }
}
