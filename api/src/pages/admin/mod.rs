//! Looking after an agency's people, and, for those who coordinate, after cells, agencies and instruments. Nobody
//! here reads anything of a file.

mod account;
mod accounts;
mod agencies;
mod cells;
mod handed;
mod instruments;
mod law;
mod requests;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use authz::{
    accounts::waiting_role_requests,
    vocabulary::{AgencyKind, Role},
};

use super::{
    field::Choice,
    frame::{Frame, show},
    oops::Oops,
    visit::Visit,
};
use crate::problem::{Problem, ProblemKind};

/// The routes of the administration.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(hub)
        .service(accounts::list)
        .service(accounts::ask)
        .service(accounts::create)
        .service(account::one)
        .service(account::give)
        .service(account::ask_end_role)
        .service(account::end_role)
        .service(account::carry_out)
        .service(requests::list)
        .service(requests::decide)
        .service(cells::list)
        .service(cells::ask)
        .service(cells::make)
        .service(cells::one)
        .service(cells::alter)
        .service(cells::let_in)
        .service(agencies::list)
        .service(agencies::ask)
        .service(agencies::make)
        .service(agencies::ask_turn)
        .service(agencies::turn)
        .service(instruments::list)
        .service(instruments::ask)
        .service(instruments::import)
        .service(law::texts);
}

#[derive(Template)]
#[template(path = "admin/hub.html")]
struct Hub {
    frame: Frame,
    waiting: usize,
    coordinates: bool,
}

/// Where everything is.
#[get("/administration")]
pub(super) async fn hub(visit: Visit) -> Result<HttpResponse, Oops> {
    admins_only(&visit)?;
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let waiting = waiting_role_requests(session).await?;
            Ok(session.open(waiting)?)
        })
        .await?;
    let page = Hub {
        waiting: found.into_parts().0.len(),
        coordinates: coordinates(&visit),
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}

/// Only an admin has business here; the operations themselves decide anew.
fn admins_only(visit: &Visit) -> Result<(), Problem> {
    if visit.holds(&[Role::Admin]) { Ok(()) } else { Err(Problem::new(ProblemKind::NotPermitted)) }
}

/// Does the visitor look after what concerns every agency?
fn coordinates(visit: &Visit) -> bool {
    visit.known.profile.agency.kind == AgencyKind::Coordination && visit.holds(&[Role::Admin])
}

/// The cells where the visitor is admin.
fn own_cells(visit: &Visit) -> Vec<Choice> {
    let held = visit.known.profile.roles.iter().filter(|held| held.role == Role::Admin);
    held.map(|held| Choice::new(held.cell.id.to_string(), held.cell.name.clone())).collect()
}

/// The sentence that names a role.
fn role_name(visit: &Visit, role: Role) -> String {
    visit.p.t(&format!("role-{}", role.wire().replace('_', "-")))
}
