//! Which agencies may receive a fact at all, whatever is consented to (*mise sous réserve*).

use actix_web::{HttpResponse, get, post};
use authz::id::{FactId, FileId};
use domain::file::view::FileView;
use serde_json::{Value, json};

use super::{
    super::{
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    fact::own,
    seen, who_is,
};
use crate::{
    facts,
    http::{Body, Id},
    problem::ProblemKind,
};

fn asking(visit: &Visit, view: &FileView, fact: FactId) -> Result<FormPage, Oops> {
    let p = visit.p;
    let (person, _, field) = own(view, fact, visit)?;
    let ours = visit.known.profile.agency.id;
    let others = view.circle.iter().filter(|row| row.agency.id != ours && row.until.is_none());
    let mut agencies: Vec<Choice> =
        others.map(|row| Choice::new(row.agency.id.to_string(), row.agency.name.clone())).collect();
    agencies.sort_by(|a, b| a.label.cmp(&b.label));
    agencies.dedup_by(|a, b| a.value == b.value);
    let ways = ["open", "named", "closed"]
        .map(|way| Choice::new(way, p.t(&format!("vault-{way}"))).hint(p.t(&format!("vault-{way}-hint"))));
    let fields = vec![
        Field::radios("_way", p.t("vault-how"), ways.into()),
        Field::checks("agencies[]", p.t("vault-which"), agencies).optional(),
    ];
    let frame = Frame::of(visit)?;
    let path = format!("/dossiers/{}/faits/{fact}/partage", view.id);
    let form = Form::new(&frame, path, p.t("vault-do"), fields)?;
    Ok(FormPage::new(frame, p.x("vault-title", field.label(p.lang())), form)
        .back(format!("/dossiers/{}#{}", view.id, person.id))
        .lead(who_is(person, p))
        .lead(p.t("vault-lead")))
}

#[get("/dossiers/{id}/faits/{fact}/partage")]
pub(super) async fn ask(visit: Visit, id: Id<0, FileId>, fact: Id<1, FactId>) -> Result<HttpResponse, Oops> {
    let view = seen(&visit, id.get()).await?;
    asking(&visit, &view, fact.get())?.show()
}

#[post("/dossiers/{id}/faits/{fact}/partage")]
pub(super) async fn change(
    posted: Posted,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<HttpResponse, Oops> {
    let (file, fact, visit) = (id.get(), fact.get(), &posted.visit);
    let view = seen(visit, file).await?;
    let named: Vec<&str> = posted.all("agencies[]").filter(|id| !id.is_empty()).collect();
    let agencies = match posted.get("_way") {
        Some("open") => Value::Null,
        Some("closed") => json!([]),
        Some("named") if !named.is_empty() => json!(named),
        way => {
            let (about, wrong) = match way {
                Some("named") => ("agencies[]", "vault-none-named"),
                _ => ("_way", "vault-not-said"),
            };
            return asking(visit, &view, fact)?.again(&posted, about, visit.p.t(wrong)).show();
        }
    };
    let body = json!({"agencies": agencies});
    let caller = posted.changer_of("", &body)?;
    match facts::vault::run(&visit.worker, caller, file, fact, Body::of(&body)).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{file}?fait=vault-changed#{fact}"))),
        Err(problem) if problem.errors.is_empty() && problem.kind != ProblemKind::Conflict => {
            Err(problem.into())
        }
        Err(problem) => asking(visit, &view, fact)?.refused(&posted, &problem).show(),
    }
}
