//! From one register to another: those that whoever looks may read.

use authz::vocabulary::Role;

use crate::pages::visit::Visit;

/// A register one can go to.
pub(super) struct Tab {
    pub path: String,
    pub name: String,
    pub here: bool,
}

/// The registers of the own agency, the one that is shown marked.
pub(super) fn tabs(visit: &Visit, here: &str, query: &str) -> Vec<Tab> {
    let period = |path: &str| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let kept = ["/registres/incidents", "/registres/demandes"].map(str::to_owned);
    let told = ["/registres", "/registres/communications"].map(period);
    let named = [
        ("/registres", "register-disclosures"),
        ("/registres/communications", "register-communications"),
        ("/registres/incidents", "register-incidents"),
        ("/registres/demandes", "register-requests"),
    ];
    let most = if visit.holds(&[Role::PrivacyOfficer]) { named.len() } else { told.len() };
    let all = told.into_iter().chain(kept).zip(named).take(most);
    all.map(|(path, (place, key))| Tab { path, name: visit.p.t(key), here: place == here }).collect()
}
