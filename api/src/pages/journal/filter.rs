//! What the log is narrowed by: as it is asked, as it stands in the form, and as it is said back to be taken away.

use authz::{
    id::{AgencyId, FileId, UserId},
    log::Filter,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Names, PAGE, known_acts,
    told::{act_words, short},
};
use crate::pages::{
    export::Format,
    moment::date,
    period::{day, midnight},
    phrases::Phrases,
};

/// What the log is narrowed by; days are of Québec, both included.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    pub(super) file: Option<String>,
    actor: Option<String>,
    person: Option<String>,
    agency: Option<String>,
    act: Option<String>,
    du: Option<String>,
    au: Option<String>,
    pub(super) cursor: Option<String>,
    pub(super) format: Option<Format>,
}

/// A field that holds none of what it asks for, and what is wrong with it: both as the sentences name them.
type Wrong = (&'static str, &'static str);

/// The form, and what it was last sent with.
pub(super) struct Search {
    pub(super) agencies: Select,
    pub(super) acts: Select,
    pub(super) days: Vec<Entry>,
    /// Folded away: whoever follows a link needs none.
    pub(super) numbers: Vec<Entry>,
    /// What is wrong, each with the field it is about.
    pub(super) wrong: Vec<(&'static str, String)>,
    pub(super) narrowed: Vec<Narrowed>,
}

/// A list to choose from: value, words, and whether it is chosen.
type Select = Vec<(String, String, bool)>;

/// A field of one line.
pub(super) struct Entry {
    pub(super) id: &'static str,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) given: String,
    pub(super) wrong: Option<String>,
}

/// One thing that the log is narrowed by, and the query without it.
pub(super) struct Narrowed {
    pub(super) said: String,
    pub(super) without: String,
}

impl Wanted {
    /// The filter of the API; or which fields hold no number or no day.
    pub(super) fn filter(&self) -> Result<Filter, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut number = |field: &'static str, text: Option<&str>| {
            let text = text.map(str::trim).filter(|text| !text.is_empty())?;
            let number = text.parse::<Uuid>().ok();
            if number.is_none() {
                wrong.push((field, field));
            }
            number
        };
        let file = number("file", self.file.as_deref()).map(FileId::from_uuid);
        let actor = number("actor", self.actor.as_deref()).map(UserId::from_uuid);
        let person = number("person", self.person.as_deref());
        let agency = number("agency", self.agency.as_deref()).map(AgencyId::from_uuid);
        let mut bound = |field: &'static str, text: Option<&str>| {
            day(text).unwrap_or_else(|_| {
                wrong.push((field, field));
                None
            })
        };
        let (from, to) = (bound("du", self.du.as_deref()), bound("au", self.au.as_deref()));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            wrong.push(("au", "order"));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Filter {
            file,
            actor,
            person,
            agency,
            from: from.map(midnight),
            to: to.and_then(|day| day.succ_opt()).map(midnight),
            act: self.act.clone().filter(|act| !act.is_empty()),
            before: None,
            limit: PAGE,
        })
    }

    /// As a query, without the place in the list.
    pub(super) fn query(&self) -> String {
        self.query_without("")
    }

    fn query_without(&self, left_out: &str) -> String {
        let pairs = [
            ("file", &self.file),
            ("actor", &self.actor),
            ("person", &self.person),
            ("agency", &self.agency),
            ("act", &self.act),
            ("du", &self.du),
            ("au", &self.au),
        ];
        let given: Vec<(&str, &str)> = pairs
            .iter()
            .filter(|(name, _)| *name != left_out)
            .filter_map(|(name, words)| Some((*name, words.as_deref().filter(|words| !words.is_empty())?)))
            .collect();
        serde_urlencoded::to_string(given).unwrap_or_default()
    }
}

impl Search {
    /// The form for the whole log, or for the log of one file, which its address names already.
    pub(super) fn of(
        wanted: &Wanted,
        asked: &Result<Filter, Vec<Wrong>>,
        one_file: bool,
        names: &Names,
        p: Phrases,
    ) -> Self {
        let wrong = asked.as_ref().err().map(Vec::as_slice).unwrap_or_default();
        let message = |what: &str| p.t(&format!("journal-wrong-{what}"));
        let entry = |id: &'static str, kind: &'static str, label: String, given: Option<&str>| Entry {
            wrong: wrong.iter().find(|(field, _)| *field == id).map(|(_, what)| message(what)),
            given: given.unwrap_or_default().to_owned(),
            id,
            kind,
            label,
        };
        let chosen = |given: Option<&str>, value: &str| given == Some(value);
        let mut acts: Select = known_acts()
            .map(|act| (act.to_owned(), act_words(act, p), chosen(wanted.act.as_deref(), act)))
            .collect();
        acts.sort_by(|a, b| a.1.cmp(&b.1));
        let agency = |(id, name): &(AgencyId, String)| {
            (id.to_string(), name.clone(), chosen(wanted.agency.as_deref(), &id.to_string()))
        };
        let mut numbers = vec![
            entry("actor", "text", p.t("journal-actor"), wanted.actor.as_deref()),
            entry("person", "text", p.t("journal-person"), wanted.person.as_deref()),
        ];
        if !one_file {
            numbers.insert(0, entry("file", "text", p.t("journal-file"), wanted.file.as_deref()));
        }
        Self {
            agencies: names.0.iter().map(agency).collect(),
            acts,
            days: vec![
                entry("du", "date", p.t("period-from"), wanted.du.as_deref()),
                entry("au", "date", p.t("period-to"), wanted.au.as_deref()),
            ],
            numbers,
            wrong: wrong.iter().map(|(field, what)| (*field, message(what))).collect(),
            narrowed: asked.as_ref().map(|filter| narrowed(wanted, filter, names, p)).unwrap_or_default(),
        }
    }

    /// What is wrong is not folded away.
    pub(super) fn unfolded(&self) -> bool {
        self.numbers.iter().any(|entry| entry.wrong.is_some())
    }
}

fn narrowed(wanted: &Wanted, filter: &Filter, names: &Names, p: Phrases) -> Vec<Narrowed> {
    let on = |text: Option<&str>| day(text).ok().flatten().map(|day| date(day, p.lang()));
    let said = [
        ("file", filter.file.map(|file| p.x("journal-only-file", &short(file.uuid())))),
        ("actor", filter.actor.map(|actor| p.x("journal-only-actor", &short(actor.uuid())))),
        ("person", filter.person.map(|person| p.x("journal-only-person", &short(person)))),
        ("agency", filter.agency.map(|agency| p.x("journal-only-agency", &names.of(agency, p)))),
        ("act", filter.act.as_deref().map(|act| p.x("journal-only-act", &act_words(act, p)))),
        ("du", on(wanted.du.as_deref()).map(|day| p.x("journal-only-from", &day))),
        ("au", on(wanted.au.as_deref()).map(|day| p.x("journal-only-to", &day))),
    ];
    said.into_iter()
        .filter_map(|(name, said)| Some(Narrowed { said: said?, without: wanted.query_without(name) }))
        .collect()
}
