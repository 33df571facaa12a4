//! What waits in the registers that a privacy officer keeps.

use chrono_tz::America::Toronto;
use domain::{
    access_request::{RequestLine, find_waiting as find_requests},
    incident::{IncidentLine, find_waiting as find_incidents},
};

use super::Waiting;
use crate::{
    pages::{
        moment::date,
        oops::Oops,
        registers::{
            incidents::awaited,
            requests::{due, kind},
        },
        visit::Visit,
    },
    problem::Problem,
};

/// How many days before it is due a request is due soon.
const SOON: i64 = 7;

/// Serious incidents of which a notice is still to be given, oldest first: the law asks for it without delay; then the
/// requests still to be answered, what is due first on top.
pub(super) async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let desk = visit.worker.desk()?;
    let incidents = desk.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_incidents(session).await?;
        Ok(session.open(found)?)
    });
    let incidents = incidents.await?.into_parts().0;
    let requests = desk.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_requests(session).await?;
        Ok(session.open(found)?)
    });
    let requests = requests.await?.into_parts().0;
    let of_incidents = incidents.iter().map(|incident| of_incident(visit, incident));
    Ok(of_incidents.chain(requests.iter().map(|request| of_request(visit, request))).collect())
}

fn of_incident(visit: &Visit, incident: &IncidentLine) -> Waiting {
    let p = visit.p;
    let notices: Vec<String> = incident.awaits.iter().map(|notice| awaited(*notice, p)).collect();
    Waiting {
        words: format!("{} {}", p.t("home-incident"), notices.join(" ")),
        when: p.x("home-incident-since", &date(incident.record.aware_on, p.lang())),
        press: "soon",
        link: Some((format!("/registres/incidents/{}", incident.id), p.t("home-open-incident"))),
    }
}

fn of_request(visit: &Visit, request: &RequestLine) -> Waiting {
    let p = visit.p;
    let today = visit.worker.shared.clock.now().with_timezone(&Toronto).date_naive();
    let near = (request.term.due_on - today).num_days() <= SOON;
    Waiting {
        words: p.x("home-request", &kind(request.record.kind, p)),
        when: due(request, p),
        press: if request.late {
            "late"
        } else if near {
            "soon"
        } else {
            ""
        },
        link: Some((format!("/registres/demandes/{}", request.id), p.t("home-open-request"))),
    }
}
