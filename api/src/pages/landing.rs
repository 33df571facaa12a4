//! The first page: what Filet is, and the way in.

use actix_web::{HttpResponse, get};
use askama::Template;

use super::{
    frame::{Frame, show},
    oops::{Oops, redirect},
    visit::Passerby,
};

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    frame: Frame,
}

#[get("/")]
pub(super) async fn landing(passerby: Passerby) -> Result<HttpResponse, Oops> {
    if passerby.known.is_some() {
        return Ok(redirect("/accueil"));
    }
    let page = Landing { frame: Frame::outside(&passerby)? };
    show(&page.frame, &page)
}
