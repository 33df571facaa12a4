//! Risk files: what one may know of a situation, and writing down what one knows.

mod attachments;
mod changed;
mod circle;
mod fact;
mod fact_rows;
mod facts;
mod lifecycle;
mod list;
mod open;
mod part;
mod persons;
mod picture;
mod read;
mod recusal;
mod recusals;
mod timeline;
mod timeline_reads;
mod vault;
mod why;
pub(super) mod words;

use actix_web::web;
use authz::id::{AgencyId, FileId};
use chrono::{DateTime, Utc};
use domain::file::{
    find::find,
    view::{FileStatus, FileView},
};

pub(super) use words::who_is;

use super::{oops::Oops, visit::Visit};
use crate::problem::Problem;

/// The routes of files. Those with a word in place of an identifier come first.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(list::files)
        .service(open::ask)
        .service(open::open)
        .service(read::file)
        .service(why::why)
        .service(facts::ask)
        .service(facts::record)
        .service(fact::history)
        .service(fact::ask_correction)
        .service(fact::correct)
        .service(fact::ask_retraction)
        .service(fact::retract)
        .service(persons::ask)
        .service(persons::add)
        .service(persons::ask_role)
        .service(persons::correct)
        .service(circle::circle)
        .service(circle::join)
        .service(circle::ask_end)
        .service(circle::end)
        .service(recusal::ask)
        .service(recusal::recuse)
        .service(recusals::list)
        .service(recusals::recuse)
        .service(lifecycle::ask_closing)
        .service(lifecycle::close)
        .service(lifecycle::ask_reopening)
        .service(lifecycle::reopen)
        .service(lifecycle::ask_uniting)
        .service(lifecycle::unite)
        .service(vault::ask)
        .service(vault::change)
        .service(timeline::timeline)
        .service(attachments::attachments)
        .service(attachments::attach)
        .service(attachments::download)
        .service(attachments::ask_retraction)
        .service(attachments::retract);
}

/// The file as the visitor may see it.
pub(super) async fn seen(visit: &Visit, id: FileId) -> Result<FileView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let file = find(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// What the visitor may do to a file, as the pages offer it; the operations decide for themselves.
#[derive(Clone, Copy, Default)]
pub(super) struct Powers {
    /// Write down what one's agency knows.
    pub write: bool,
    /// Decide for one's agency.
    pub respond: bool,
    /// Coordinate the cell.
    pub coordinate: bool,
}

impl Powers {
    /// What the roles held in the file's cell allow, inside its circle.
    pub fn of(visit: &Visit, view: &FileView) -> Self {
        use authz::vocabulary::{Purpose, Role};
        let now = visit.worker.shared.clock.now();
        let own = visit.known.profile.agency.id;
        let inside = member(view, own, now) && visit.purpose() != Some(Purpose::CaseReview);
        let acts = |role: Role| {
            let mut held = visit.known.profile.roles.iter();
            inside && held.any(|held| held.cell.id == view.cell.id && held.role.inherits().contains(&role))
        };
        let open = view.status == FileStatus::Active && view.merged_into.is_none();
        Self {
            write: open && acts(Role::Worker),
            respond: acts(Role::Respondent),
            coordinate: acts(Role::Coordinator),
        }
    }
}

/// Is this agency in the circle now?
pub(super) fn member(view: &FileView, agency: AgencyId, now: DateTime<Utc>) -> bool {
    let here = |from: DateTime<Utc>, until: Option<DateTime<Utc>>| {
        from <= now && until.is_none_or(|until| now < until)
    };
    view.circle.iter().any(|row| row.agency.id == agency && here(row.from, row.until))
}
