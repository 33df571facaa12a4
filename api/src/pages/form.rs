//! What a form of a page sends, read into the JSON that the API reads: one input, one meaning, one set of refusals.
//!
//! The name of a field is its pointer in that JSON, without the first slash: `record/danger`, `items/0/facts[]`.
//! A suffix says what the words are when they are no text: `given_at:time` (a moment in the clock of Québec),
//! `renewable:bool`, `days:int`. `[]` makes a list of all fields of that name. A field left empty is absent. Names
//! that begin with `_` are for the page alone.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use authz::{
    desk::{Caller, IdempotencyKey},
    vocabulary::Purpose,
};
use chrono::SecondsFormat;
use serde_json::{Map, Value};

use super::{
    moment::read_local,
    oops::{Oops, own_path},
    visit::{Passerby, Visit, same_origin},
};
use crate::{
    http::{Body, collect, key_of},
    problem::{Problem, ProblemKind},
};

/// How deep a pointer of a form may reach.
const DEEPEST: usize = 8;
/// The longest form, in bytes.
pub const LONGEST: usize = 1024 * 1024;

/// A form somebody signed in has sent.
pub struct Posted {
    /// Who.
    pub visit: Visit,
    /// Name and words of every field, in their order.
    pub fields: Vec<(String, String)>,
}

impl Posted {
    /// The words of a field; the first, if it stands there more than once.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, words)| words.as_str())
            .filter(|words| !words.is_empty())
    }

    /// All words sent under a name.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, words)| words.as_str())
    }

    /// The form as the JSON that the API reads.
    #[must_use]
    pub fn json(&self) -> Value {
        to_json(&self.fields)
    }

    /// The body that the operation reads.
    #[must_use]
    pub fn body(&self) -> Body {
        Body::of(&self.json())
    }

    /// The caller of a change, with the declared purpose; sent twice, the form is carried out once.
    ///
    /// # Errors
    /// The page that asks for a purpose, when none was declared; a problem when it allows no change.
    pub fn changer(&self) -> Result<Caller, Oops> {
        self.changer_of("", &self.json())
    }

    /// The caller of one of several changes that a form makes: each is carried out once.
    ///
    /// # Errors
    /// The page that asks for a purpose, when none was declared; a problem when it allows no change.
    pub fn changer_of(&self, part: &str, body: &Value) -> Result<Caller, Oops> {
        if self.visit.purpose() == Some(Purpose::CaseReview) {
            return Err(Problem::new(ProblemKind::PurposeRequired).into());
        }
        Ok(self.visit.reader()?.with_idempotency(self.once(part, body)))
    }

    /// The caller of a change that concerns no file's content; sent twice, the form is carried out once.
    #[must_use]
    pub fn caller(&self) -> Caller {
        self.visit.caller().with_idempotency(self.once("", &self.json()))
    }

    /// The same, where what is changed is not what the fields say by themselves.
    #[must_use]
    pub fn caller_of(&self, body: &Value) -> Caller {
        self.visit.caller().with_idempotency(self.once("", body))
    }

    fn once(&self, part: &str, body: &Value) -> Option<IdempotencyKey> {
        let key = format!("{}{part}", self.get("_once")?);
        if key.len() > IdempotencyKey::MAX {
            return None;
        }
        Some(key_of(key, &[self.visit.path.as_bytes(), body.to_string().as_bytes()]))
    }
}

impl FromRequest for Posted {
    type Error = Oops;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Oops>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        let passerby = Passerby::from_request(&request, &mut Payload::None);
        Box::pin(async move {
            same_origin(&request)?;
            let fields = read(payload).await?;
            Self::admitted(passerby.await?, fields).await
        })
    }
}

impl Posted {
    /// What was sent, when somebody signed in sent it from one of our pages.
    ///
    /// # Errors
    /// The page that asks to sign in; what was written is kept for who locked her session.
    pub async fn admitted(passerby: Passerby, fields: Vec<(String, String)>) -> Result<Self, Oops> {
        let back = fields.iter().find(|(name, _)| name == "_page").map(|(_, page)| own_path(page).to_owned());
        let back = back.unwrap_or_else(|| passerby.path.clone());
        match passerby.signed_in() {
            Err(passerby) => {
                // What was written is kept for when its writer has proved who she is.
                let Some(writer) = passerby.locked else { return Err(Oops::SignIn(back)) };
                super::drafts::keep(&passerby.worker, writer, passerby.request, &back, &fields).await?;
                Err(Oops::Locked(back))
            }
            Ok(visit) => {
                let given = fields.iter().find(|(name, _)| name == "_csrf").map(|(_, given)| given.as_str());
                if given != Some(visit.csrf().as_str()) {
                    return Err(Problem::new(ProblemKind::NotPermitted).into());
                }
                visit.worker.limit(visit.known.actor)?;
                Ok(Self { visit, fields })
            }
        }
    }
}

/// Reads the fields of a form.
pub async fn read(payload: Payload) -> Result<Vec<(String, String)>, Problem> {
    let bytes = collect(payload, LONGEST).await?;
    let fields: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&bytes).map_err(|_| Problem::new(ProblemKind::MalformedBody))?;
    // Browsers send the ends of lines as the network once did.
    Ok(fields.into_iter().map(|(name, words)| (name, words.replace("\r\n", "\n"))).collect())
}

/// A field's pointer, and what its words are.
fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or((name, "text"))
}

/// The JSON that a form says.
#[must_use]
pub fn to_json(fields: &[(String, String)]) -> Value {
    let mut whole = Value::Object(Map::new());
    for (name, words) in fields {
        if name.starts_with('_') || words.trim().is_empty() {
            continue;
        }
        let (pointer, kind) = split(name);
        let (pointer, listed) =
            pointer.strip_suffix("[]").map_or((pointer, false), |pointer| (pointer, true));
        let value = value_of(words, kind);
        let place = pointer.splitn(DEEPEST, '/').fold(&mut whole, |place, step| {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            match place {
                Value::Object(members) => members.entry(step).or_insert(Value::Null),
                other => other,
            }
        });
        match (listed, &mut *place) {
            (true, Value::Array(items)) => items.push(value),
            (true, place) => *place = Value::Array(vec![value]),
            (false, place) => *place = value,
        }
    }
    lists(whole)
}

fn value_of(words: &str, kind: &str) -> Value {
    let text = || Value::String(words.to_owned());
    match kind {
        "bool" => match words {
            "true" | "on" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => text(),
        },
        "int" => words.trim().parse::<i64>().map_or_else(|_| text(), Value::from),
        "time" => read_local(words)
            .map_or_else(text, |at| Value::String(at.to_rfc3339_opts(SecondsFormat::Secs, true))),
        _ => text(),
    }
}

/// Turns what has only numbers as names into lists, in the order of the numbers.
fn lists(value: Value) -> Value {
    match value {
        Value::Object(members) if !members.is_empty() && members.keys().all(|name| is_number(name)) => {
            let mut items: Vec<(usize, Value)> =
                members.into_iter().map(|(name, item)| (name.parse().unwrap_or(usize::MAX), item)).collect();
            items.sort_by_key(|(number, _)| *number);
            Value::Array(items.into_iter().map(|(_, item)| lists(item)).collect())
        }
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, item)| (name, lists(item))).collect())
        }
        other => other,
    }
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.len() <= 4 && name.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(fields: &[(&str, &str)]) -> Value {
        let fields: Vec<_> = fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        to_json(&fields)
    }

    #[test]
    fn a_form_says_what_the_api_reads() {
        let said = read(&[
            ("_csrf", "x"),
            ("basis", "QC_LPRPSP_18_1"),
            ("record/danger", "Menaces de mort"),
            ("recipients/0/agency", "a"),
            ("recipients/0/capacity[]", "exposed"),
            ("recipients/0/capacity[]", "able_to_aid"),
            ("recipients/2/agency", "c"),
            ("given_at:time", "2026-11-22T10:05"),
            ("renewable:bool", "on"),
            ("days:int", "3"),
            ("note", "  "),
        ]);
        assert_eq!(
            said,
            json!({
                "basis": "QC_LPRPSP_18_1", "record": {"danger": "Menaces de mort"},
                "recipients": [{"agency": "a", "capacity": ["exposed", "able_to_aid"]}, {"agency": "c"}],
                "given_at": "2026-11-22T15:05:00Z", "renewable": true, "days": 3,
            })
        );
    }

    #[test]
    fn words_that_are_not_what_they_should_be_reach_the_api_as_they_are() {
        let said = read(&[
            ("at:time", "hier"),
            ("days:int", "trois"),
            ("sure:bool", "peut-être"),
            ("a", "1"),
            ("a/b", "2"),
        ]);
        assert_eq!(said, json!({"at": "hier", "days": "trois", "sure": "peut-être", "a": {"b": "2"}}));
    }
}
