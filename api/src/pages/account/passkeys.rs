//! One's own passkeys: which there are, making one, taking one away.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    accounts::{Challenge, own_passkeys},
    id::PasskeyId,
};
use serde_json::{Value, json};

use super::{Said, at_fields, proof_fields};
use crate::{
    http::{Body, Id},
    me,
    pages::{
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show, show_form},
        moment::{day, moment},
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Template)]
#[template(path = "account/passkeys.html")]
struct Passkeys {
    frame: Frame,
    lines: Vec<Line>,
    /// Can there be any at this address, and is there a second factor to add them to?
    possible: bool,
    second_factor: bool,
    form: Form,
}

struct Line {
    id: String,
    name: String,
    since: String,
    used: Option<String>,
}

fn form(frame: &Frame, visit: &Visit) -> Result<Form, Oops> {
    let mut fields =
        vec![Field::line("_name", frame.p.t("passkeys-name")).hint(frame.p.t("passkeys-name-hint"))];
    fields.extend(proof_fields(visit, frame.p));
    Ok(Form::new(frame, "/compte/cles", frame.p.t("account-continue"), fields)?)
}

async fn page(visit: &Visit, frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let lang = visit.p.lang();
    let found = own_passkeys(visit.worker.desk()?, visit.caller()).await?.into_parts().0;
    let lines = found.items.into_iter().map(|item| Line {
        id: item.id.to_string(),
        name: item.name,
        since: day(item.created_at, lang),
        used: item.last_used_at.map(|at| moment(at, lang)),
    });
    let page = Passkeys {
        lines: lines.collect(),
        possible: visit.worker.shared.passkeys.is_some(),
        second_factor: visit.known.profile.second_factor,
        frame,
        form,
    };
    let refused = page.form.is_refused();
    show_form(refused, &page.frame, &page)
}

/// The passkeys there are.
#[get("/compte/cles")]
pub(super) async fn list(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let form = form(&frame, &visit)?;
    page(&visit, frame, form).await
}

/// Where the device makes the key.
#[derive(Template)]
#[template(path = "account/passkey_made.html")]
struct Making {
    frame: Frame,
    ceremony: String,
    options: String,
}

/// Proves who the holder is, and challenges her device.
#[post("/compte/cles")]
pub(super) async fn challenge(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let mut asked = json!({
        "name": posted.get("_name").unwrap_or_default(),
        "password": posted.get("_password").unwrap_or_default(),
    });
    if let (Some(code), Value::Object(members)) = (posted.get("_totp"), &mut asked) {
        members.insert("totp".into(), code.trim().into());
    }
    match me::passkey_challenge::run(&visit.worker, visit.caller(), Body::of(&asked)).await {
        Ok(made) => {
            let Challenge { ceremony, options } = made.into_parts().0;
            let frame = Frame::of(visit)?;
            let page = Making { frame, ceremony: ceremony.to_string(), options: options.to_string() };
            show(&page.frame, &page)
        }
        Err(problem) => {
            let frame = Frame::of(visit)?;
            let problem = at_fields(problem, &[("/password", "_password"), ("/name", "_name")]);
            let form = form(&frame, visit)?.refused(&posted, &problem);
            page(visit, frame, form).await
        }
    }
}

/// Adds what the device made.
#[post("/compte/cles/ajout")]
pub(super) async fn add(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let credential: Value =
        posted.get("_credential").and_then(|words| serde_json::from_str(words).ok()).unwrap_or_default();
    let made = json!({"ceremony": posted.get("_ceremony").unwrap_or_default(), "credential": credential});
    match me::add_passkey::run(&visit.worker, visit.caller(), Body::of(&made)).await {
        Ok(_) => Ok(redirect("/compte/cles?fait=passkey-added")),
        Err(problem) => {
            let frame = Frame::of(visit)?;
            let form = form(&frame, visit)?.wrong(&problem);
            page(visit, frame, form).await
        }
    }
}

fn removing(visit: &Visit, id: PasskeyId) -> Result<(Frame, Form), Oops> {
    let frame = Frame::of(visit)?;
    let action = format!("/compte/cles/{id}/retrait");
    let form = Form::new(&frame, action, frame.p.t("passkeys-remove"), proof_fields(visit, frame.p))?.grave();
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("passkeys-remove-title"), form).back("/compte/cles");
    page.lead(p.t("passkeys-remove-lead")).show()
}

/// Asks before a passkey is taken away.
#[get("/compte/cles/{id}/retrait")]
pub(super) async fn ask_removal(visit: Visit, id: Id<0, PasskeyId>) -> Result<HttpResponse, Oops> {
    let (frame, form) = removing(&visit, id.get())?;
    around(frame, form)
}

/// Takes it away.
#[post("/compte/cles/{id}/retrait")]
pub(super) async fn remove(posted: Posted, id: Id<0, PasskeyId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let mut proof = json!({"password": posted.get("_password").unwrap_or_default()});
    if let (Some(code), Value::Object(members)) = (posted.get("_totp"), &mut proof) {
        members.insert("totp".into(), code.trim().into());
    }
    let removed: Result<(), Problem> =
        me::remove_passkey::run(&visit.worker, visit.caller(), id, Body::of(&proof)).await;
    match removed {
        Ok(()) => Ok(redirect("/compte/cles?fait=passkey-removed")),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => {
            let (frame, form) = removing(visit, id)?;
            around(frame, form.refused(&posted, &at_fields(problem, &[("/password", "_password")])))
        }
    }
}
