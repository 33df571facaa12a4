//! Of whom, and by which of the instruments that one's agency may use.

use actix_web::{HttpResponse, get, post};
use authz::id::FileId;

use super::instruments;
use crate::{
    http::Id,
    pages::{
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        people::People,
        simple::FormPage,
        visit::Visit,
    },
};

async fn page(visit: &Visit, file: FileId) -> Result<(Choosing, Vec<String>, Vec<String>), Oops> {
    let people = People::read(visit, visit.reader()?, file).await?;
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let persons: Vec<Choice> = people
        .persons
        .iter()
        .map(|person| Choice::new(person.id.to_string(), person.label.clone()))
        .collect();
    let usable: Vec<Choice> = instruments(visit)
        .await?
        .items
        .into_iter()
        .filter(|head| head.usable)
        .map(|head| {
            let title = head.title.unwrap_or_else(|| head.code.clone());
            let holder = p.x("appraisal-holder", &head.licence_holder);
            let hint = head.summary.map_or_else(|| holder.clone(), |summary| format!("{summary} {holder}"));
            Choice::new(head.code, title).hint(hint)
        })
        .collect();
    let values = |choices: &[Choice]| choices.iter().map(|choice| choice.value.clone()).collect();
    let (known, codes) = (values(&persons), values(&usable));
    let fields = vec![
        Field::radios("person", p.t("appraisal-whom"), persons),
        Field::radios("instrument", p.t("appraisal-instrument"), usable)
            .hint(p.t("appraisal-instrument-hint")),
    ];
    let form = Form::new(
        &frame,
        format!("/dossiers/{file}/appreciations/nouvelle"),
        p.t("appraisal-begin"),
        fields,
    )?;
    Ok((Choosing { frame, form, file }, known, codes))
}

struct Choosing {
    frame: Frame,
    form: Form,
    file: FileId,
}

impl Choosing {
    fn show(self) -> Result<HttpResponse, Oops> {
        let p = self.frame.p;
        FormPage::new(self.frame, p.t("appraisal-new"), self.form)
            .back(format!("/dossiers/{}/appreciations", self.file))
            .lead(p.t("appraisal-new-lead"))
            .show()
    }
}

/// Asks.
#[get("/dossiers/{id}/appreciations/nouvelle")]
pub(super) async fn ask(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    page(&visit, id.get()).await?.0.show()
}

/// Goes to the questions.
#[post("/dossiers/{id}/appreciations/nouvelle")]
pub(super) async fn choose(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (visit, file) = (&posted.visit, id.get());
    let (mut page, persons, codes) = page(visit, file).await?;
    let chosen = |name: &str, known: &[String]| {
        posted.get(name).filter(|sent| known.iter().any(|one| one == sent)).map(str::to_owned)
    };
    let (person, code) = (chosen("person", &persons), chosen("instrument", &codes));
    if let (Some(person), Some(code)) = (&person, &code) {
        return Ok(redirect(&format!("/dossiers/{file}/appreciations/nouvelle/{code}/{person}")));
    }
    page.form = page.form.filled(&posted.fields);
    for (name, given) in [("person", person), ("instrument", code)] {
        if given.is_none() {
            page.form = page.form.beside(name, visit.p.t("appraisal-choose-one"));
        }
    }
    page.show()
}
