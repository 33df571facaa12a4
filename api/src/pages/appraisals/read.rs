//! One appraisal, as far as it shows.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::{DocumentId, FileId};
use domain::{
    appraisal::{AnswerView, AppraisalView},
    instrument::{Answer, Stance},
    reference::InstrumentView,
};
use serde::Deserialize;

use super::{
    appraisal, heads, instrument,
    result::{Outcome, said, tone},
    words::{informant, item_named, level, title},
};
use crate::{
    http::Id,
    pages::{
        frame::{Frame, show},
        moment::{date, day, moment},
        oops::Oops,
        people::People,
        phrases::Phrases,
        visit::Visit,
    },
};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "appraisal.html")]
struct Appraisal {
    frame: Frame,
    file: FileId,
    id: DocumentId,
    who: String,
    title: String,
    level: String,
    stance: String,
    facts: Vec<(String, String)>,
    reasons: Option<String>,
    imminence: Option<String>,
    outcome: Outcome,
    groups: Vec<Group>,
    /// The one before, of the same person by the same instrument: its id and day.
    before: Option<(DocumentId, String)>,
    /// The version before this one, where this one corrects it.
    corrects: Option<DocumentId>,
    /// Was it corrected since?
    corrected: bool,
    /// May the visitor's agency correct it?
    may_correct: bool,
    rights: String,
    pdf: bool,
}

struct Group {
    label: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    item: String,
    answer: String,
    tone: &'static str,
    more: String,
}

#[get("/dossiers/{id}/appreciations/{appraisal}")]
pub(super) async fn read(
    visit: Visit,
    id: Id<0, FileId>,
    one: Id<1, DocumentId>,
    wanted: Query<Said>,
) -> Result<HttpResponse, Oops> {
    let (file, id, p) = (id.get(), one.get(), visit.p);
    let view = appraisal(&visit, visit.reader()?, file, id).await?;
    let people = People::read(&visit, visit.reader()?, file).await?;
    let named = &view.judged.value().instrument;
    let of = instrument(&visit, named.code.clone(), Some(named.version)).await?;
    let (known, more) = heads(&visit, visit.reader()?, file, None).await?;
    // Of a chain only the newest that shows is listed.
    let corrected = more.is_none() && known.iter().all(|head| head.id != id);
    let before = known.iter().rfind(|head| {
        head.person == view.person
            && head.level.value().instrument.code == named.code
            && (head.recorded_at, head.id) < (view.recorded_at, view.id)
    });
    let before = before.map(|head| (head.id, day(head.recorded_at, p.lang())));
    let who = people.person(view.person).map(|person| person.label.clone()).unwrap_or_default();
    let frame = Frame::of(&visit)?.saying(wanted.fait.as_deref());
    let own = view.source.id == visit.known.profile.agency.id;
    let whole = view.judged.value().answers.iter().all(|one| !one.withheld);
    let mut page = page(&view, &of, file, who, before, frame);
    page.corrected = corrected;
    page.may_correct = own && whole && of.head.usable && !corrected;
    show(&page.frame, &page)
}

fn page(
    view: &AppraisalView,
    of: &InstrumentView,
    file: FileId,
    who: String,
    before: Option<(DocumentId, String)>,
    frame: Frame,
) -> Appraisal {
    let (p, judged) = (frame.p, view.judged.value());
    let answers: Vec<Option<Answer>> = judged.answers.iter().map(|one| one.answer).collect();
    let facts = [
        ("appraisal-by", view.source.name.clone()),
        ("appraisal-on", moment(view.recorded_at, p.lang())),
        ("appraisal-basis", p.t(&format!("basis-{}", view.basis.kind))),
    ];
    Appraisal {
        file,
        id: view.id,
        who,
        title: title(of),
        level: level(judged.level, p),
        stance: p.t(match judged.stance {
            Stance::Unsuggested => "appraisal-stance-unsuggested",
            Stance::Within => "appraisal-stance-within",
            Stance::Raised => "appraisal-stance-raised",
            Stance::Lowered => "appraisal-stance-lowered",
        }),
        facts: facts.into_iter().map(|(key, words)| (p.t(key), words)).collect(),
        reasons: judged.reasons.clone(),
        imminence: judged.imminence.clone(),
        outcome: Outcome::of(&judged.outcome, of, &answers, p),
        groups: groups(&judged.answers, of, p),
        before,
        corrects: view.corrects,
        corrected: false,
        may_correct: false,
        rights: p.x("appraisal-holder", &of.head.licence_holder),
        pdf: cfg!(feature = "pdf"),
        frame,
    }
}

fn groups(answers: &[AnswerView], of: &InstrumentView, p: Phrases) -> Vec<Group> {
    let mut groups: Vec<(Option<&str>, Group)> = Vec::new();
    for answer in answers {
        let item = of.items.iter().find(|item| item.named.id == answer.item);
        let group = item.and_then(|item| item.group.as_deref());
        let given = answer.answer.filter(|_| !answer.withheld);
        let more = [
            answer.source.map(|source| p.x("appraisal-according", &informant(source, p))),
            answer.known_on.map(|day| p.x("appraisal-since", &date(day, p.lang()))),
        ];
        let line = Line {
            item: item_named(of, &answer.item, p),
            answer: said(given, p),
            tone: given.map_or("open", |answer| tone(answer)),
            more: more.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        };
        match groups.last_mut() {
            Some((last, known)) if *last == group => known.lines.push(line),
            _ => {
                let label = group.and_then(|id| of.groups.iter().find(|named| named.id == id)?.label.clone());
                groups.push((group, Group { label, lines: vec![line] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
