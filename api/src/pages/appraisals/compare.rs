//! What changed from one appraisal to a later one.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::{DocumentId, FileId};
use domain::appraisal::find_comparison;
use serde::Deserialize;

use super::{
    appraisal, instrument,
    list::direction_key,
    result::tone,
    words::{answer_key, item_named, level, title},
};
use crate::{
    http::Id,
    pages::{
        frame::{Frame, show},
        moment::day,
        oops::Oops,
        people::People,
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Deserialize)]
pub(super) struct With {
    avec: DocumentId,
}

#[derive(Template)]
#[template(path = "appraisal_compare.html")]
struct Compared {
    frame: Frame,
    file: FileId,
    who: String,
    title: String,
    earlier: (DocumentId, String, String),
    later: (DocumentId, String, String),
    direction: String,
    changes: Vec<Change>,
    withheld: Vec<String>,
}

struct Change {
    item: String,
    from: (String, &'static str),
    to: (String, &'static str),
}

#[get("/dossiers/{id}/appreciations/{appraisal}/comparaison")]
pub(super) async fn compare(
    visit: Visit,
    id: Id<0, FileId>,
    one: Id<1, DocumentId>,
    with: Query<With>,
) -> Result<HttpResponse, Oops> {
    let (file, one, other, p) = (id.get(), one.get(), with.avec, visit.p);
    let found = visit.worker.desk()?.read::<_, Problem>(visit.reader()?, async move |session| {
        let found = find_comparison(session, file, one, other).await?;
        Ok(session.open_some(found)?)
    });
    let view = found.await?.into_parts().0;
    let earlier = appraisal(&visit, visit.reader()?, file, view.earlier).await?;
    let later = appraisal(&visit, visit.reader()?, file, view.later).await?;
    let named = &later.judged.value().instrument;
    let of = instrument(&visit, named.code.clone(), Some(named.version)).await?;
    let people = People::read(&visit, visit.reader()?, file).await?;
    let difference = view.difference.value();
    let changes = difference.changes.iter().map(|change| Change {
        item: item_named(&of, &change.item, p),
        from: (p.t(answer_key(change.from)), tone(change.from)),
        to: (p.t(answer_key(change.to)), tone(change.to)),
    });
    let page = Compared {
        frame: Frame::of(&visit)?,
        file,
        who: people.person(later.person).map(|person| person.label.clone()).unwrap_or_default(),
        title: title(&of),
        earlier: (view.earlier, day(earlier.recorded_at, p.lang()), level(difference.from, p)),
        later: (view.later, day(later.recorded_at, p.lang()), level(difference.to, p)),
        direction: p.t(direction_key(difference.direction)),
        changes: changes.collect(),
        withheld: difference.withheld.iter().map(|id| item_named(&of, id, p)).collect(),
    };
    show(&page.frame, &page)
}
