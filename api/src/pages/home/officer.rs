//! What waits in the registers that a privacy officer keeps.

use domain::incident::{IncidentLine, find_waiting};

use super::Waiting;
use crate::{
    pages::{moment::date, oops::Oops, registers::incidents::awaited, visit::Visit},
    problem::Problem,
};

/// Serious incidents of which a notice is still to be given, oldest first: the law asks for it without delay.
pub(super) async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_waiting(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0.iter().map(|incident| of_incident(visit, incident)).collect())
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
