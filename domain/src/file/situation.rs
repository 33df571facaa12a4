//! Everything that decides about one file, read in one breath.
//!
//! INVARIANT: this is the one function that builds a [`FileScope`] from stored rows, so that no
//! caller can leave a denial out. The statements are the same whatever the file, the viewer and
//! whether the id names anything.

use authz::{
    desk::{FileScope, Owner, ScopedPerson, Session},
    fault::Stop,
    gate,
    id::{FileId, HumanId},
    vocabulary::SubjectRole,
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::merged::MergerRow;
use super::rows::{
    AgencyRow, CircleRow, ConsentRow, DisclosureRow, DocumentRow, FactRow, HeadRow, PersonRow, ProvisionRow,
};
use crate::schema::{
    agency, cell, circle, consent, disclosure, document, fact, file_merger, person, provision, recusal,
    risk_file,
};

/// The rows of one file.
pub(crate) struct Rows {
    pub head: HeadRow,
    pub circle: Vec<CircleRow>,
    pub agencies: Vec<AgencyRow>,
    pub persons: Vec<PersonRow>,
    pub recused: Vec<(Uuid, DateTime<Utc>)>,
    pub facts: Vec<FactRow>,
    pub documents: Vec<DocumentRow>,
    pub consents: Vec<ConsentRow>,
    pub provisions: Vec<ProvisionRow>,
    pub disclosures: Vec<DisclosureRow>,
    pub mergers: Vec<MergerRow>,
}

/// Reads a file's rows and settles who the caller is; the statements travel together.
pub(crate) async fn load<M>(session: &mut Session<'_, M>, file: FileId) -> Result<Option<Rows>, Stop> {
    Ok(load_beside(session, file, async |_| Ok(())).await?.0)
}

/// The same, with one statement more on the way at the same time.
///
/// # Errors
/// As [`load`].
pub(crate) async fn load_beside<M, T>(
    session: &mut Session<'_, M>,
    file: FileId,
    beside: impl AsyncFnOnce(&Session<'_, M>) -> QueryResult<T>,
) -> Result<(Option<Rows>, T), Stop> {
    let key = Key::take();
    let id = file.uuid();
    let tx = session.tx(key);
    let mut c = (tx.conn(key)?, tx.conn(key)?, tx.conn(key)?, tx.conn(key)?, tx.conn(key)?);
    let mut e = tx.conn(key)?;
    let mut d = (tx.conn(key)?, tx.conn(key)?, tx.conn(key)?, tx.conn(key)?, tx.conn(key)?);
    // The first is polled first: BEGIN is on its way before any statement.
    let (
        (),
        standing,
        head,
        circle,
        agencies,
        persons,
        recused,
        facts,
        consents,
        provisions,
        disclosures,
        documents,
        mergers,
        other,
    ) = futures_util::try_join!(
        tx.begin(),
        session.standing_rows(key),
        async { head_of(id).first::<HeadRow>(&mut c.0).await.optional() },
        circle::table
            .filter(circle::file_id.eq(id))
            .order((circle::from_at, circle::agency_id))
            .select((circle::agency_id, circle::from_at, circle::until_at))
            .load::<CircleRow>(&mut c.1),
        agency::table
            .filter(
                agency::id
                    .eq_any(circle::table.filter(circle::file_id.eq(id)).select(circle::agency_id))
                    .or(agency::id.eq_any(fact::table.filter(fact::file_id.eq(id)).select(fact::source_id)))
                    .or(agency::id.eq_any(
                        document::table.filter(document::file_id.eq(id)).select(document::source_id),
                    )),
            )
            .select((agency::id, agency::key, agency::name, agency::kind))
            .load::<AgencyRow>(&mut c.2),
        person::table
            .filter(person::file_id.eq(id))
            .order(person::id)
            .select((person::id, person::role, person::birth_sealed, person::vault, person::source_id))
            .load::<PersonRow>(&mut c.3),
        recusal::table
            .filter(recusal::file_id.eq(id))
            .order((recusal::recused_at, recusal::human_id))
            .select((recusal::human_id, recusal::recused_at))
            .load::<(Uuid, DateTime<Utc>)>(&mut c.4),
        facts_of(id).load::<FactRow>(&mut d.0),
        consents_of(id).load::<ConsentRow>(&mut d.1),
        provision::table
            .filter(provision::file_id.eq(id))
            .order((provision::consent_id, provision::position))
            .select((
                provision::consent_id,
                provision::effect,
                provision::recipients,
                provision::to_circle,
                provision::categories,
                provision::purposes,
                provision::sources,
                provision::any_source,
            ))
            .load::<ProvisionRow>(&mut d.2),
        disclosures_of(id).load::<DisclosureRow>(&mut d.3),
        documents_of(id).load::<DocumentRow>(&mut d.4),
        mergers_of(id).load::<MergerRow>(&mut e),
        beside(session),
    )?;
    session.settle(&standing)?;
    let rows = head.map(|head| Rows {
        head,
        circle,
        agencies,
        persons,
        recused,
        facts,
        documents,
        consents,
        provisions,
        disclosures,
        mergers,
    });
    Ok((rows, other))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn head_of(id: Uuid) -> _ {
    risk_file::table.inner_join(cell::table).filter(risk_file::id.eq(id)).select((
        risk_file::id,
        risk_file::cell_id,
        risk_file::reference,
        risk_file::status,
        risk_file::opened_by,
        risk_file::sunset_at,
        cell::key,
        cell::name,
    ))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn facts_of(id: Uuid) -> _ {
    fact::table.filter(fact::file_id.eq(id)).select((
        fact::id,
        fact::person_id,
        fact::field,
        fact::source_id,
        fact::recorded_at,
        fact::value_sealed,
        fact::vault,
        fact::supersedes,
        fact::retracted_at,
    ))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn documents_of(id: Uuid) -> _ {
    document::table.filter(document::file_id.eq(id)).order(document::id.asc()).select((
        document::id,
        document::person_id,
        document::kind,
        document::category,
        document::source_id,
        document::recorded_at,
        document::vault,
        document::supersedes,
        document::retracted_at,
    ))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn consents_of(id: Uuid) -> _ {
    consent::table.filter(consent::file_id.eq(id)).order(consent::id.asc()).select((
        consent::id,
        consent::subject_id,
        consent::grantor,
        consent::grantor_person,
        consent::given_at,
        consent::valid_from,
        consent::valid_until,
        consent::withdrawn_at,
        consent::form,
        consent::language,
        consent::interpreter,
        consent::words_sealed,
        consent::recorded_agency,
        consent::recorded_at,
    ))
}

/// The mergers beside a file, with the other file's circle.
#[diesel::dsl::auto_type(no_type_alias)]
fn mergers_of(id: Uuid) -> _ {
    file_merger::table
        .inner_join(
            circle::table
                .on(circle::file_id.eq(file_merger::into_id).or(circle::file_id.eq(file_merger::file_id))),
        )
        .filter(file_merger::file_id.eq(id).or(file_merger::into_id.eq(id)))
        .filter(circle::file_id.ne(id))
        .select((
            file_merger::file_id,
            file_merger::into_id,
            circle::agency_id,
            circle::from_at,
            circle::until_at,
        ))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn disclosures_of(id: Uuid) -> _ {
    disclosure::table.filter(disclosure::file_id.eq(id)).order(disclosure::id.asc()).select((
        disclosure::id,
        disclosure::source_id,
        disclosure::made_by,
        disclosure::made_at,
        disclosure::basis_code,
        disclosure::basis_version,
        disclosure::expires,
        disclosure::until_at,
        disclosure::revoked_at,
        disclosure::recipient_agencies,
        disclosure::recipient_capacities,
        disclosure::item_facts,
        disclosure::item_subjects,
        disclosure::item_categories,
        disclosure::attested,
        disclosure::renews,
        disclosure::record_sealed,
        disclosure::record_completed_at,
        disclosure::item_documents,
        disclosure::meeting_id,
        disclosure::channel,
    ))
}

impl Rows {
    /// What the gate decides on, whole.
    pub fn scope(&self, owner: Owner) -> Result<FileScope, Stop> {
        let circle = self.circle.iter().map(|row| gate::CircleRow {
            agency: row.agency_id,
            from: row.from_at,
            until: row.until_at,
        });
        let persons = self.persons.iter().map(|row| {
            Ok(ScopedPerson {
                id: row.id,
                role: SubjectRole::from_number(row.role)?,
                birth_sealed: row.birth_sealed.clone(),
                vault: row.vault.clone(),
            })
        });
        // A retracted fact was never about this person: it neither shows nor opens the file to its source.
        let facts = self.facts.iter().filter(|row| row.retracted_at.is_none()).map(FactRow::label);
        let documents =
            self.documents.iter().filter(|row| row.retracted_at.is_none()).map(DocumentRow::label);
        Ok(FileScope {
            file: self.head.file(),
            cell: self.head.cell(),
            circle: circle.collect(),
            recused: self.recused.iter().map(|(human, _)| HumanId::from_uuid(*human)).collect(),
            sunset_at: self.head.sunset_at,
            persons: persons.collect::<Result<_, Stop>>()?,
            facts: facts.chain(documents).collect::<Result<_, _>>()?,
            consents: self.consents.iter().map(|row| self.consent(row)).collect::<Result<_, _>>()?,
            acts: self.disclosures.iter().map(act).collect::<Result<_, _>>()?,
            owner,
        })
    }

    fn consent(&self, row: &ConsentRow) -> Result<gate::Consent<Uuid>, Stop> {
        let provisions =
            self.provisions.iter().filter(|provision| provision.consent_id == row.id).map(|provision| {
                Ok(gate::Provision {
                    effect: provision.effect()?,
                    recipients: provision.recipients.clone(),
                    to_circle: provision.to_circle,
                    categories: provision.categories(),
                    purposes: provision.purposes(),
                    sources: provision.sources(),
                })
            });
        Ok(gate::Consent {
            id: row.id,
            subject: row.subject_id,
            recorded_by: row.recorded_agency,
            grantor: row.grantor()?,
            grantor_person: row.grantor_person,
            given_at: row.given_at,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            withdrawn_at: row.withdrawn_at,
            provisions: provisions.collect::<Result<_, Stop>>()?,
        })
    }
}

fn act(row: &DisclosureRow) -> Result<gate::Act<Uuid>, Stop> {
    let facts = row.item_facts.iter().chain(&row.item_documents).map(|id| gate::Item::Fact(*id));
    let agreed =
        row.agreed()?.into_iter().map(|(subject, category)| gate::Item::Agreed { subject, category });
    Ok(gate::Act {
        id: row.id,
        source: row.source_id,
        at: row.made_at,
        until: row.until_at,
        revoked_at: row.revoked_at,
        expires: row.expires()?,
        recipients: row.recipient_agencies.clone(),
        items: facts.chain(agreed).collect(),
    })
}
