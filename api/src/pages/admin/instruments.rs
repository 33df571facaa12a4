//! The instruments of risk appraisal, and importing one with what its check says.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use domain::{
    instrument,
    reference::{InstrumentHead, find_instruments},
};

use super::{admins_only, coordinates};
use crate::{
    http::Body,
    pages::{
        account::Said,
        field::{Field, Form, Shape},
        form::Posted,
        frame::{Frame, show, show_form},
        oops::{Oops, redirect},
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
    /// What the check found, line by line.
    flaws: Vec<String>,
    /// What the check says of a sound one.
    sound: Option<String>,
}

/// Asked first whether it is sound, then whether it is to be imported.
fn form(frame: &Frame, checked: Option<&str>) -> Result<Form, Oops> {
    let p = frame.p;
    let words = Field::new(Shape::Area(16), "_definition", p.t("admin-definition"));
    let mut fields = vec![words.hint(p.t("admin-definition-hint"))];
    let submit = match checked {
        Some(text) => {
            fields = vec![Field::hidden("_definition", text), Field::hidden("_sure", "true")];
            p.t("admin-import")
        }
        None => p.t("admin-check"),
    };
    Ok(Form::new(frame, IMPORT, submit, fields)?)
}

fn around(page: &Import) -> Result<HttpResponse, Oops> {
    let wrong = page.form.is_refused() || !page.flaws.is_empty();
    show_form(wrong, &page.frame, page)
}

/// Asks for the definition.
#[get("/administration/instruments/importer")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    if !coordinates(&visit) {
        return Err(Problem::new(ProblemKind::NotPermitted).into());
    }
    let frame = Frame::of(&visit)?;
    around(&Import { form: form(&frame, None)?, frame, flaws: Vec::new(), sound: None })
}

/// Checks it; when it is sound and one is sure, imports it.
#[post("/administration/instruments/importer")]
pub(super) async fn import(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    if !coordinates(visit) {
        return Err(Problem::new(ProblemKind::NotPermitted).into());
    }
    let text = posted.get("_definition").unwrap_or_default();
    let frame = Frame::of(visit)?;
    let checked = match instrument::read(text) {
        Ok(sound) => sound,
        Err(flaws) => {
            let flaws = flaws.iter().map(ToString::to_string).collect();
            let form = form(&frame, None)?.restored(Some(posted.fields.clone()));
            return around(&Import { frame, form, flaws, sound: None });
        }
    };
    if posted.get("_sure").is_none() {
        let items = frame.p.n("admin-sound", checked.items.len());
        let sound = Some(format!("{} {} · {items}", checked.code, checked.version));
        return around(&Import { form: form(&frame, Some(text))?, frame, flaws: Vec::new(), sound });
    }
    let definition = serde_json::from_str(text).map_err(|_| Problem::new(ProblemKind::MalformedBody))?;
    match import_instrument::run(&visit.worker, posted.caller(), Body::of(&definition)).await {
        Ok(_) => Ok(redirect("/administration/instruments?fait=instrument-imported")),
        Err(problem) => {
            let form = form(&frame, None)?.restored(Some(posted.fields.clone())).wrong(&problem);
            around(&Import { frame, form, flaws: Vec::new(), sound: None })
        }
    }
}
