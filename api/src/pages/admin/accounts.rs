//! The people of one's agency, and inviting another.

use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use authz::accounts::{AccountStatus, AccountView, page as accounts_page};
use serde::Deserialize;

use super::{admins_only, handed::hand, role_name};
use crate::{
    accounts,
    http::{Cursor, Paging, read_query},
    pages::{
        field::{Field, Form, Shape},
        form::Posted,
        frame::{Frame, show},
        oops::Oops,
        phrases::Phrases,
        simple::FormPage,
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Deserialize)]
struct Wanted {
    cursor: Option<String>,
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct Accounts {
    frame: Frame,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    name: String,
    email: String,
    status: String,
    colour: &'static str,
    second_factor: bool,
    service: bool,
    roles: Vec<String>,
}

/// How a status reads, and the colour of its tag.
pub(super) fn status(p: Phrases, status: AccountStatus) -> (String, &'static str) {
    match status {
        AccountStatus::Invited => (p.t("admin-status-invited"), "blue"),
        AccountStatus::Active => (p.t("admin-status-active"), "green"),
        AccountStatus::Locked => (p.t("admin-status-locked"), "orange"),
        AccountStatus::Disabled => (p.t("admin-status-disabled"), "grey"),
    }
}

fn line(visit: &Visit, account: AccountView) -> Line {
    let (words, colour) = status(visit.p, account.status);
    let roles =
        account.roles.iter().map(|held| format!("{} — {}", role_name(visit, held.role), held.cell.name));
    Line {
        roles: roles.collect(),
        id: account.id.to_string(),
        status: words,
        colour,
        second_factor: account.second_factor,
        service: account.service,
        name: account.name,
        email: account.email,
    }
}

/// The accounts of one's agency, oldest first.
#[get("/administration/comptes")]
pub(super) async fn list(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let paging = Paging::read(Some("50"), wanted.cursor.as_deref())?;
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let after = paging.after.map(|after| (after.at, after.id));
            let accounts = accounts_page(session, 51, after).await?;
            Ok(session.open(accounts)?)
        })
        .await?;
    let (mut items, _) = found.into_parts();
    let more = items.len() > 50;
    items.truncate(50);
    let last = items.last().filter(|_| more);
    let page = Accounts {
        next: last.map(|account| Cursor { at: account.created_at, id: account.id.uuid() }.encode()),
        lines: items.into_iter().map(|account| line(&visit, account)).collect(),
        frame: Frame::of(&visit)?.saying(wanted.fait.as_deref()),
    };
    show(&page.frame, &page)
}

fn form(visit: &Visit) -> Result<(Frame, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let fields = vec![
        Field::line("name", p.t("name")).hint(p.t("admin-name-hint")),
        Field::new(Shape::Line("email", "off", 0), "email", p.t("email")).hint(p.t("admin-email-hint")),
    ];
    let form = Form::new(&frame, "/administration/comptes/inviter", p.t("admin-invite"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("admin-invite-title"), form).back("/administration/comptes");
    page.lead(p.t("admin-invite-lead")).show()
}

/// Asks whom to invite.
#[get("/administration/comptes/inviter")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    admins_only(&visit)?;
    let (frame, form) = form(&visit)?;
    around(frame, form)
}

/// Makes the account and shows the link, once.
#[post("/administration/comptes/inviter")]
pub(super) async fn create(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match accounts::create::run(&visit.worker, visit.caller(), posted.body()).await {
        Ok(invited) => {
            let invited = invited.into_parts().0;
            let name = posted.get("name").unwrap_or_default().to_owned();
            let back = format!("/administration/comptes/{}", invited.id);
            hand(visit, name, "/invitation", &invited.invitation, back)
        }
        Err(problem) => {
            let (frame, form) = form(visit)?;
            around(frame, form.refused(&posted, &problem))
        }
    }
}
