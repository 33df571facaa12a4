//! Trying Filet with invented people: who they are, signing in as one, and a tour of five minutes. Only where the
//! installation is a demonstration; elsewhere none of this exists.

use actix_web::{HttpRequest, HttpResponse, get, post, web, web::Path};
use askama::Template;
use authz::{
    accounts::{Attempt, sign_out},
    desk::Caller,
};

use super::{
    form,
    frame::{Frame, show},
    oops::{Oops, own_path},
    phrases::Phrases,
    session::open,
    visit::{Passerby, same_origin},
};
use crate::{
    demonstration::{Demonstration, Persona},
    problem::{Problem, ProblemKind},
    session::label_of,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(cast).service(tour).service(become_one);
}

fn demonstration(passerby: &Passerby) -> Result<Demonstration, Problem> {
    let config = &passerby.worker.shared.config;
    let found = config.demonstration.clone().filter(|_| config.demo);
    found.ok_or_else(|| Problem::new(ProblemKind::NotFound))
}

#[derive(Template)]
#[template(path = "demo/cast.html")]
struct Cast {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    key: String,
    name: String,
    agency: String,
    roles: String,
    try_this: String,
}

fn line(p: Phrases, persona: &Persona) -> Line {
    let role = |role: &String| p.t(&format!("role-{}", role.replace('_', "-")));
    // Somebody may hold the same role in several cells.
    let mut roles: Vec<String> = persona.roles.iter().map(role).collect();
    roles.dedup();
    Line {
        agency: persona.agency.clone(),
        roles: roles.join(", "),
        try_this: p.maybe(&format!("demo-try-{}", persona.key)).unwrap_or_default(),
        key: persona.key.clone(),
        name: persona.name.clone(),
    }
}

/// Around a page for whoever is there.
fn frame(passerby: Passerby) -> Result<Frame, Oops> {
    match passerby.signed_in() {
        Ok(visit) => Frame::of(&visit),
        Err(passerby) => Frame::outside(&passerby),
    }
}

/// Who is who.
#[get("/demo")]
pub(super) async fn cast(passerby: Passerby) -> Result<HttpResponse, Oops> {
    let (found, p) = (demonstration(&passerby)?, passerby.p);
    let lines = found.cast.iter().map(|persona| line(p, persona)).collect();
    let page = Cast { frame: frame(passerby)?, lines };
    show(&page.frame, &page)
}

/// Where the tour leads: who goes, to which page.
const STEPS: [(&str, &str); 8] = [
    ("amina", "/dossiers"),
    ("marc", "/dossiers"),
    ("eric", "/dossiers"),
    ("amina", "/dossiers/ouvrir"),
    ("karine", "/cellule"),
    ("louise", "/messages"),
    ("aline", "/journal"),
    ("admin", "/administration"),
];

#[derive(Template)]
#[template(path = "demo/tour.html")]
struct Tour {
    frame: Frame,
    steps: Vec<Step>,
}

struct Step {
    title: String,
    text: String,
    /// The persona, when the scenario has her.
    who: Option<(String, String)>,
    path: &'static str,
}

/// The tour.
#[get("/visite")]
pub(super) async fn tour(passerby: Passerby) -> Result<HttpResponse, Oops> {
    let (found, p) = (demonstration(&passerby)?, passerby.p);
    let steps = STEPS.iter().enumerate().map(|(at, (who, path))| {
        let persona = found.cast.iter().find(|persona| persona.key == *who);
        Step {
            title: p.t(&format!("tour-{}", at + 1)),
            text: p.t(&format!("tour-{}-text", at + 1)),
            who: persona.map(|persona| (persona.key.clone(), persona.name.clone())),
            path,
        }
    });
    let page = Tour { steps: steps.collect(), frame: frame(passerby)? };
    show(&page.frame, &page)
}

/// Signs in as one of them, in place of whoever was there.
#[post("/demo/{key}")]
pub(super) async fn become_one(
    request: HttpRequest,
    payload: web::Payload,
    passerby: Passerby,
    key: Path<String>,
) -> Result<HttpResponse, Oops> {
    same_origin(&request)?;
    let found = demonstration(&passerby)?;
    let persona = found.cast.iter().find(|persona| persona.key == *key);
    let persona = persona.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let worker = passerby.worker.clone();
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let fields = form::read(payload.into_inner()).await?;
    let then =
        fields.iter().find(|(name, _)| name == "_suite").map_or("/accueil", |(_, path)| own_path(path));
    if let (Some(known), Some(token)) = (&passerby.known, passerby.token()) {
        worker.shared.visitors.forget(token);
        sign_out(worker.desk()?, Caller::signed_in(known.actor, None, passerby.request)).await?;
    }
    let attempt = Attempt {
        email: persona.email.clone(),
        password: found.password.to_string(),
        code: None,
        passkey: None,
        label: label_of(&request),
    };
    open(&worker, passerby.request, attempt).await?.lead_to(then)
}
