//! Where the link of an invitation or of a reset leads: choosing a password.
//!
//! A link that serves no more, one that never did and one that is somebody else's look the same until a password
//! is chosen, and are refused in the same words after.

use actix_web::{HttpRequest, HttpResponse, get, post, web, web::Query};
use authz::{
    accounts::{self, Choice},
    desk::Caller,
};
use serde::Deserialize;

use super::{
    account::{at_fields, chosen, chosen_fields},
    field::{Field, Form},
    form,
    frame::Frame,
    oops::{Oops, redirect},
    session::Opened,
    simple::FormPage,
    visit::{Passerby, same_origin},
};
use crate::{
    problem::Problem,
    session::{label_of, rules},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(invited).service(enrol).service(offered).service(reset);
}

#[derive(Deserialize)]
pub(super) struct Link {
    jeton: Option<String>,
}

/// What the link is for.
#[derive(Clone, Copy)]
enum Why {
    Enrolment,
    Reset,
}

impl Why {
    const fn path(self) -> &'static str {
        match self {
            Self::Enrolment => "/invitation",
            Self::Reset => "/nouveau-mot-de-passe",
        }
    }
}

fn page(passerby: &Passerby, why: Why, token: &str, wrong: Option<&Problem>) -> Result<HttpResponse, Oops> {
    let (frame, p) = (Frame::outside(passerby)?, passerby.p);
    let (title, lead, submit) = match why {
        Why::Enrolment => ("enrol-title", "enrol-lead", "enrol-submit"),
        Why::Reset => ("reset-title", "reset-lead", "reset-submit"),
    };
    let mut fields = Vec::from(chosen_fields(p));
    fields.push(Field::hidden("_token", token));
    let mut form = Form::new(&frame, why.path(), p.t(submit), fields)?;
    if let Some(problem) = wrong {
        form = form.wrong(problem);
    }
    FormPage::new(frame, p.t(title), form).lead(p.t(lead)).show()
}

/// What somebody sent, read before it is known who she is.
struct Sent {
    token: String,
    choice: Result<Choice, Problem>,
}

async fn read(request: &HttpRequest, passerby: &Passerby, payload: web::Payload) -> Result<Sent, Oops> {
    same_origin(request)?;
    passerby.worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let fields = form::read(payload.into_inner()).await?;
    let field = |name: &str| {
        let words = fields.iter().find(|(field, _)| field == name).map(|(_, words)| words.as_str());
        words.filter(|words| !words.is_empty())
    };
    let token = field("_token").unwrap_or_default().to_owned();
    let choice = chosen(field("_new"), field("_again")).map(|password| Choice {
        token: token.clone(),
        password,
        label: label_of(request),
    });
    Ok(Sent { token, choice })
}

fn at_page(problem: Problem) -> Problem {
    at_fields(problem, &[("/password", "_new"), ("/token", "")])
}

/// Asks for a first password.
#[get("/invitation")]
pub(super) async fn invited(passerby: Passerby, link: Query<Link>) -> Result<HttpResponse, Oops> {
    page(&passerby, Why::Enrolment, link.jeton.as_deref().unwrap_or_default(), None)
}

/// Enrols and signs in; what still has to be set up comes next.
#[post("/invitation")]
pub(super) async fn enrol(
    request: HttpRequest,
    payload: web::Payload,
    passerby: Passerby,
) -> Result<HttpResponse, Oops> {
    let Sent { token, choice } = read(&request, &passerby, payload).await?;
    let enrolled = async {
        let (worker, shared) = (&passerby.worker, &passerby.worker.shared);
        let (caller, issuer) = (Caller::nobody(passerby.request), shared.issuer.clone());
        let rules = rules(&shared.config);
        let tokens = accounts::enrol(worker.desk()?, caller, choice?, &shared.passwords, issuer, rules);
        let tokens = tokens.await?.into_parts().0;
        Ok::<_, Problem>(Opened::with(worker, passerby.request, tokens).await?)
    };
    match enrolled.await {
        Ok(opened) => opened.lead_to("/compte?fait=enrolled"),
        Err(problem) => page(&passerby, Why::Enrolment, &token, Some(&at_page(problem))),
    }
}

/// Asks for another password.
#[get("/nouveau-mot-de-passe")]
pub(super) async fn offered(passerby: Passerby, link: Query<Link>) -> Result<HttpResponse, Oops> {
    page(&passerby, Why::Reset, link.jeton.as_deref().unwrap_or_default(), None)
}

/// Sets it; signing in comes next.
#[post("/nouveau-mot-de-passe")]
pub(super) async fn reset(
    request: HttpRequest,
    payload: web::Payload,
    passerby: Passerby,
) -> Result<HttpResponse, Oops> {
    let Sent { token, choice } = read(&request, &passerby, payload).await?;
    let done = async {
        let (worker, caller) = (&passerby.worker, Caller::nobody(passerby.request));
        accounts::reset_password(worker.desk()?, caller, choice?, &worker.shared.passwords).await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(redirect("/connexion?fait=password-reset")),
        Err(problem) => page(&passerby, Why::Reset, &token, Some(&at_page(problem))),
    }
}
