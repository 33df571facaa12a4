//! A link at the one moment it is shown, to be handed to the person it is for.

use actix_web::HttpResponse;
use askama::Template;
use authz::accounts::Invitation;

use crate::pages::{
    frame::{Frame, show},
    moment::moment,
    oops::Oops,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "admin/handed.html")]
struct Handed {
    frame: Frame,
    name: String,
    link: String,
    until: String,
    back: String,
}

/// Shows the link that leads to this page of the installation.
pub(super) fn hand(
    visit: &Visit,
    name: String,
    page: &str,
    invitation: &Invitation,
    back: String,
) -> Result<HttpResponse, Oops> {
    let site = visit.worker.shared.config.public_url.trim_end_matches('/');
    let page = Handed {
        link: format!("{site}{page}?jeton={}", invitation.token),
        until: moment(invitation.expires_at, visit.p.lang()),
        frame: Frame::of(visit)?,
        name,
        back,
    };
    show(&page.frame, &page)
}
