//! Where one's account is open, and ending that.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    accounts::{SessionItem, end_own_session, end_own_sessions, own_sessions},
    id::SessionId,
};

use super::Said;
use crate::{
    http::Id,
    pages::{
        field::Form,
        form::Posted,
        frame::{Frame, show},
        moment::moment,
        oops::{Oops, redirect},
        visit::{Visit, no_cookies},
    },
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "account/sessions.html")]
struct Sessions {
    frame: Frame,
    lines: Vec<Line>,
    everywhere: Form,
}

struct Line {
    device: String,
    opened: String,
    seen: String,
    here: bool,
    form: Form,
}

/// What a browser calls itself, as far as people recognise it.
fn device(label: &str) -> Option<String> {
    let named = |names: &[(&str, &str)]| {
        names.iter().find(|(mark, _)| label.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    let browser =
        named(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")])?;
    let system = named(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| browser.clone(), |system| format!("{browser}, {system}")))
}

/// The open sessions.
#[get("/compte/sessions")]
pub(super) async fn list(visit: Visit, said: Query<Said>) -> Result<HttpResponse, Oops> {
    let (lang, p) = (visit.p.lang(), visit.p);
    let found = own_sessions(visit.worker.desk()?, visit.caller()).await?.into_parts().0;
    let frame = Frame::of(&visit)?.saying(said.fait.as_deref());
    let line = |item: SessionItem| {
        let action = format!("/compte/sessions/{}/fin", item.id);
        Ok::<_, Problem>(Line {
            device: device(&item.label).unwrap_or_else(|| p.t("sessions-program")),
            opened: moment(item.created_at, lang),
            seen: moment(item.last_seen_at, lang),
            here: item.current,
            form: Form::new(&frame, action, p.t("sessions-end"), Vec::new())?.small(),
        })
    };
    let lines = found.items.into_iter().map(line).collect::<Result<_, _>>()?;
    let everywhere = Form::new(&frame, "/compte/sessions/fin", p.t("sessions-end-all"), Vec::new())?.grave();
    let page = Sessions { frame, lines, everywhere };
    show(&page.frame, &page)
}

/// Ends one.
#[post("/compte/sessions/{id}/fin")]
pub(super) async fn end(posted: Posted, id: Id<0, SessionId>) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    end_own_session(visit.worker.desk()?, visit.caller(), id.get()).await?;
    Ok(redirect("/compte/sessions?fait=session-ended"))
}

/// Ends all of them, this one included.
#[post("/compte/sessions/fin")]
pub(super) async fn end_all(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    end_own_sessions(visit.worker.desk()?, visit.caller()).await?;
    visit.forget();
    let mut response = redirect("/connexion?fait=sessions-ended");
    for gone in no_cookies() {
        response.add_cookie(&gone).map_err(|_| Problem::new(ProblemKind::Internal))?;
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_told_by_a_name_that_people_know() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device(edge).as_deref(), Some("Edge, Windows"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1";
        assert_eq!(device(phone).as_deref(), Some("Safari, iPhone"));
        assert_eq!(device("curl/8.0"), None);
    }
}
