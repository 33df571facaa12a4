//! Rehearsing a change of the ceiling: the rules as they stand, one of them changed in a form, and who would gain or
//! lose what. Nothing changes, and no value is opened.

use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use authz::{
    ceiling::{Row, built_in_rules},
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, SubjectRole},
};
use domain::{
    catalogue::Labelled,
    rehearsal::{MoveView, RehearsalView},
    wording::Lang,
};
use serde::Deserialize;

use super::{
    consents::{category_words, together},
    field::{Choice, Field, Form},
    form::{Posted, to_json},
    frame::{Frame, show_form},
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::{
    http::{Body, read_query},
    problem::{Problem, ProblemKind},
    reference::rehearsal,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    regle: Option<String>,
}

#[derive(Template)]
#[template(path = "rehearsal.html")]
struct RehearsalPage {
    frame: Frame,
    rules: Vec<RuleLine>,
    form: Option<Form>,
    result: Option<Outcome>,
}

/// A rule as it reads.
struct RuleLine {
    number: usize,
    at: usize,
    allows: bool,
    /// Each column, by its name.
    parts: Vec<(String, String)>,
}

/// What a rehearsal found.
struct Outcome {
    files: String,
    /// Who would gain, then who would lose, said in sentences.
    told: Vec<Told>,
    moves: Vec<MoveLine>,
}

struct Told {
    lead: String,
    lines: Vec<String>,
}

/// Kinds of agencies for which the same categories would move.
struct Share {
    kinds: Vec<AgencyKind>,
    categories: Vec<Category>,
    at_least: usize,
}

struct MoveLine {
    kind: &'static str,
    category: &'static str,
    gained: bool,
    count: String,
}

/// The rules, and the form of the one that was asked for.
#[get("/repetition")]
pub(super) async fn ask(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    officers_only(&visit)?;
    let rules = rules()?;
    let frame = Frame::of(&visit)?;
    let form = match wanted.regle.as_deref() {
        None => None,
        Some("nouvelle") => Some(form(&frame, &rules, None)?),
        Some(at) => {
            let at = at.parse::<usize>().ok().filter(|at| *at < rules.len());
            let at = at.ok_or(Problem::new(ProblemKind::NotFound))?;
            Some(form(&frame, &rules, Some(at))?)
        }
    };
    page(frame, &rules, form, None)
}

/// Rehearses it.
#[post("/repetition")]
pub(super) async fn rehearse(posted: Posted) -> Result<HttpResponse, Oops> {
    officers_only(&posted.visit)?;
    let rules = rules()?;
    let at = posted.get("row:int").and_then(|at| at.parse::<usize>().ok()).filter(|at| *at < rules.len());
    let removes = posted.get("_how") == Some("remove");
    let sent: Vec<(String, String)> =
        posted.fields.iter().filter(|(name, _)| !(removes && name.starts_with("rule/"))).cloned().collect();
    let done = rehearsal::run(&posted.visit.worker, posted.visit.caller(), Body::of(&to_json(&sent))).await;
    let frame = Frame::of(&posted.visit)?;
    let form = form(&frame, &rules, at)?;
    match done {
        Ok(done) => {
            let result = outcome(&done.into_parts().0, frame.p);
            let form = form.again(&posted);
            page(frame, &rules, Some(form), Some(result))
        }
        Err(problem) if problem.kind != ProblemKind::Invalid => Err(problem.into()),
        Err(problem) => page(frame, &rules, Some(form.refused(&posted, &problem)), None),
    }
}

fn officers_only(visit: &Visit) -> Result<(), Problem> {
    let may = visit.holds(&[Role::PrivacyOfficer, Role::Auditor]);
    if may { Ok(()) } else { Err(Problem::new(ProblemKind::NotPermitted)) }
}

fn rules() -> Result<Vec<Row>, Problem> {
    built_in_rules().map_err(|_| Problem::new(ProblemKind::Internal))
}

fn page(
    frame: Frame,
    rules: &[Row],
    form: Option<Form>,
    result: Option<Outcome>,
) -> Result<HttpResponse, Oops> {
    let refused = form.as_ref().is_some_and(Form::is_refused);
    let rules = rules.iter().enumerate().map(|(at, rule)| line(at, rule, frame.p)).collect();
    let page = RehearsalPage { frame, rules, form, result };
    show_form(refused, &page.frame, &page)
}

fn line(at: usize, rule: &Row, p: Phrases) -> RuleLine {
    let [role, kind, category, subject, purpose, basis, effect] = &rule.columns;
    let lang = p.lang();
    RuleLine {
        number: at + 1,
        at,
        allows: effect == "allow",
        parts: vec![
            (p.t("rehearsal-roles"), words::<Role>(role, Role::ALL, lang, p)),
            (p.t("rehearsal-kinds"), words::<AgencyKind>(kind, AgencyKind::ALL, lang, p)),
            (p.t("rehearsal-categories"), words::<Category>(category, Category::ALL, lang, p)),
            (p.t("rehearsal-subjects"), words::<SubjectRole>(subject, SubjectRole::ALL, lang, p)),
            (p.t("rehearsal-purposes"), words::<Purpose>(purpose, Purpose::ALL, lang, p)),
            (p.t("rehearsal-bases"), words::<BasisKind>(basis, BasisKind::ALL, lang, p)),
        ],
    }
}

/// A column of a rule in words; where it names most of a set, what it leaves out.
fn words<W: Labelled>(column: &str, all: &[W], lang: Lang, p: Phrases) -> String {
    if column == "*" {
        return p.t("rehearsal-any");
    }
    let (named, left): (Vec<W>, Vec<W>) = all.iter().partition(|word| names(column, word.code()));
    let list = |words: &[W]| words.iter().map(|word| word.label(lang)).collect::<Vec<_>>().join(", ");
    if left.len() <= 2 && named.len() > 4 { p.x("rehearsal-all-but", &list(&left)) } else { list(&named) }
}

fn names(column: &str, word: &str) -> bool {
    column == "*"
        || column.split('|').any(|named| named.split_once(':').map_or(named, |(_, word)| word) == word)
}

fn form(frame: &Frame, rules: &[Row], at: Option<usize>) -> Result<Form, Problem> {
    let (p, lang) = (frame.p, frame.p.lang());
    let rule = at.and_then(|at| rules.get(at));
    let column = |n: usize| rule.and_then(|rule| rule.columns.get(n)).map_or("", String::as_str);
    let mut fields = Vec::new();
    if let Some(at) = at {
        fields.push(Field::hidden("row:int", at.to_string()));
        let choices = vec![
            Choice::new("change", p.t("rehearsal-change")),
            Choice::new("remove", p.t("rehearsal-remove")).hint(p.t("rehearsal-remove-hint")),
        ];
        fields.push(Field::radios("_how", p.t("rehearsal-how"), choices).given("change"));
    }
    let effects = vec![
        Choice::new("allow", p.t("rehearsal-allow")),
        Choice::new("deny", p.t("rehearsal-deny")).hint(p.t("rehearsal-deny-hint")),
    ];
    let effect = Field::radios("rule/effect", p.t("rehearsal-effect"), effects);
    fields.push(if rule.is_some() { effect.given(column(6)) } else { effect });
    let kept: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.has_content()).collect();
    fields.push(checks("rule/roles[]", p.t("rehearsal-roles"), &kept, column(0), lang));
    fields.push(checks("rule/kinds[]", p.t("rehearsal-kinds"), AgencyKind::ALL, column(1), lang));
    fields.push(checks("rule/categories[]", p.t("rehearsal-categories"), Category::ALL, column(2), lang));
    fields.push(checks("rule/subjects[]", p.t("rehearsal-subjects"), SubjectRole::ALL, column(3), lang));
    fields.push(checks("rule/purposes[]", p.t("rehearsal-purposes"), Purpose::ALL, column(4), lang));
    fields.push(checks("rule/bases[]", p.t("rehearsal-bases"), BasisKind::ALL, column(5), lang));
    Form::new(frame, "/repetition", p.t("rehearsal-go"), fields)
}

fn checks<W: Labelled>(name: &str, label: String, all: &[W], column: &str, lang: Lang) -> Field {
    let choices = all.iter().map(|word| Choice::new(word.code(), word.label(lang))).collect();
    let field = Field::checks(name, label, choices);
    all.iter().filter(|word| names(column, word.code())).fold(field, |field, word| field.given(word.code()))
}

fn outcome(view: &RehearsalView, p: Phrases) -> Outcome {
    let files = match view.files_at_least {
        Some(files) => p.n("rehearsal-files", files),
        None => p.t("rehearsal-few-files"),
    };
    Outcome {
        files,
        told: [true, false].map(|gained| told(view, gained, p)).into(),
        moves: view.moves.iter().map(|one| move_line(one, p)).collect(),
    }
}

fn told(view: &RehearsalView, gained: bool, p: Phrases) -> Told {
    let mut each: Vec<Share> = Vec::new();
    for one in view.moves.iter().filter(|one| one.gained == gained) {
        let count = one.at_least.unwrap_or_default();
        match each.last_mut() {
            Some(last) if last.kinds == [one.kind] => {
                last.categories.push(one.category);
                last.at_least += count;
            }
            _ => each.push(Share { kinds: vec![one.kind], categories: vec![one.category], at_least: count }),
        }
    }
    let (some, none) = if gained {
        ("rehearsal-gain", "rehearsal-gain-none")
    } else {
        ("rehearsal-lose", "rehearsal-lose-none")
    };
    let lead = if each.is_empty() { p.t(none) } else { p.n(some, each.len()) };
    let mut shares: Vec<Share> = Vec::new();
    for one in each {
        match shares.iter_mut().find(|share| share.categories == one.categories) {
            Some(share) => {
                share.kinds.extend(one.kinds);
                share.at_least += one.at_least;
            }
            None => shares.push(one),
        }
    }
    Told { lead, lines: shares.iter().map(|share| share_words(share, p)).collect() }
}

fn share_words(share: &Share, p: Phrases) -> String {
    let who = share.kinds.iter().map(|kind| kind.label(p.lang())).collect::<Vec<_>>().join(", ");
    let what = share.categories.iter().map(|category| category_words(*category, p)).collect::<Vec<_>>();
    let what = together(&what, p);
    if share.at_least == 0 {
        return p.s("rehearsal-says-few", &[("who", &who), ("what", &what)]);
    }
    let count = share.at_least.to_string();
    p.s("rehearsal-says", &[("who", &who), ("what", &what), ("count", &count)])
}

fn move_line(one: &MoveView, p: Phrases) -> MoveLine {
    MoveLine {
        kind: one.kind.label(p.lang()),
        category: one.category.label(p.lang()),
        gained: one.gained,
        count: match one.at_least {
            Some(count) => p.n("rehearsal-at-least", count),
            None => p.t("rehearsal-few"),
        },
    }
}
