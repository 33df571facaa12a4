//! What was said in a conversation, as its form tells it, made into what the API records.
//!
//! A yes is for some time and a no has no end, so that no refusal lapses behind an older yes: said together, they are
//! recorded as two consents.

use authz::{
    id::PersonId,
    vocabulary::{Category, Effect, Purpose, SubjectRole},
};
use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};
use domain::{consent::ProvisionView, reference::Shareable};
use serde_json::{Map, Value, json};

use crate::pages::{
    form::Posted,
    moment::read_local,
    people::{Member, People},
};

/// What was said.
pub struct Said {
    /// What may be told.
    pub yes: Vec<ProvisionView>,
    /// What may not.
    pub no: Vec<ProvisionView>,
    /// Until when what may be told may be.
    pub until: Option<DateTime<Utc>>,
}

/// A field, and the sentence that says what is wrong with it.
pub type Wrong = (String, &'static str);

/// The name of the question about everything, for an agency.
pub fn whole(member: &Member) -> String {
    format!("whole/{}", member.id)
}

/// The name of the question about one category, for an agency.
pub fn about(member: &Member, category: Category) -> String {
    format!("say/{}/{}", member.id, category.wire())
}

impl Said {
    /// Reads it.
    ///
    /// # Errors
    /// Everything that is missing or contradicts itself.
    pub fn read(
        posted: &Posted,
        people: &People,
        subject: SubjectRole,
        open: &Shareable,
    ) -> Result<Self, Vec<Wrong>> {
        let mut wrong: Vec<Wrong> = Vec::new();
        let purposes: Vec<&'static str> = Purpose::ALL
            .iter()
            .map(|purpose| purpose.wire())
            .filter(|wire| posted.all("purposes[]").any(|sent| sent == *wire))
            .collect();
        let sources: Vec<String> = match posted.get("sources") {
            Some("own") => vec![people.own.to_string()],
            Some("all") => vec!["*".into()],
            _ => Vec::new(),
        };
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for member in &people.circle {
            let asked: Vec<Category> = Category::ALL
                .iter()
                .copied()
                .filter(|category| open.has(member.kind, subject, *category))
                .collect();
            let (permitted, refused) = match of_agency(posted, member, &asked) {
                Ok(said) => said,
                Err(key) => {
                    wrong.push((whole(member), key));
                    continue;
                }
            };
            let recipients = vec![member.id.to_string()];
            if !permitted.is_empty() {
                yes.push(ProvisionView {
                    effect: Effect::Permit,
                    recipients: recipients.clone(),
                    categories: permitted,
                    purposes: purposes.clone(),
                    sources: sources.clone(),
                });
            }
            if !refused.is_empty() {
                no.push(ProvisionView {
                    effect: Effect::Deny,
                    recipients,
                    categories: refused,
                    purposes: vec!["*"],
                    sources: vec!["*".into()],
                });
            }
        }
        if yes.is_empty() && no.is_empty() && wrong.is_empty() {
            wrong.push((people.circle.first().map_or_else(String::new, whole), "consent-wrong-silence"));
        }
        let until = posted.get("valid_until").map(end_of_day);
        if !yes.is_empty() {
            if purposes.is_empty() {
                wrong.push(("purposes[]".into(), "consent-wrong-purposes"));
            }
            if sources.is_empty() {
                wrong.push(("sources".into(), "consent-wrong-sources"));
            }
            match until {
                None => wrong.push(("valid_until".into(), "consent-wrong-until")),
                Some(None) => wrong.push(("valid_until".into(), "consent-wrong-date")),
                Some(Some(until)) if until <= people.now => {
                    wrong.push(("valid_until".into(), "consent-wrong-past"));
                }
                Some(Some(_)) => {}
            }
        }
        if posted.get("grantor/kind").is_none() {
            wrong.push(("grantor/kind".into(), "consent-wrong-grantor"));
        }
        if posted.get("limits_explained:bool").is_none() {
            wrong.push(("limits_explained:bool".into(), "consent-wrong-limits"));
        }
        let until = until.flatten().filter(|_| !yes.is_empty());
        if wrong.is_empty() { Ok(Self { yes, no, until }) } else { Err(wrong) }
    }

    /// The consents to record, the refusals first.
    pub fn bodies(&self, posted: &Posted, subject: PersonId) -> Vec<Value> {
        let mut grantor = Map::new();
        let mut body = Map::new();
        let mut say = |member: &str, value: Value| body.insert(member.to_owned(), value);
        for (field, member) in [("grantor/kind", "kind"), ("grantor/person", "person")] {
            if let Some(words) = posted.get(field) {
                grantor.insert(member.to_owned(), words.into());
            }
        }
        say("subject", json!(subject));
        say("grantor", Value::Object(grantor));
        say("form", posted.get("form").unwrap_or("verbal").into());
        say("interpreter", posted.get("interpreter:bool").is_some().into());
        say("limits_explained", posted.get("limits_explained:bool").is_some().into());
        for member in ["language", "words"] {
            if let Some(words) = posted.get(member) {
                say(member, words.into());
            }
        }
        if let Some(words) = posted.get("given_at:time") {
            // What is no moment reaches the API as it is, and is refused there.
            say("given_at", read_local(words).map_or_else(|| words.to_owned(), wire).into());
        }
        let with = |provisions: &[ProvisionView], until: Option<DateTime<Utc>>| {
            let mut body = body.clone();
            body.insert("provisions".into(), json!(provisions));
            if let Some(until) = until {
                body.insert("valid_until".into(), wire(until).into());
            }
            (!provisions.is_empty()).then_some(Value::Object(body))
        };
        [with(&self.no, None), with(&self.yes, self.until)].into_iter().flatten().collect()
    }
}

type Words = Vec<&'static str>;

/// What may and may not be told to one agency.
fn of_agency(posted: &Posted, member: &Member, asked: &[Category]) -> Result<(Words, Words), &'static str> {
    let answered = |word: &str| -> Words {
        let said = |category: &&Category| posted.get(&about(member, **category)) == Some(word);
        asked.iter().filter(said).map(|category| category.wire()).collect()
    };
    let (yes, no) = (answered("yes"), answered("no"));
    match posted.get(&whole(member)) {
        Some("none") if yes.is_empty() => Ok((Vec::new(), vec!["*"])),
        Some("none") => Err("consent-wrong-none"),
        Some("all") => {
            // Named one by one: what is added to the catalogue later is a new question.
            let all = asked.iter().map(|category| category.wire()).filter(|wire| !no.contains(wire));
            Ok((all.collect(), no))
        }
        Some("some") if yes.is_empty() && no.is_empty() => Err("consent-wrong-some"),
        _ => Ok((yes, no)),
    }
}

fn wire(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The first instant after a day, in the clock of Québec.
fn end_of_day(day: &str) -> Option<DateTime<Utc>> {
    let next = day.parse::<NaiveDate>().ok()?.checked_add_days(Days::new(1))?;
    read_local(&format!("{next}T00:00"))
}
