//! Consents on pages: the conversation, read aloud; its summary for the person; the list; taking one back.

mod conversation;
mod list;
mod said;
mod script;
mod sentence;
mod summary;
mod withdraw;

use actix_web::web;
use authz::{desk::Caller, id::FileId};
use domain::{
    consent::{ConsentsView, ProvisionView, find_all},
    reference::{Shareable, find_shareable},
};

pub use script::category_words;
pub use sentence::together;

use super::{oops::Oops, visit::Visit};
use crate::problem::Problem;

/// The routes of this area.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(conversation::whom)
        .service(conversation::ask)
        .service(conversation::answer)
        .service(summary::summary)
        .service(withdraw::ask)
        .service(withdraw::withdraw)
        .service(list::list);
}

/// The consents of a file, as the API shows them.
async fn consents(visit: &Visit, caller: Caller, id: FileId) -> Result<ConsentsView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(caller, async move |session| {
        let found = find_all(session, id).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// What a consent can open at all.
async fn shareable(visit: &Visit) -> Result<Shareable, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_shareable(session).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// The same sentence once more.
fn again(one: &ProvisionView) -> ProvisionView {
    ProvisionView {
        effect: one.effect,
        recipients: one.recipients.clone(),
        categories: one.categories.clone(),
        purposes: one.purposes.clone(),
        sources: one.sources.clone(),
    }
}
