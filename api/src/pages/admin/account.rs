//! One account: its roles with their dates, and what can be done about it.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    accounts::{AccountStatus, AccountView, find, takes_two},
    id::UserId,
    vocabulary::Role,
};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;

use super::{accounts::status, handed::hand, own_cells, role_name};
use crate::{
    accounts,
    http::{Body, Id},
    pages::{
        account::Said,
        field::{Choice, Field, Form},
        form::Posted,
        frame::{Frame, show_form},
        moment::moment,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "admin/account.html")]
struct One {
    frame: Frame,
    name: String,
    email: String,
    status: String,
    colour: &'static str,
    second_factor: bool,
    service: bool,
    since: String,
    roles: Vec<Held>,
    grant: Option<Form>,
    acts: Vec<Form>,
}

struct Held {
    role: String,
    cell: String,
    substitute: bool,
    /// Nothing: from the beginning.
    from: Option<String>,
    until: Option<String>,
    end: String,
}

async fn read(visit: &Visit, id: UserId) -> Result<AccountView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let account = find(session, id).await?;
            Ok(session.open(account)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

fn grant_form(visit: &Visit, frame: &Frame, id: UserId) -> Result<Form, Oops> {
    let p = visit.p;
    let roles = Role::ALL.iter().map(|role| {
        let mark = if takes_two(*role) { p.t("admin-takes-two") } else { String::new() };
        Choice::new(role.wire(), format!("{} {mark}", role_name(visit, *role)).trim().to_owned())
    });
    let cells = own_cells(visit);
    let only = cells.first().filter(|_| cells.len() == 1).map(|cell| cell.value.clone());
    let mut cell = Field::select("cell", p.t("cell"), cells);
    if let Some(only) = only {
        cell = cell.given(only);
    }
    let fields = vec![
        cell,
        Field::select("role", p.t("admin-role"), roles.collect()).hint(p.t("admin-role-hint")),
        Field::moment("from:time", p.t("admin-from")).hint(p.t("admin-from-hint")).optional(),
        Field::moment("until:time", p.t("admin-until")).hint(p.t("admin-until-hint")).optional(),
        Field::checks(
            "substitute:bool",
            p.t("admin-substitute"),
            vec![Choice::new("true", p.t("admin-substitute-yes"))],
        )
        .hint(p.t("admin-substitute-hint"))
        .optional(),
    ];
    Ok(Form::new(frame, format!("/administration/comptes/{id}/roles"), p.t("admin-grant"), fields)?)
}

/// What can be done about an account as it stands.
fn acts(visit: &Visit, frame: &Frame, view: &AccountView) -> Result<Vec<Form>, Oops> {
    let p = visit.p;
    let act = |verb: &str, label: &str, fields: Vec<Field>| {
        Form::new(frame, format!("/administration/comptes/{}/{verb}", view.id), p.t(label), fields)
    };
    let both = Field::checks(
        "second_factor:bool",
        p.t("admin-reset"),
        vec![Choice::new("true", p.t("admin-reset-both"))],
    )
    .hint(p.t("admin-reset-hint"))
    .optional();
    Ok(match view.status {
        AccountStatus::Disabled => vec![act("retablir", "admin-enable", Vec::new())?.small()],
        _ if view.id == visit.known.profile.id => Vec::new(),
        AccountStatus::Invited => vec![
            act("inviter", "admin-invite-again", Vec::new())?.small(),
            act("desactiver", "admin-disable", Vec::new())?.grave(),
        ],
        AccountStatus::Active | AccountStatus::Locked if view.service => {
            vec![act("desactiver", "admin-disable", Vec::new())?.grave()]
        }
        AccountStatus::Active | AccountStatus::Locked => vec![
            act("reinitialiser", "admin-reset-offer", vec![both])?.small(),
            act("fermer-sessions", "admin-end-sessions", Vec::new())?.small(),
            act("desactiver", "admin-disable", Vec::new())?.grave(),
        ],
    })
}

async fn page(visit: &Visit, frame: Frame, id: UserId, form: Option<Form>) -> Result<HttpResponse, Oops> {
    let (view, lang) = (read(visit, id).await?, visit.p.lang());
    let (words, colour) = status(visit.p, view.status);
    let acts = acts(visit, &frame, &view)?;
    let own = view.id == visit.known.profile.id;
    let grant = match form {
        Some(form) => Some(form),
        None if own || view.status == AccountStatus::Disabled => None,
        None => Some(grant_form(visit, &frame, id)?),
    };
    let roles = view.roles.iter().map(|held| Held {
        role: role_name(visit, held.role),
        cell: held.cell.name.clone(),
        substitute: held.substitute,
        from: (held.from > DateTime::UNIX_EPOCH).then(|| moment(held.from, lang)),
        until: held.until.map(|until| moment(until, lang)),
        end: format!(
            "/administration/comptes/{id}/fin-de-role?cell={}&role={}",
            held.cell.id,
            held.role.wire()
        ),
    });
    let page = One {
        roles: roles.collect(),
        since: moment(view.created_at, lang),
        second_factor: view.second_factor,
        service: view.service,
        name: view.name,
        email: view.email,
        status: words,
        colour,
        grant,
        acts,
        frame,
    };
    let refused = page.grant.as_ref().is_some_and(Form::is_refused);
    show_form(refused, &page.frame, &page)
}

/// An account.
#[get("/administration/comptes/{id}")]
pub(super) async fn one(visit: Visit, id: Id<0, UserId>, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    page(&visit, frame, id.get(), None).await
}

/// Grants a role, or asks a second admin for it.
#[post("/administration/comptes/{id}/roles")]
pub(super) async fn give(posted: Posted, id: Id<0, UserId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    match accounts::grant_role::run(&visit.worker, posted.caller(), id, posted.body()).await {
        Ok(done) => {
            let waits = done.into_parts().0.body.get("awaits").is_some_and(|awaits| !awaits.is_null());
            let key = if waits { "role-asked" } else { "role-granted" };
            Ok(redirect(&format!("/administration/comptes/{id}?fait={key}")))
        }
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound) => Err(problem.into()),
        Err(problem) => {
            let frame = Frame::of(visit)?;
            let form = grant_form(visit, &frame, id)?.refused(&posted, &problem);
            page(visit, frame, id, Some(form)).await
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Ending {
    cell: String,
    role: Role,
}

fn ending(visit: &Visit, id: UserId, cell: &str, role: &str) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let fields = vec![
        Field::moment("at:time", p.t("admin-end-at")).hint(p.t("admin-end-at-hint")).optional(),
        Field::hidden("cell", cell),
        Field::hidden("role", role),
    ];
    let action = format!("/administration/comptes/{id}/fin-de-role");
    let form = Form::new(&frame, action, p.t("admin-end-role"), fields)?.grave();
    Ok((frame, form))
}

fn around(visit: &Visit, id: UserId, role: Role, frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    FormPage::new(frame, p.x("admin-end-title", &role_name(visit, role)), form)
        .back(format!("/administration/comptes/{id}"))
        .lead(p.t("admin-end-lead"))
        .show()
}

/// Asks when a role ends.
#[get("/administration/comptes/{id}/fin-de-role")]
pub(super) async fn ask_end_role(
    visit: Visit,
    id: Id<0, UserId>,
    asked: Query<Ending>,
) -> Result<HttpResponse, Oops> {
    let id = id.get();
    read(&visit, id).await?;
    let (frame, form) = ending(&visit, id, &asked.cell, asked.role.wire())?;
    around(&visit, id, asked.role, frame, form)
}

/// Ends it.
#[post("/administration/comptes/{id}/fin-de-role")]
pub(super) async fn end_role(posted: Posted, id: Id<0, UserId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let role: Option<Role> = posted.get("role").and_then(|word| word.parse().ok());
    match accounts::end_role::run(&visit.worker, posted.caller(), id, posted.body()).await {
        Ok(_) => Ok(redirect(&format!("/administration/comptes/{id}?fait=role-ended"))),
        Err(problem) => {
            let Some(role) = role else { return Err(problem.into()) };
            let cell = posted.get("cell").unwrap_or_default();
            let (frame, form) = ending(visit, id, cell, role.wire())?;
            around(visit, id, role, frame, form.refused(&posted, &problem))
        }
    }
}

/// What is done about an account: inviting again, a reset, ending its sessions, disabling and enabling it.
#[post("/administration/comptes/{id}/{verb}")]
pub(super) async fn carry_out(
    posted: Posted,
    id: Id<0, UserId>,
    path: actix_web::web::Path<(String, String)>,
) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let (worker, nothing) = (&visit.worker, || Body::of(&json!({})));
    let back = format!("/administration/comptes/{id}");
    let key = match path.1.as_str() {
        "inviter" => {
            let invitation = accounts::invite::run(worker, visit.caller(), id, nothing()).await?;
            let name = read(visit, id).await?.name;
            return hand(visit, name, "/invitation", &invitation.into_parts().0, back);
        }
        "reinitialiser" => {
            let offered = accounts::reset::run(worker, visit.caller(), id, posted.body()).await?;
            let name = read(visit, id).await?.name;
            return hand(visit, name, "/nouveau-mot-de-passe", &offered.into_parts().0, back);
        }
        "fermer-sessions" => {
            accounts::end_sessions::run(worker, posted.caller(), id, nothing()).await?;
            "account-sessions-ended"
        }
        "desactiver" => {
            accounts::disable::run(worker, posted.caller(), id, nothing()).await?;
            "account-disabled"
        }
        "retablir" => {
            accounts::enable::run(worker, posted.caller(), id, nothing()).await?;
            "account-enabled"
        }
        _ => return Err(Problem::new(ProblemKind::NotFound).into()),
    };
    Ok(redirect(&format!("{back}?fait={key}")))
}
