//! What each step asks, and what is said before it.

use authz::id::CellId;
use chrono::TimeDelta;
use domain::{
    file::page::{Filter, Slice, page},
    mobilisation::MobilisationView,
};

use super::{
    around::Around,
    names::{Names, codes, settings},
    steps::Step,
};
use crate::{
    pages::{
        field::{Choice, Field},
        moment::local,
        oops::Oops,
        phrases::Phrases,
        simple::Way,
        visit::Visit,
    },
    problem::Problem,
};

/// Reasons that speak for a step; the list of the catalogue holds those of all of them.
fn reasons(p: Phrases, only: &[&str]) -> Field {
    let choices = codes(p, "mobilisation_reason").into_iter();
    let fit = choices.filter(|choice| only.is_empty() || only.contains(&choice.value.as_str()));
    Field::checks("reasons[]", p.t("step-reasons"), fit.collect())
}

const FOR: [&str; 6] =
    ["life_threatened", "means_exceeded", "chronicity", "history", "professional_judgement", "repeat"];
const AGAINST: [&str; 4] = ["threshold_not_met", "services_suffice", "more_needed", "risk_reduced"];
const ENDS: [&str; 9] = [
    "risk_reduced",
    "net_holds",
    "services_suffice",
    "moved_away",
    "transferred",
    "aggressor_detained",
    "person_declines",
    "death",
    "professional_judgement",
];
const AGAIN: [&str; 6] =
    ["new_event", "repeat", "life_threatened", "chronicity", "history", "professional_judgement"];

fn words(p: Phrases) -> Field {
    Field::area("text", p.t("step-words")).hint(p.t("step-words-hint")).optional()
}

/// The words before a step and its fields.
pub async fn of(
    visit: &Visit,
    step: Step,
    view: &MobilisationView,
) -> Result<(Vec<String>, Vec<Field>), Oops> {
    let p = visit.p;
    let lead = vec![p.t(&format!("step-{}-lead", step.word()))];
    let fields = match step {
        Step::Appraise => return Ok((lead, appraisal(p, view))),
        Step::Consult | Step::Analyse => Vec::new(),
        Step::Opine => vec![
            Field::radios(
                "opinion",
                p.t("step-avis-which"),
                ["trigger", "dismiss", "more"]
                    .map(|word| Choice::new(word, p.t(&format!("cell-opinion-{word}"))))
                    .to_vec(),
            ),
            reasons(p, &[]),
        ],
        Step::Trigger => vec![Field::hidden("decision", "triggered"), reasons(p, &FOR)],
        Step::Dismiss => {
            let lead = ["step-ecarter-lead", "step-ecarter-erased", "step-ecarter-kept"];
            let fields = vec![Field::hidden("decision", "not_retained"), reasons(p, &AGAINST)];
            return Ok((lead.map(|key| p.t(key)).to_vec(), fields));
        }
        Step::Urgent => vec![
            Field::hidden("decision", "triggered"),
            Field::hidden("urgent:bool", "true"),
            reasons(p, &FOR).given("life_threatened"),
        ],
        Step::Identity => return identity(visit, view, lead).await,
        Step::Plan => {
            let days = settings(visit, view.cell).await?.review_within_days;
            let now = visit.worker.desk()?.clock().now();
            let review = Field::moment("review_at:time", p.t("step-review-at"))
                .hint(p.n("step-review-hint", usize::try_from(days).unwrap_or_default()))
                .given(local(now + TimeDelta::days(i64::from(days))));
            vec![review, words(p)]
        }
        Step::Review => {
            let level = Field::select("level", p.t("step-suivi-level"), codes(p, "risk_level"));
            let now = view.consultation.as_ref().and_then(|known| known.level.clone());
            let level = match now {
                Some(now) => level.given(now),
                None => level,
            };
            vec![
                Field::moment("review_at:time", p.t("step-review-at")),
                level.optional(),
                reasons(p, &[]),
                words(p),
            ]
        }
        Step::Close => {
            let names = Names::read(visit).await?;
            let around = Around::read(visit, view.file).await?;
            let circle = around.map(|around| around.circle).unwrap_or_default();
            let mut fields = vec![
                reasons(p, &ENDS),
                Field::select("residual_level", p.t("step-fermer-level"), codes(p, "risk_level")),
            ];
            if !circle.is_empty() {
                let agencies = names.agency_choices(circle);
                let following = Field::checks("following[]", p.t("step-fermer-following"), agencies);
                fields.push(following.hint(p.t("step-fermer-following-hint")).optional());
                fields.push(words(p));
                let too =
                    vec![Choice::new("true", p.t("step-fermer-file")).hint(p.t("step-fermer-file-hint"))];
                fields.push(Field::checks("close_file:bool", p.t("step-fermer-file-title"), too).optional());
            }
            fields
        }
        Step::Reopen => vec![reasons(p, &AGAIN), words(p)],
        Step::Repeat => vec![reasons(p, &AGAIN)],
        Step::Transfer => {
            let names = Names::read(visit).await?;
            vec![
                Field::select("cell", p.t("step-transferer-to"), names.other_cells(view.cell)),
                reasons(p, &[]),
            ]
        }
        Step::Lessons => vec![
            Field::checks("themes[]", p.t("step-bilan-themes"), codes(p, "lesson_theme")),
            Field::checks("what_helped[]", p.t("step-bilan-helped"), codes(p, "lesson_helped")).optional(),
            Field::checks("what_hindered[]", p.t("step-bilan-hindered"), codes(p, "lesson_hindered"))
                .optional(),
        ],
    };
    Ok((lead, fields))
}

/// Codes only: there is no place in which somebody could be named.
fn appraisal(p: Phrases, view: &MobilisationView) -> Vec<Field> {
    let known = view.consultation.as_ref();
    let one = |field: Field, given: Option<&String>| match given {
        Some(given) => field.given(given.clone()),
        None => field,
    };
    let many = |field: Field, given: Option<&Vec<String>>| {
        given.into_iter().flatten().fold(field, |field, code| field.given(code.clone()))
    };
    vec![
        one(
            Field::select("age_band", p.t("step-age"), codes(p, "age_band")),
            known.and_then(|known| known.age_band.as_ref()),
        ),
        one(
            Field::select("region", p.t("step-region"), codes(p, "region")),
            known.and_then(|known| known.region.as_ref()),
        ),
        many(
            Field::checks("factors[]", p.t("step-factors"), codes(p, "consultation_factor")),
            known.map(|known| &known.factors),
        ),
        many(
            Field::checks("services[]", p.t("step-services"), codes(p, "service")).optional(),
            known.map(|known| &known.services),
        ),
        one(
            Field::radios("level", p.t("step-level"), codes(p, "risk_level")).hint(p.t("step-level-hint")),
            known.and_then(|known| known.level.as_ref()),
        ),
    ]
}

async fn identity(
    visit: &Visit,
    view: &MobilisationView,
    mut lead: Vec<String>,
) -> Result<(Vec<String>, Vec<Field>), Oops> {
    let p = visit.p;
    lead.push(p.t("step-identite-consent"));
    lead.push(p.t("step-identite-law"));
    let files = own_files(visit, view.cell).await?;
    Ok((lead, vec![Field::select("file", p.t("step-identite-file"), files)]))
}

/// Most files for which the ways are named one by one.
const NAMED: usize = 8;

/// What makes identity possible, for the file that was chosen, or for each that could be.
pub async fn ways(
    visit: &Visit,
    step: Step,
    view: &MobilisationView,
    chosen: Option<&str>,
) -> Result<Vec<Way>, Oops> {
    if step != Step::Identity {
        return Ok(Vec::new());
    }
    let p = visit.p;
    let mut files = own_files(visit, view.cell).await?;
    if files.is_empty() {
        let links = vec![("/dossiers/ouvrir".to_owned(), p.t("step-identite-open"))];
        return Ok(vec![Way { words: p.t("step-identite-none"), links }]);
    }
    if let Some(at) = files.iter().position(|file| Some(file.value.as_str()) == chosen) {
        files = vec![files.swap_remove(at)];
    }
    let links = |key: &str, page: &str| -> Vec<(String, String)> {
        if files.len() > NAMED {
            return vec![("/dossiers".to_owned(), p.t("place-files"))];
        }
        let link = |file: &Choice| (format!("/dossiers/{}{page}", file.value), p.x(key, &file.label));
        files.iter().map(link).collect()
    };
    Ok(vec![
        Way {
            words: p.t("step-identite-by-consent"),
            links: links("step-identite-conversation", "/consentements/conversation"),
        },
        Way {
            words: p.t("step-identite-by-law"),
            links: links("step-identite-disclosure", "/levees/nouvelle"),
        },
    ])
}

/// The open files of a cell in whose circle the visitor's agency stands.
async fn own_files(visit: &Visit, cell: CellId) -> Result<Vec<Choice>, Oops> {
    let filter = Filter { cell: Some(cell), closed: Some(false), member: Some(true), ..Filter::default() };
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            Ok(page(session, filter, Slice { limit: 100, after: None }).await?)
        })
        .await?;
    let files = found.into_parts().0.into_iter();
    Ok(files.map(|file| Choice::new(file.id.to_string(), file.reference)).collect())
}
