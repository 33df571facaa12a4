//! Looking a person up within reach.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Pending, Resource, Scope, Session, seal},
    fault::{Fault, Stop},
    id::{FileId, PersonId},
    keys::index::Birth as IndexedBirth,
    vocabulary::SubjectRole,
};
use chrono::NaiveDate;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::index::{blind_index, token_place};
use crate::{
    file::{
        page::within_reach,
        situation::{self, Rows},
    },
    refusal::Refusal,
    schema::name_token,
    validation::Rule,
};

/// Most files judged for one search; more means that the search says too little.
const MOST: i64 = 200;

/// What is known of a birth date.
#[derive(Clone, Copy)]
pub enum Birth {
    /// The day.
    Date(NaiveDate),
    /// The year.
    Year(i32),
}

/// Whom one looks for.
pub struct Query {
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Birth date or year: a name alone is no search.
    pub birth: Birth,
}

/// A person found.
#[derive(Serialize, ToSchema)]
pub struct Hit {
    /// The file.
    #[schema(value_type = Uuid)]
    pub file: FileId,
    /// What people call it.
    pub reference: String,
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Role in the file.
    #[schema(value_type = String)]
    pub role: SubjectRole,
}

/// Persons found.
#[derive(Serialize, ToSchema)]
pub struct Hits {
    /// In the order of their files.
    pub items: Vec<Hit>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// A file that may hold the person looked for.
struct Candidate {
    rows: Rows,
    person: Uuid,
    full: [u8; 32],
    tokens: Vec<(Vec<u8>, Vec<Uuid>, Uuid)>,
}

impl Resource for Candidate {
    const KIND: &'static str = "person";
    const READ: &'static str = "person.search";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for Candidate {
    type View = Option<Hit>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<Hit>, Fault> {
        let Self { rows, person, full, tokens } = self;
        let label = |id: Uuid| rows.facts.iter().find(|row| row.id == id && row.retracted_at.is_none());
        for (sealed, names, birth) in tokens {
            let mut found = Vec::new();
            for id in names.iter().chain([&birth]) {
                found.extend(label(*id));
            }
            let shows =
                |id: &&crate::file::rows::FactRow| id.label().is_ok_and(|label| grant.would_show(&label));
            if found.len() != names.len() + 1 || !found.iter().all(shows) || !grant.knows_person(person) {
                continue;
            }
            let Some(birth) = found.last() else { continue };
            // Opened under the birth date's label: the index tells nothing that the facts would not.
            let matches =
                grant.unseal(&birth.label()?, "birth_date", &token_place(person), &sealed, |plain| {
                    Some(plain == full)
                })?;
            if matches.is_some_and(|shown| *shown.value()) {
                let row = rows.persons.iter().find(|row| row.id == person).ok_or(Fault::Stored)?;
                return Ok(Some(Hit {
                    file: rows.head.file(),
                    reference: rows.head.reference.clone(),
                    person: PersonId::from_uuid(person),
                    role: SubjectRole::from_number(row.role).map_err(|_| Fault::Stored)?,
                }));
            }
        }
        Ok(None)
    }
}

type TokenRow = (Uuid, Uuid, Vec<u8>, Vec<Uuid>, Uuid);

/// Looks for a person among the files within reach.
///
/// # Errors
/// When no name is given, or the machine fails.
pub async fn search<'tx, M>(
    session: &mut Session<'tx, M>,
    query: &Query,
) -> Result<Pending<'tx, Vec<Hit>>, Refusal> {
    let reach = session.reach().await?;
    let birth = match query.birth {
        Birth::Date(date) => IndexedBirth::Date(date),
        Birth::Year(year) => IndexedBirth::Year(year),
    };
    let index = blind_index(session).map_err(Fault::from)?;
    let token = index
        .token(query.given_name.as_deref(), query.family_name.as_deref(), birth)
        .ok_or_else(|| Refusal::invalid("/family_name", Rule::Missing))?;
    let rows: Vec<TokenRow> = {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        name_token::table
            .filter(name_token::bucket.eq(token.bucket))
            .filter(name_token::file_id.eq_any(within_reach(reach.bounds(Key::take()))))
            .order((name_token::file_id, name_token::person_id))
            .limit(MOST)
            .select((
                name_token::file_id,
                name_token::person_id,
                name_token::token_sealed,
                name_token::name_facts,
                name_token::birth_fact,
            ))
            .load(&mut conn)
            .await?
    };
    let mut candidates = Vec::new();
    let mut waiting = rows.into_iter().peekable();
    while let Some((file, person, sealed, names, birth)) = waiting.next() {
        let mut tokens = vec![(sealed, names, birth)];
        while let Some((.., sealed, names, birth)) =
            waiting.next_if(|next| (next.0, next.1) == (file, person))
        {
            tokens.push((sealed, names, birth));
        }
        let id = FileId::from_uuid(file);
        if let Some(rows) = situation::load(session, id).await? {
            let scope = rows.scope(Owner::Shared)?;
            let candidate = Candidate { rows, person, full: token.full, tokens };
            let held = Some((candidate, Scope::File(Box::new(scope))));
            candidates.push(seal(Key::take(), session.tx(Key::take()), id, held));
        }
    }
    let hits: Result<_, Stop> = session.sift(candidates);
    Ok(hits?)
}
