//! What waits for whoever is signed in.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use domain::inbox::page as inbox_page;
use serde::Deserialize;

use super::{
    frame::{Frame, show},
    moment::moment,
    oops::Oops,
    visit::Visit,
};
use crate::problem::Problem;

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    name: String,
    messages: Vec<Message>,
    roles: Vec<String>,
}

struct Message {
    text: String,
    at: String,
    file: Option<String>,
}

#[get("/accueil")]
pub(super) async fn home(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let (lang, p) = (visit.p.lang(), visit.p);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let messages = inbox_page(session, 20, None, lang).await?;
            Ok(session.open(messages)?)
        })
        .await?;
    let waiting = found.into_parts().0.into_iter().filter(|message| message.read_at.is_none());
    let messages = waiting.map(|message| Message {
        text: message.text,
        at: moment(message.created_at, lang),
        file: message.file.map(|file| file.to_string()),
    });
    let profile = &visit.known.profile;
    let roles = profile.roles.iter().map(|held| {
        format!("{} — {}", p.t(&format!("role-{}", held.role.wire().replace('_', "-"))), held.cell.name)
    });
    let page = Home {
        name: profile.name.clone(),
        messages: messages.collect(),
        roles: roles.collect(),
        frame: Frame::of(&visit)?.saying(said.fait.as_deref()),
    };
    show(&page.frame, &page)
}
