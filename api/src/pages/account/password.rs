//! Changing one's password.

use actix_web::{HttpResponse, get, post};
use authz::accounts::{AccountError, Evidence, change_password, holder};
use domain::validation::{Invalid, Rule};

use super::at_fields;
use crate::{
    pages::{
        field::{Field, Form, Shape},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        phrases::Phrases,
        simple::FormPage,
        visit::Visit,
    },
    problem::Problem,
    session::lockout,
};

/// The two fields in which a password is chosen.
pub(in crate::pages) fn chosen_fields(p: Phrases) -> [Field; 2] {
    let shape = || Shape::Line("password", "new-password", 20);
    [
        Field::new(shape(), "_new", p.t("password-new")).hint(p.t("password-new-hint")),
        Field::new(shape(), "_again", p.t("password-again")),
    ]
}

/// The password chosen in two fields, when both say the same.
pub(in crate::pages) fn chosen(first: Option<&str>, again: Option<&str>) -> Result<String, Problem> {
    let chosen = first.ok_or_else(|| wrong("/_new", Rule::Missing))?;
    if again == Some(chosen) { Ok(chosen.to_owned()) } else { Err(wrong("/_again", Rule::PasswordsDiffer)) }
}

fn wrong(pointer: &str, rule: Rule) -> Problem {
    Problem::invalid(vec![Invalid::at(pointer, rule)])
}

fn page(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let current = Shape::Line("password", "current-password", 20);
    let mut fields = vec![Field::new(current, "_current", p.t("password-current"))];
    fields.extend(chosen_fields(p));
    let form = Form::new(&frame, "/compte/mot-de-passe", p.t("password-change"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    FormPage::new(frame, p.t("password-title"), form).back("/compte").lead(p.t("password-lead")).show()
}

/// Asks for the old and the new one.
#[get("/compte/mot-de-passe")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    let (frame, form) = page(&visit)?;
    around(frame, form)
}

async fn run(posted: &Posted) -> Result<(), Problem> {
    let visit = &posted.visit;
    let new = chosen(posted.get("_new"), posted.get("_again"))?;
    let (desk, shared) = (visit.worker.desk()?, &visit.worker.shared);
    let current = posted.get("_current").unwrap_or_default().to_owned();
    let holder = holder(desk, visit.caller()).await?;
    let proof = holder.prove(&shared.passwords, Evidence::Password(current)).await?;
    let changed = change_password(desk, proof, new, &shared.passwords, lockout(&shared.config)).await;
    changed.map(drop).map_err(|error| match error {
        AccountError::NotProved => wrong("/_current", Rule::ProofWrong),
        other => at_fields(other.into(), &[("/password", "_new")]),
    })
}

/// Changes it. Every other session ends.
#[post("/compte/mot-de-passe")]
pub(super) async fn change(posted: Posted) -> Result<HttpResponse, Oops> {
    match run(&posted).await {
        Ok(()) => {
            posted.visit.forget();
            Ok(redirect("/compte?fait=password"))
        }
        Err(problem) => {
            let (frame, form) = page(&posted.visit)?;
            around(frame, form.refused(&posted, &problem))
        }
    }
}
