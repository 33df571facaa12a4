//! The conversation as a form: what to say aloud, and where each answer goes.

use authz::{
    id::FileId,
    vocabulary::{Category, GrantorKind, Purpose, SubjectRole},
};
use chrono::Days;
use chrono_tz::America::Toronto;
use domain::{
    catalogue::{CodeList, Labelled},
    reference::Shareable,
};

use super::said::{about, whole};
use crate::pages::{
    field::{Choice, Field, Form},
    frame::{Frame, purpose_key},
    oops::Oops,
    people::{Member, People, Person},
    phrases::Phrases,
};

/// For how long a yes is suggested.
const SUGGESTED_DAYS: u64 = 90;

/// Where the conversation about a person is held.
pub fn path(file: FileId, person: &Person) -> String {
    format!("/dossiers/{file}/consentements/conversation/{}", person.id)
}

/// The form, empty.
pub fn form(
    frame: &Frame,
    file: FileId,
    people: &People,
    about: &Person,
    open: &Shareable,
) -> Result<Form, Oops> {
    let p = frame.p;
    let mut fields = limits(p);
    fields.extend(speaker(people, about, p));
    fields.extend(recipients(people, about.role, open, p));
    fields.extend(reach(people, p));
    fields.extend(circumstances(p));
    Ok(Form::new(frame, path(file, about), p.t("consent-read-again"), fields)?)
}

fn limits(p: Phrases) -> Vec<Field> {
    let limits = (1..=6).map(|n| p.t(&format!("consent-limit-{n}")));
    let explained = vec![Choice::new("true", p.t("consent-limits-explained-yes"))];
    vec![
        Field::heading(p.t("consent-part-limits")),
        Field::aloud(p.t("consent-limits-aloud"), limits.collect()),
        Field::checks("limits_explained:bool", p.t("consent-limits-explained"), explained),
    ]
}

fn speaker(people: &People, about: &Person, p: Phrases) -> Vec<Field> {
    let kinds = GrantorKind::ALL.iter().map(|kind| Choice::new(kind.wire(), kind.label(p.lang())));
    let never = [SubjectRole::Child, SubjectRole::AllegedAggressor];
    let persons =
        people.persons.iter().filter(|person| !never.contains(&person.role) && person.id != about.id);
    let persons = persons.map(|person| Choice::new(person.id.to_string(), person.label.clone()));
    vec![
        Field::heading(p.t("consent-part-speaker")),
        Field::radios("grantor/kind", p.t("consent-grantor"), kinds.collect())
            .hint(p.t("consent-grantor-hint")),
        Field::select("grantor/person", p.t("consent-grantor-person"), persons.collect())
            .optional()
            .hint(p.t("consent-grantor-person-hint")),
    ]
}

fn recipients(people: &People, subject: SubjectRole, open: &Shareable, p: Phrases) -> Vec<Field> {
    let meanings = Category::ALL.iter().filter(|category| **category != Category::Notes).map(|category| {
        p.s(
            "consent-category-means",
            &[
                ("category", &capital(&category_words(*category, p))),
                ("means", &p.t(&format!("consent-more-{}", category.wire().replace('_', "-")))),
            ],
        )
    });
    let mut fields = vec![
        Field::heading(p.t("consent-part-recipients")),
        Field::aloud(p.t("consent-recipients-aloud"), Vec::new()),
    ];
    fields.extend(Field::folded(
        p.t("consent-categories"),
        [Field::aloud(p.t("consent-categories-aloud"), meanings.collect())],
    ));
    for member in &people.circle {
        fields.extend(agency(member, member.id == people.own, subject, open, p));
    }
    fields
}

fn agency(member: &Member, own: bool, subject: SubjectRole, open: &Shareable, p: Phrases) -> Vec<Field> {
    let lang = p.lang();
    let (asked, never): (Vec<Category>, Vec<Category>) =
        Category::ALL.iter().partition(|category| open.has(member.kind, subject, **category));
    let never: Vec<String> = never
        .into_iter()
        .filter(|category| *category != Category::Notes)
        .map(|category| category_words(category, p))
        .collect();
    let hint = match (own, never.is_empty()) {
        (true, _) => p.t("consent-own-agency"),
        (false, true) => member.kind.label(lang).to_owned(),
        (false, false) => p.s(
            "consent-never",
            &[("kind", member.kind.label(lang)), ("categories", &super::sentence::together(&never, p))],
        ),
    };
    let choices =
        ["all", "some", "none"].map(|word| Choice::new(word, p.t(&format!("consent-whole-{word}"))));
    let silence = Choice::new("", p.t("consent-silence"));
    let mut choices: Vec<Choice> = choices.into();
    choices.push(silence);
    // Each agency is a block of its own: every choice in it is heard, and seen, under its name.
    let mut fields =
        vec![Field::over(whole(member), p.x("consent-whole", &member.name), choices).hint(hint).given("")];
    let rows = asked.into_iter().map(|category| {
        let choices = vec![
            Choice::new("yes", p.t("yes")),
            Choice::new("no", p.t("no")),
            Choice::new("", p.t("consent-silence")),
        ];
        Field::row(about(member, category), capital(&category_words(category, p)), choices).given("")
    });
    fields.extend(Field::folded(p.x("consent-one-by-one", &member.name), rows));
    fields.push(Field::closing());
    fields
}

fn reach(people: &People, p: Phrases) -> Vec<Field> {
    let purposes = Purpose::ALL.iter().map(|purpose| {
        let key = purpose_key(*purpose);
        // The name it has on every page; under it, what to say aloud.
        Choice::new(purpose.wire(), p.t(key)).hint(p.t(&format!("consent-{key}")))
    });
    let sources =
        vec![Choice::new("own", p.t("consent-sources-own")), Choice::new("all", p.t("consent-sources-all"))];
    let suggested =
        people.now.with_timezone(&Toronto).date_naive().checked_add_days(Days::new(SUGGESTED_DAYS));
    vec![
        Field::heading(p.t("consent-part-reach")),
        Field::checks("purposes[]", p.t("consent-purposes"), purposes.collect())
            .hint(p.t("consent-purposes-hint")),
        Field::radios("sources", p.t("consent-sources"), sources),
        Field::date("valid_until", p.t("consent-until"))
            .hint(p.t("consent-until-hint"))
            .given(suggested.map(|day| day.to_string()).unwrap_or_default()),
    ]
}

fn circumstances(p: Phrases) -> Vec<Field> {
    let lang = p.lang();
    let forms = vec![
        Choice::new("verbal", p.t("consent-form-verbal")),
        Choice::new("written", p.t("consent-form-written")),
    ];
    let languages = CodeList::named("language").map_or(&[][..], |list| list.codes());
    let languages = languages.iter().map(|code| Choice::new(code.code(), code.label(lang)));
    let interpreter = vec![Choice::new("true", p.t("consent-interpreter-yes"))];
    vec![
        Field::heading(p.t("consent-part-how")),
        Field::radios("form", p.t("consent-form"), forms).given("verbal"),
        Field::select("language", p.t("consent-language"), languages.collect()).given(match lang {
            domain::wording::Lang::Fr => "fra",
            domain::wording::Lang::En => "eng",
        }),
        Field::checks("interpreter:bool", p.t("consent-interpreter"), interpreter)
            .optional()
            .hint(p.t("consent-interpreter-hint")),
        Field::moment("given_at:time", p.t("consent-given-at")).optional().hint(p.t("consent-given-at-hint")),
        Field::area("words", p.t("consent-words")).optional().hint(p.t("consent-words-hint")),
    ]
}

/// How a category is said in plain words, inside a sentence.
pub fn category_words(category: Category, p: Phrases) -> String {
    p.t(&format!("consent-about-{}", category.wire().replace('_', "-")))
}

/// The same words at the head of a line.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
