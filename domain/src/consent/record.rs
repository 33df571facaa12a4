//! Recording a consent or a refusal, after the limits of confidentiality were explained.

use authz::{
    acts::RecordConsent,
    desk::{Acting, Answer, Permit, Sealed, Session, Spent},
    fault::{Fault, Stop},
    gate,
    id::{AgencyId, ConsentId, FileId, PersonId},
    vocabulary::{Category, Effect, GrantorKind, Purpose},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize, de::IntoDeserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::words_place;
use crate::{
    agencies,
    catalogue::CodeList,
    file::{
        lookup::{cell_of, circle_at, circle_now, tell_agencies},
        merged::not_merged,
        rows::ANY,
        view::RiskFile,
    },
    inbox::MessageKind,
    person::known_role,
    refusal::Refusal,
    schema::{consent, provision},
    validation::{Invalid, Rule},
    value::text,
};

/// A consent to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsent {
    /// The person whose facts it speaks of.
    #[schema(value_type = Uuid)]
    pub subject: PersonId,
    /// Who spoke.
    pub grantor: Grantor,
    /// When; now, if not said.
    #[serde(default)]
    pub given_at: Option<DateTime<Utc>>,
    /// From when it holds; from when it was given, if not said.
    #[serde(default)]
    pub valid_from: Option<DateTime<Utc>>,
    /// First instant it no longer holds.
    #[serde(default)]
    pub valid_until: Option<DateTime<Utc>>,
    /// Spoken or signed.
    #[serde(default)]
    pub form: Form,
    /// Language of the conversation: ISO 639-3, or `fr`, `en`.
    #[serde(default)]
    pub language: Option<String>,
    /// Was there an interpreter?
    #[serde(default)]
    pub interpreter: bool,
    /// Were the limits of confidentiality explained first? Nothing is recorded otherwise.
    #[serde(default)]
    pub limits_explained: bool,
    /// The words used, kept for the agency that records.
    #[serde(default)]
    pub words: Option<String>,
    /// Its sentences.
    pub provisions: Vec<NewProvision>,
}

/// Spoken or signed.
#[derive(Deserialize, Serialize, ToSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Spoken.
    #[default]
    Verbal,
    /// Signed.
    Written,
}

/// Who spoke.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Grantor {
    /// The person, a parent or a tutor.
    #[schema(value_type = String)]
    pub kind: GrantorKind,
    /// The parent or tutor, who is on the file.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub person: Option<PersonId>,
}

/// One sentence. An empty list names nobody and nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProvision {
    /// Yes or no.
    #[schema(value_type = String)]
    pub effect: Effect,
    /// Agencies, or `circle`.
    #[schema(value_type = Vec<String>)]
    pub recipients: Vec<Recipient>,
    /// Categories, or `*`.
    #[schema(value_type = Vec<String>)]
    pub categories: Vec<AnyOr<Category>>,
    /// Purposes, or `*`.
    #[schema(value_type = Vec<String>)]
    pub purposes: Vec<AnyOr<Purpose>>,
    /// Source agencies, or `*`.
    #[schema(value_type = Vec<String>)]
    pub sources: Vec<Source>,
}

/// An agency, or the whole circle.
#[derive(Clone, Copy)]
pub enum Recipient {
    /// `circle`.
    Circle,
    /// One agency.
    Agency(AgencyId),
}

/// An agency, or any.
#[derive(Clone, Copy)]
pub enum Source {
    /// `*`.
    Any,
    /// One agency.
    Agency(AgencyId),
}

/// A word of a closed set, or any.
#[derive(Clone, Copy)]
pub enum AnyOr<W> {
    /// `*`.
    Any,
    /// One.
    One(W),
}

impl<'de> Deserialize<'de> for Recipient {
    fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let word = String::deserialize(json)?;
        if word == "circle" {
            return Ok(Self::Circle);
        }
        Uuid::deserialize(word.as_str().into_deserializer()).map(|id| Self::Agency(AgencyId::from_uuid(id)))
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let word = String::deserialize(json)?;
        if word == "*" {
            return Ok(Self::Any);
        }
        Uuid::deserialize(word.as_str().into_deserializer()).map(|id| Self::Agency(AgencyId::from_uuid(id)))
    }
}

impl<'de, W: Deserialize<'de>> Deserialize<'de> for AnyOr<W> {
    fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let word = String::deserialize(json)?;
        if word == "*" {
            return Ok(Self::Any);
        }
        W::deserialize(word.into_deserializer()).map(Self::One)
    }
}

/// A consent that was recorded.
#[derive(Serialize, ToSchema)]
pub struct ConsentRecorded {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: ConsentId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl Answer for ConsentRecorded {
    const STATUS: u16 = 201;
}

impl NewProvision {
    fn agencies(&self) -> Vec<AgencyId> {
        let recipients = self.recipients.iter().filter_map(|one| match one {
            Recipient::Agency(id) => Some(*id),
            Recipient::Circle => None,
        });
        recipients.collect()
    }

    fn sources(&self) -> Vec<AgencyId> {
        let sources = self.sources.iter().filter_map(|one| match one {
            Source::Agency(id) => Some(*id),
            Source::Any => None,
        });
        sources.collect()
    }

    fn to_circle(&self) -> bool {
        self.recipients.iter().any(|one| matches!(one, Recipient::Circle))
    }

    fn any_source(&self) -> bool {
        self.sources.iter().any(|one| matches!(one, Source::Any))
    }
}

fn bits<W: Copy>(words: &[AnyOr<W>], number: impl Fn(W) -> i16) -> i32 {
    words.iter().fold(0, |bits, word| match word {
        AnyOr::Any => ANY,
        AnyOr::One(word) => bits | 1 << number(*word),
    })
}

/// Records a consent or a refusal. One that could not count is refused: who spoke cannot consent here.
///
/// # Errors
/// When something is missing or cannot be, or the machine fails.
pub async fn record<'tx>(
    session: &mut Session<'tx, Acting>,
    on: &Sealed<'tx, RiskFile>,
    permit: Permit<'tx, RecordConsent, RiskFile>,
    new: NewConsent,
) -> Result<(Spent<'tx, RecordConsent>, ConsentRecorded), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    let (given_at, valid_from, language) = check(&new, now)?;
    // Saying no stays possible everywhere.
    if new.provisions.iter().any(|sentence| sentence.effect == Effect::Permit) {
        not_merged(session, file).await?;
    }
    known_role(session, file, new.subject.uuid(), "/subject").await?;
    if let Some(person) = new.grantor.person {
        known_role(session, file, person.uuid(), "/grantor/person").await?;
    }
    for (n, sentence) in new.provisions.iter().enumerate() {
        agencies::known(session, &sentence.agencies(), |m| format!("/provisions/{n}/recipients/{m}")).await?;
        agencies::known(session, &sentence.sources(), |m| format!("/provisions/{n}/sources/{m}")).await?;
    }
    let id: ConsentId = session.fresh()?.into();
    let candidate = gate::Consent {
        id: id.uuid(),
        subject: new.subject.uuid(),
        recorded_by: who.agency().uuid(),
        grantor: new.grantor.kind,
        grantor_person: new.grantor.person.map(PersonId::uuid),
        given_at,
        valid_from: valid_from.min(now),
        valid_until: None,
        withdrawn_at: None,
        provisions: Vec::new(),
    };
    if !session.would_count(on, &candidate)? {
        return Err(Refusal::invalid("/grantor", Rule::GrantorCannot));
    }
    let words = match &new.words {
        None => None,
        Some(words) => {
            let plain =
                text::several_lines(words, text::LONGEST).map_err(|rule| Refusal::invalid("/words", rule))?;
            Some(session.keys(Key::take()).open(file)?.seal(&words_place(id.uuid()), plain.as_bytes())?)
        }
    };
    let cell = cell_of(session, file).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(consent::table)
        .values((
            consent::id.eq(id.uuid()),
            consent::file_id.eq(file.uuid()),
            consent::cell_id.eq(cell),
            consent::subject_id.eq(new.subject.uuid()),
            consent::grantor.eq(new.grantor.kind.number()),
            consent::grantor_person.eq(new.grantor.person.map(PersonId::uuid)),
            consent::given_at.eq(given_at),
            consent::valid_from.eq(valid_from),
            consent::valid_until.eq(new.valid_until),
            consent::form.eq(match new.form {
                Form::Verbal => 0i16,
                Form::Written => 1,
            }),
            consent::language.eq(language),
            consent::interpreter.eq(new.interpreter),
            consent::limits_explained.eq(true),
            consent::words_sealed.eq(words),
            consent::recorded_by.eq(who.user().uuid()),
            consent::recorded_agency.eq(who.agency().uuid()),
            consent::recorded_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    for (position, sentence) in new.provisions.iter().enumerate() {
        write_provision(session, sentence, position, id, file.uuid()).await?;
    }
    let told = concerned(session, file, &new.provisions, given_at).await?;
    tell_agencies(session, &told, MessageKind::ConsentRecorded, file.uuid()).await?;
    Ok((spent, ConsentRecorded { id, recorded_at: now }))
}

/// Whom a consent concerns: the agencies it names and those that `circle` means.
///
/// INVARIANT: only agencies in the circle now. To any other the file does not exist yet, whoever names it.
async fn concerned(
    session: &Session<'_, Acting>,
    file: FileId,
    provisions: &[NewProvision],
    given_at: DateTime<Utc>,
) -> Result<Vec<Uuid>, Refusal> {
    let around = circle_now(session, file).await?;
    let conn = session.tx(Key::take()).conn(Key::take())?;
    let around_then = circle_at(conn, file.uuid(), given_at).await?;
    let concerns = |agency: &Uuid| {
        provisions.iter().any(|sentence| {
            sentence.agencies().iter().any(|named| named.uuid() == *agency)
                || (sentence.to_circle() && (sentence.effect == Effect::Deny || around_then.contains(agency)))
        })
    };
    Ok(around.into_iter().filter(concerns).collect())
}

async fn write_provision(
    session: &Session<'_, Acting>,
    sentence: &NewProvision,
    position: usize,
    consent: ConsentId,
    file: Uuid,
) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(provision::table)
        .values((
            provision::consent_id.eq(consent.uuid()),
            provision::file_id.eq(file),
            provision::position.eq(i16::try_from(position).map_err(|_| Stop::Fault(Fault::Stored))?),
            provision::effect.eq(sentence.effect.number()),
            provision::recipients.eq(sentence.agencies().iter().map(|id| id.uuid()).collect::<Vec<_>>()),
            provision::to_circle.eq(sentence.to_circle()),
            provision::categories.eq(bits(&sentence.categories, Category::number)),
            provision::purposes.eq(bits(&sentence.purposes, Purpose::number)),
            provision::sources.eq(sentence.sources().iter().map(|id| id.uuid()).collect::<Vec<_>>()),
            provision::any_source.eq(sentence.any_source()),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

type Checked = (DateTime<Utc>, DateTime<Utc>, String);

/// What can be told wrong without the database.
fn check(new: &NewConsent, now: DateTime<Utc>) -> Result<Checked, Refusal> {
    let mut wrong = Vec::new();
    let given_at = new.given_at.unwrap_or(now);
    let valid_from = new.valid_from.unwrap_or(given_at);
    if !new.limits_explained {
        wrong.push(Invalid::at("/limits_explained", Rule::LimitsNotExplained));
    }
    if given_at > now {
        wrong.push(Invalid::at("/given_at", Rule::InTheFuture));
    }
    if new.valid_until.is_some_and(|until| until <= valid_from) {
        wrong.push(Invalid::at("/valid_until", Rule::WrongOrder));
    }
    if new.provisions.is_empty() {
        wrong.push(Invalid::at("/provisions", Rule::EmptyList));
    }
    if new.provisions.len() > 100 {
        wrong.push(Invalid::at("/provisions", Rule::TooLong));
    }
    if new.grantor.kind == GrantorKind::SelfGiven && new.grantor.person.is_some() {
        wrong.push(Invalid::at("/grantor/person", Rule::GrantorCannot));
    }
    let language = new.language.clone().unwrap_or_else(|| "fra".into());
    let known = ["fr", "en"].contains(&language.as_str())
        || CodeList::named("language").is_some_and(|list| list.find(&language).is_some());
    if !known {
        wrong.push(Invalid::at("/language", Rule::UnknownCode));
    }
    if wrong.is_empty() { Ok((given_at, valid_from, language)) } else { Err(Refusal::Invalid(wrong)) }
}
