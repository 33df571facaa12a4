//! One's own account: what protects it, where it is open, how one wishes to be told and spoken to.
//!
//! Fields that hold a secret begin with `_`: no draft keeps them.

mod language;
mod notifications;
mod passkeys;
mod password;
mod qr;
mod recovery;
mod second_factor;
mod sessions;

pub(super) use language::spoken;
pub(super) use password::{chosen, chosen_fields};

use actix_web::{HttpResponse, get, web, web::Query};
use askama::Template;
use authz::accounts::{Evidence, Locale, Proof, holder};
use serde::Deserialize;

use super::{
    field::{Choice, Field, Form, Shape},
    form::Posted,
    frame::{Frame, show},
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::problem::Problem;

/// What was just done, as the query says it.
#[derive(Deserialize)]
pub(in crate::pages) struct Said {
    pub fait: Option<String>,
}

/// The routes of the account.
pub(in crate::pages) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(account)
        .service(language::choose)
        .service(password::ask)
        .service(password::change)
        .service(second_factor::ask)
        .service(second_factor::propose)
        .service(second_factor::confirm)
        .service(recovery::ask)
        .service(recovery::renew)
        .service(passkeys::list)
        .service(passkeys::challenge)
        .service(passkeys::add)
        .service(passkeys::ask_removal)
        .service(passkeys::remove)
        .service(sessions::list)
        .service(sessions::end_all)
        .service(sessions::end)
        .service(notifications::ask)
        .service(notifications::set);
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct Account {
    frame: Frame,
    name: String,
    email: String,
    agency: String,
    roles: Vec<String>,
    second_factor: bool,
    must_set_up: bool,
    must_change: bool,
    language: Form,
}

/// One's own account.
#[get("/compte")]
pub(super) async fn account(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let (profile, p) = (visit.known.profile.clone(), visit.p);
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let roles = profile.roles.iter().map(|held| {
        let role = p.t(&format!("role-{}", held.role.wire().replace('_', "-")));
        format!("{role} — {}", held.cell.name)
    });
    let chosen = profile.language.map_or_else(|| p.lang().tag(), Locale::tag);
    let languages = vec![Choice::new("fr", "Français"), Choice::new("en", "English")];
    let field = Field::radios("language", p.t("account-language-of"), languages)
        .hint(p.t("account-language-hint"))
        .given(chosen);
    let page = Account {
        name: profile.name.clone(),
        email: profile.email.clone(),
        agency: profile.agency.name.clone(),
        roles: roles.collect(),
        second_factor: profile.second_factor,
        must_set_up: profile.must_set_up_second_factor,
        must_change: profile.must_change_password,
        language: Form::new(&frame, "/compte/langue", p.t("account-language-save"), vec![field])?.small(),
        frame,
    };
    show(&page.frame, &page)
}

/// The fields with which the holder proves anew who she is.
fn proof_fields(visit: &Visit, p: Phrases) -> Vec<Field> {
    let password = Shape::Line("password", "current-password", 20);
    let mut fields =
        vec![Field::new(password, "_password", p.t("account-proof")).hint(p.t("account-proof-hint"))];
    if visit.known.profile.second_factor {
        let code = Shape::Line("text", "one-time-code", 10);
        fields.push(Field::new(code, "_totp", p.t("code")).hint(p.t("account-code-hint")));
    }
    fields
}

/// The proof that these fields give.
async fn proof(posted: &Posted) -> Result<Proof, Problem> {
    let visit = &posted.visit;
    let holder = holder(visit.worker.desk()?, visit.caller()).await?;
    let password = posted.get("_password").unwrap_or_default().to_owned();
    let code = posted.get("_totp").map(|code| code.trim().to_owned());
    let evidence = Evidence::Both(password, code);
    Ok(holder.prove(&visit.worker.shared.passwords, evidence).await?)
}

/// The same problem, whose errors name the fields of the page in place of the members of the API.
pub(in crate::pages) fn at_fields(mut problem: Problem, names: &[(&str, &str)]) -> Problem {
    for error in &mut problem.errors {
        if let Some((_, field)) = names.iter().find(|(member, _)| error.pointer == *member) {
            error.pointer = if field.is_empty() { String::new() } else { format!("/{field}") };
        }
    }
    problem
}
