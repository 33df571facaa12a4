//! Choosing the language of mails, and of pages after signing in.

use actix_web::{HttpResponse, post};
use authz::accounts::{Locale, choose_language};
use domain::{
    validation::{Invalid, Rule},
    wording::Lang,
};

use crate::{
    pages::{
        form::Posted,
        oops::{Oops, redirect},
        visit::language_cookie,
    },
    problem::{Problem, ProblemKind},
};

/// The language of the pages that a chosen one means.
pub(in crate::pages) const fn spoken(locale: Locale) -> Lang {
    match locale {
        Locale::Fr => Lang::Fr,
        Locale::En => Lang::En,
    }
}

/// Chooses it; the page speaks it at once.
#[post("/compte/langue")]
pub(super) async fn choose(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let language = match posted.get("language") {
        Some("fr") => Locale::Fr,
        Some("en") => Locale::En,
        _ => return Err(Problem::invalid(vec![Invalid::at("/language", Rule::UnknownWord)]).into()),
    };
    choose_language(visit.worker.desk()?, visit.caller(), language).await?;
    visit.forget();
    let mut response = redirect("/compte?fait=language");
    response
        .add_cookie(&language_cookie(spoken(language)))
        .map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok(response)
}
