//! What waits for whoever looks after an agency's people: roles that take a second admin.

use authz::accounts::{RoleRequestView, waiting_role_requests};

use super::{Waiting, pressing};
use crate::{
    pages::{moment::moment, oops::Oops, visit::Visit},
    problem::Problem,
};

/// The roles that the visitor may confirm, in the order in which they were asked for.
pub(super) async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let waiting = waiting_role_requests(session).await?;
            Ok(session.open(waiting)?)
        })
        .await?;
    let requests = found.into_parts().0.into_iter().filter(|request| request.may_confirm);
    Ok(requests.map(|request| of(visit, &request)).collect())
}

fn of(visit: &Visit, request: &RoleRequestView) -> Waiting {
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let role = p.t(&format!("role-{}", request.role.wire().replace('_', "-")));
    Waiting {
        words: p.s("home-role-request", &[("role", &role), ("account", &request.account)]),
        when: p.x("home-due", &moment(request.lapses_at, p.lang())),
        press: pressing(now, request.lapses_at),
        link: Some(("/administration/demandes".into(), p.t("home-open-role-request"))),
    }
}
