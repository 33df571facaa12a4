//! What stands around every page: who is signed in, where one can go, what to do in immediate danger.

use actix_web::{HttpResponse, http::StatusCode, http::header};
use askama::Template;
use authz::vocabulary::{Purpose, Role};
use data_encoding::BASE64URL_NOPAD;
use domain::wording::Lang;

use super::{
    assets,
    oops::Oops,
    phrases::Phrases,
    visit::{Passerby, Visit},
};
use crate::problem::{Problem, ProblemKind};

/// A place to go.
pub struct Place {
    /// Where.
    pub path: &'static str,
    /// What it is called.
    pub name: String,
    /// Is the page shown one of this place?
    pub here: bool,
}

/// What the layout of a page needs to know.
pub struct Frame {
    /// What the pages say.
    pub p: Phrases,
    /// Name and agency of whoever is signed in.
    pub who: Option<(String, String)>,
    /// Where she can go.
    pub places: Vec<Place>,
    /// The declared purpose, in words.
    pub purpose: Option<String>,
    /// What a form must carry.
    pub csrf: String,
    /// Marks the scripts of this very page.
    pub nonce: String,
    /// The path of this page.
    pub path: String,
    /// Are the people invented?
    pub demo: bool,
    /// What was just done, in words.
    pub done: Option<String>,
}

/// The places, with the roles that have business there; none named means everybody.
const PLACES: [(&str, &str, &[Role]); 9] = [
    ("/accueil", "place-home", &[]),
    ("/dossiers", "place-files", &[Role::Worker]),
    ("/cellule", "place-board", &[Role::Worker]),
    ("/messages", "place-messages", &[]),
    ("/registres", "place-registers", &[Role::Respondent, Role::PrivacyOfficer]),
    ("/journal", "place-log", &[Role::Auditor, Role::PrivacyOfficer]),
    ("/repetition", "place-rehearsal", &[Role::PrivacyOfficer, Role::Auditor]),
    ("/statistiques", "place-statistics", &[Role::Coordinator]),
    ("/administration", "place-admin", &[Role::Admin]),
];

impl Frame {
    /// Around a page for somebody signed in.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn of(visit: &Visit) -> Result<Self, Oops> {
        let (p, path) = (visit.p, visit.path.clone());
        let profile = &visit.known.profile;
        // Whoever still has to set something up can go nowhere else.
        let held_back = profile.must_set_up_second_factor || profile.must_change_password;
        let places = PLACES
            .iter()
            .filter(|(_, _, roles)| !held_back && (roles.is_empty() || visit.holds(roles)))
            .map(|(place, key, _)| Place { path: place, name: p.t(key), here: path.starts_with(place) });
        Ok(Self {
            who: Some((profile.name.clone(), profile.agency.name.clone())),
            places: places.collect(),
            purpose: visit.purpose().map(|purpose| p.t(purpose_key(purpose))),
            csrf: visit.csrf(),
            nonce: nonce()?,
            demo: visit.worker.shared.config.demo,
            done: None,
            path,
            p,
        })
    }

    /// Around a page for anybody.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn outside(passerby: &Passerby) -> Result<Self, Oops> {
        Self::bare(passerby.p, &passerby.path, passerby.worker.shared.config.demo)
    }

    /// Around a page for nobody known.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn bare(p: Phrases, path: &str, demo: bool) -> Result<Self, Oops> {
        Ok(Self {
            who: None,
            places: Vec::new(),
            purpose: None,
            csrf: String::new(),
            nonce: nonce()?,
            demo,
            done: None,
            path: path.to_owned(),
            p,
        })
    }

    /// Says that something was just done, when the query names it by the key of one of our sentences.
    #[must_use]
    pub fn saying(mut self, done: Option<&str>) -> Self {
        let known = done.filter(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        self.done = known.and_then(|key| self.p.maybe(&format!("done-{key}")));
        self
    }

    /// The language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.p.lang()
    }

    /// What the addresses of the assets end with.
    #[must_use]
    #[expect(clippy::unused_self, reason = "a template asks the frame")]
    pub fn assets(&self) -> &'static str {
        assets::version()
    }

    /// The other language: its tag and its name in itself.
    #[must_use]
    pub const fn other(&self) -> (&'static str, &'static str) {
        match self.p.lang() {
            Lang::Fr => ("en", "English"),
            Lang::En => ("fr", "Français"),
        }
    }
}

/// The sentence that says a purpose.
#[must_use]
pub const fn purpose_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::RiskAppraisal => "purpose-risk-appraisal",
        Purpose::SafetyPlanning => "purpose-safety-planning",
        Purpose::ServiceDelivery => "purpose-service-delivery",
        Purpose::CaseReview => "purpose-case-review",
    }
}

fn nonce() -> Result<String, Oops> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// Writes a page, under the strictest policy it can live with.
///
/// # Errors
/// When the page cannot be written.
pub fn show(frame: &Frame, page: &impl Template) -> Result<HttpResponse, Oops> {
    show_as(StatusCode::OK, frame, page)
}

/// Writes a page with a form on it: as unprocessable, when what was sent was refused.
///
/// # Errors
/// When the page cannot be written.
pub fn show_form(refused: bool, frame: &Frame, page: &impl Template) -> Result<HttpResponse, Oops> {
    show_as(if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, frame, page)
}

/// Writes a page with a status of its own.
///
/// # Errors
/// When the page cannot be written.
pub fn show_as(status: StatusCode, frame: &Frame, page: &impl Template) -> Result<HttpResponse, Oops> {
    let body = page.render().map_err(|_| Problem::new(ProblemKind::Internal))?;
    let nonce = &frame.nonce;
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types htmx"
    );
    Ok(HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, frame.lang().tag()))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .body(body))
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Labelled;

    use super::*;

    #[test]
    fn a_purpose_has_one_name_on_every_page() {
        for purpose in Purpose::ALL {
            for lang in Lang::ALL {
                assert_eq!(Phrases::of(*lang).t(purpose_key(*purpose)), purpose.label(*lang));
            }
        }
    }
}
