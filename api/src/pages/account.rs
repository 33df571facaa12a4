//! One's own account.

use actix_web::{HttpResponse, get};
use askama::Template;

use super::{
    frame::{Frame, show},
    oops::Oops,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    frame: Frame,
    name: String,
    email: String,
    agency: String,
    second_factor: bool,
}

#[get("/compte")]
pub(super) async fn account(visit: Visit) -> Result<HttpResponse, Oops> {
    let profile = &visit.known.profile;
    let page = Account {
        name: profile.name.clone(),
        email: profile.email.clone(),
        agency: profile.agency.name.clone(),
        second_factor: profile.second_factor,
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}
