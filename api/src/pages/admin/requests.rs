//! Roles that wait for a second admin.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    accounts::{RoleRequestView, waiting_role_requests},
    id::RoleRequestId,
};

use super::role_name;
use crate::{
    accounts,
    http::Id,
    pages::{
        account::Said,
        field::Form,
        form::Posted,
        frame::{Frame, show},
        moment::moment,
        oops::{Oops, redirect},
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "admin/requests.html")]
struct Requests {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    account: String,
    agency: String,
    role: String,
    cell: String,
    from: Option<String>,
    until: Option<String>,
    asked_by: String,
    asked_at: String,
    lapses: String,
    confirm: Option<Form>,
    refuse: Form,
}

fn line(visit: &Visit, frame: &Frame, request: RoleRequestView) -> Result<Line, Oops> {
    let (p, lang) = (visit.p, visit.p.lang());
    let path = |verb: &str| format!("/administration/demandes/{}/{verb}", request.id);
    let refuse = if request.may_confirm { "admin-refuse" } else { "admin-take-back" };
    Ok(Line {
        confirm: if request.may_confirm {
            Some(Form::new(frame, path("confirmer"), p.t("admin-confirm"), Vec::new())?)
        } else {
            None
        },
        refuse: Form::new(frame, path("refuser"), p.t(refuse), Vec::new())?.small(),
        role: role_name(visit, request.role),
        cell: request.cell.name,
        from: request.from.map(|from| moment(from, lang)),
        until: request.until.map(|until| moment(until, lang)),
        asked_at: moment(request.asked_at, lang),
        lapses: moment(request.lapses_at, lang),
        account: request.account,
        agency: request.agency.name,
        asked_by: request.asked_by,
    })
}

/// What waits.
#[get("/administration/demandes")]
pub(super) async fn list(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let waiting = waiting_role_requests(session).await?;
            Ok(session.open(waiting)?)
        })
        .await?;
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let lines = found.into_parts().0.into_iter().map(|request| line(&visit, &frame, request));
    let page = Requests { lines: lines.collect::<Result<_, _>>()?, frame };
    show(&page.frame, &page)
}

/// Confirms or refuses one.
#[post("/administration/demandes/{id}/{verb}")]
pub(super) async fn decide(
    posted: Posted,
    id: Id<0, RoleRequestId>,
    path: actix_web::web::Path<(String, String)>,
) -> Result<HttpResponse, Oops> {
    let (worker, caller, body) = (&posted.visit.worker, posted.caller(), posted.body());
    let key = match path.1.as_str() {
        "confirmer" => {
            accounts::confirm_role::run(worker, caller, id.get(), body).await?;
            "role-confirmed"
        }
        "refuser" => {
            accounts::refuse_role::run(worker, caller, id.get(), body).await?;
            "role-refused"
        }
        _ => return Err(Problem::new(ProblemKind::NotFound).into()),
    };
    Ok(redirect(&format!("/administration/demandes?fait={key}")))
}
