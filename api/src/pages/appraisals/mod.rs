//! Appraisals of risk on pages: answered at once or one by one, judged by a person, read, corrected, compared,
//! followed in time.

mod chart;
mod choose;
mod compare;
mod judge;
mod list;
mod paper;
mod questions;
mod read;
mod result;
mod words;

use actix_web::web;
use authz::{
    desk::Caller,
    id::{DocumentId, FileId},
};
use domain::{
    appraisal::{AppraisalHead, AppraisalView, find, find_page},
    reference::{InstrumentView, InstrumentsView, find_instrument, find_instruments},
};

use super::{oops::Oops, visit::Visit};
use crate::{
    http::{Cursor, Paging},
    problem::Problem,
};

/// The routes of this area.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(choose::ask)
        .service(choose::choose)
        .service(judge::ask)
        .service(judge::judge)
        .service(judge::ask_correction)
        .service(judge::correct)
        .service(questions::ask)
        .service(questions::keep)
        .service(questions::ask_correction)
        .service(questions::keep_correction)
        .service(paper::appraisal)
        .service(compare::compare)
        .service(read::read)
        .service(list::list);
}

/// The instruments there are.
async fn instruments(visit: &Visit) -> Result<InstrumentsView, Oops> {
    let lang = visit.p.lang();
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_instruments(session, lang).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// One of them, whole.
async fn instrument(visit: &Visit, code: String, version: Option<i16>) -> Result<InstrumentView, Oops> {
    let lang = visit.p.lang();
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_instrument(session, &code, version, lang).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// One appraisal, as the API shows it.
async fn appraisal(
    visit: &Visit,
    caller: Caller,
    file: FileId,
    id: DocumentId,
) -> Result<AppraisalView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(caller, async move |session| {
        let found = find(session, file, id).await?;
        Ok(session.open_some(found)?)
    });
    Ok(found.await?.into_parts().0)
}

/// The appraisals of a file after a place in their list, and where the list goes on.
async fn heads(
    visit: &Visit,
    caller: Caller,
    file: FileId,
    cursor: Option<&str>,
) -> Result<(Vec<AppraisalHead>, Option<String>), Oops> {
    const PAGE: usize = 100;
    let paging = Paging::read(Some("100"), cursor)?;
    let after = paging.after.map(|after| (after.at, after.id));
    let found = visit.worker.desk()?.read::<_, Problem>(caller, async move |session| {
        let found = find_page(session, file, PAGE + 1, after).await?;
        Ok(session.open(found)?)
    });
    let mut items = found.await?.into_parts().0;
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let last = items.last().filter(|_| more);
    let next = last.map(|item| Cursor { at: item.recorded_at, id: item.id.uuid() }.encode());
    Ok((items, next))
}
