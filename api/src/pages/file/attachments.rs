//! The attachments of a file: what shows, attaching one with its content, taking one back.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    id::{DocumentId, FileId},
    vocabulary::Category,
};
use domain::{
    attachment::{AttachmentView, FileType, find_all, find_content},
    catalogue::Labelled,
    file::view::FileView,
    validation::{Invalid, Rule},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    super::{
        field::{Choice, Field, Form},
        form::Posted,
        frame::{Frame, show_form},
        moment::day,
        oops::{Oops, redirect},
        phrases::Phrases,
        simple::FormPage,
        upload::Sent,
        visit::Visit,
    },
    Powers,
    facts::person_field,
    seen, who_is,
};
use crate::{
    attachments as operations,
    http::{Body, Download, Id},
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "file/attachments.html")]
struct Attachments {
    frame: Frame,
    file: FileId,
    reference: String,
    lines: Vec<Line>,
    form: Option<Form>,
}

struct Line {
    id: String,
    name: String,
    about: String,
    source: String,
    date: String,
    basis: String,
    content: Option<String>,
    retractable: bool,
}

async fn listed(visit: &Visit, id: FileId) -> Result<Vec<AttachmentView>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0.items)
}

async fn page(visit: &Visit, id: FileId) -> Result<Attachments, Oops> {
    let (view, p) = (seen(visit, id).await?, visit.p);
    let (powers, own) = (Powers::of(visit, &view), visit.known.profile.agency.id);
    let lines = listed(visit, id).await?.into_iter().map(|one| {
        let person = view.persons.iter().find(|person| person.id == one.person);
        let person = person.map_or_else(String::new, |person| who_is(person, p));
        Line {
            about: format!("{} · {person}", one.category.label(p.lang())),
            id: one.id.to_string(),
            name: one.name.value().clone(),
            retractable: powers.respond && one.source.id == own,
            source: one.source.name,
            date: day(one.recorded_at, p.lang()),
            basis: p.t(&format!("basis-{}", one.basis.kind)),
            content: one.content.map(|content| kind_and_size(content.about.value(), p)),
        }
    });
    let lines = lines.collect();
    let frame = Frame::of(visit)?;
    let form = if powers.write { Some(attaching(visit, &view, &frame)?) } else { None };
    Ok(Attachments { file: id, reference: view.reference, lines, form, frame })
}

/// `PDF, 120 Ko`.
fn kind_and_size(about: &domain::attachment::About, p: Phrases) -> String {
    let kind = FileType::named(&about.media_type).map_or("", FileType::extension).to_uppercase();
    format!("{kind}, {}", p.n("attachment-size", about.size.div_ceil(1024)))
}

fn attaching(visit: &Visit, view: &FileView, frame: &Frame) -> Result<Form, Oops> {
    let (p, lang) = (visit.p, visit.p.lang());
    let categories = Category::ALL.iter().map(|one| Choice::new(one.wire(), one.label(lang)));
    let only = view.persons.first().filter(|_| view.persons.len() == 1).map(|person| person.id);
    let fields = vec![
        person_field(view, only, visit),
        Field::select("category", p.t("attachment-category"), categories.collect())
            .hint(p.t("attachment-category-hint")),
        Field::line("name", p.t("attachment-name")).hint(p.t("attachment-name-hint")),
        Field::file("file", p.t("attachment-file")).hint(p.t("attachment-file-hint")),
    ];
    Ok(Form::new(frame, format!("/dossiers/{}/pieces", view.id), p.t("attachment-submit"), fields)?)
}

fn show(page: &Attachments) -> Result<HttpResponse, Oops> {
    let refused = page.form.as_ref().is_some_and(Form::is_refused);
    show_form(refused, &page.frame, page)
}

#[get("/dossiers/{id}/pieces")]
pub(super) async fn attachments(
    visit: Visit,
    said: Query<Said>,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Oops> {
    let mut page = page(&visit, id.get()).await?;
    page.frame = page.frame.saying(said.fait.as_deref());
    show(&page)
}

#[post("/dossiers/{id}/pieces")]
pub(super) async fn attach(sent: Sent, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (file, Sent { posted, file: content }) = (id.get(), sent);
    match carried_out(&posted, file, content).await? {
        None => Ok(redirect(&format!("/dossiers/{file}/pieces?fait=attachment-added"))),
        Some(problem) => {
            let mut page = page(&posted.visit, file).await?;
            page.form = page.form.map(|form| form.refused(&posted, &problem));
            show(&page)
        }
    }
}

/// Says what is attached, then uploads it. What could not be attached is refused before anything is noted.
async fn carried_out(posted: &Posted, file: FileId, content: Vec<u8>) -> Result<Option<Problem>, Oops> {
    let worker = &posted.visit.worker;
    let rule = if content.is_empty() { Rule::Missing } else { Rule::FileTypeNotAllowed };
    let Some(file_type) = FileType::of(&content).filter(|_| !content.is_empty()) else {
        return Ok(Some(Problem::invalid(vec![Invalid::at("/file", rule)])));
    };
    let member = |name: &str| posted.get(name).map(str::trim).unwrap_or_default().to_owned();
    let body = json!({"person": member("person"), "category": member("category"), "name": member("name")});
    let caller = posted.changer_of(".about", &body)?;
    let added = match operations::add::run(worker, caller, file, Body::of(&body)).await {
        Ok(added) => added.into_parts().0.body,
        Err(problem) if problem.errors.is_empty() => return Err(problem.into()),
        Err(problem) => return Ok(Some(problem)),
    };
    let id = added.get("id").and_then(|id| id.as_str()).and_then(|id| id.parse::<uuid::Uuid>().ok());
    let id = DocumentId::from_uuid(id.ok_or_else(|| Problem::new(ProblemKind::Internal))?);
    let caller = posted.changer_of(".content", &added)?;
    operations::upload::run(worker, caller, file, id, Body::of_file(file_type.media_type(), content)).await?;
    Ok(None)
}

#[get("/dossiers/{id}/pieces/{attachment}/contenu")]
pub(super) async fn download(
    visit: Visit,
    id: Id<0, FileId>,
    attachment: Id<1, DocumentId>,
) -> Result<Download, Oops> {
    let (id, attachment) = (id.get(), attachment.get());
    let found = visit
        .worker
        .desk()?
        .read_file::<_, Problem>(visit.reader()?, async move |session| {
            let found = find_content(session, id, attachment).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Ok(Download::of(found))
}

#[get("/dossiers/{id}/pieces/{attachment}/retrait")]
pub(super) async fn ask_retraction(
    visit: Visit,
    id: Id<0, FileId>,
    attachment: Id<1, DocumentId>,
) -> Result<HttpResponse, Oops> {
    let (file, attachment, p) = (id.get(), attachment.get(), visit.p);
    let own = visit.known.profile.agency.id;
    let found = listed(&visit, file).await?;
    let found = found.iter().find(|one| one.id == attachment && one.source.id == own);
    let found = found.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let frame = Frame::of(&visit)?;
    let path = format!("/dossiers/{file}/pieces/{attachment}/retrait");
    let form = Form::new(&frame, path, p.t("attachment-retract-submit"), Vec::new())?.grave();
    FormPage::new(frame, p.t("attachment-retract"), form)
        .back(format!("/dossiers/{file}/pieces"))
        .lead(found.name.value().clone())
        .lead(p.t("attachment-retract-lead"))
        .show()
}

#[post("/dossiers/{id}/pieces/{attachment}/retrait")]
pub(super) async fn retract(
    posted: Posted,
    id: Id<0, FileId>,
    attachment: Id<1, DocumentId>,
) -> Result<HttpResponse, Oops> {
    let (file, worker) = (id.get(), &posted.visit.worker);
    operations::retract::run(worker, posted.changer()?, file, attachment.get(), posted.body()).await?;
    Ok(redirect(&format!("/dossiers/{file}/pieces?fait=attachment-retracted")))
}
