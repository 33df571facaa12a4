//! The same rows read by the same means, and nothing else: no account, no gate, no keys, no log, no
//! transaction. What the house is compared with.

use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::BASE64;
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, Queryable};
use diesel_async::{
    AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool},
};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::tables::*;

fn coded<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&BASE64.encode(bytes))
}

fn coded_if<S: Serializer>(bytes: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
    bytes.as_ref().map(|bytes| BASE64.encode(bytes)).serialize(to)
}

type At = DateTime<Utc>;

#[derive(Queryable, Serialize)]
struct Head {
    id: Uuid,
    cell_id: Uuid,
    reference: String,
    status: i16,
    opened_by: Uuid,
    sunset_at: Option<At>,
    cell_key: String,
    cell_name: String,
}
#[derive(Queryable, Serialize)]
struct Member {
    agency_id: Uuid,
    from_at: At,
    until_at: Option<At>,
}
#[derive(Queryable, Serialize)]
struct Agency {
    id: Uuid,
    key: String,
    name: String,
    kind: i16,
}
#[derive(Queryable, Serialize)]
struct Person {
    id: Uuid,
    role: i16,
    #[serde(serialize_with = "coded_if")]
    birth_sealed: Option<Vec<u8>>,
    vault: Option<Vec<Uuid>>,
    source_id: Uuid,
}
#[derive(Queryable, Serialize)]
struct Fact {
    id: Uuid,
    person_id: Uuid,
    field: i16,
    source_id: Uuid,
    recorded_at: At,
    #[serde(serialize_with = "coded")]
    value_sealed: Vec<u8>,
    vault: Option<Vec<Uuid>>,
    supersedes: Option<Uuid>,
    retracted_at: Option<At>,
}
#[derive(Queryable, Serialize)]
struct Consent {
    id: Uuid,
    subject_id: Uuid,
    grantor: i16,
    grantor_person: Option<Uuid>,
    given_at: At,
    valid_from: At,
    valid_until: Option<At>,
    withdrawn_at: Option<At>,
    form: i16,
    language: String,
    interpreter: bool,
    #[serde(serialize_with = "coded_if")]
    words_sealed: Option<Vec<u8>>,
    recorded_agency: Uuid,
    recorded_at: At,
}
#[derive(Queryable, Serialize)]
struct Provision {
    consent_id: Uuid,
    effect: i16,
    recipients: Vec<Uuid>,
    to_circle: bool,
    categories: i32,
    purposes: i32,
    sources: Vec<Uuid>,
    any_source: bool,
}
#[derive(Queryable, Serialize)]
struct Disclosure {
    id: Uuid,
    source_id: Uuid,
    made_by: Uuid,
    made_at: At,
    basis_code: String,
    basis_version: Option<NaiveDate>,
    expires: i16,
    until_at: At,
    revoked_at: Option<At>,
    recipient_agencies: Vec<Uuid>,
    recipient_capacities: Vec<i16>,
    item_facts: Vec<Uuid>,
    item_subjects: Vec<Uuid>,
    item_categories: Vec<i16>,
    attested: Vec<String>,
    renews: Option<Uuid>,
    #[serde(serialize_with = "coded_if")]
    record_sealed: Option<Vec<u8>>,
    record_completed_at: Option<At>,
    item_documents: Vec<Uuid>,
    meeting_id: Option<Uuid>,
    channel: i16,
}
#[derive(Queryable, Serialize)]
struct Document {
    id: Uuid,
    person_id: Uuid,
    kind: i16,
    category: i16,
    source_id: Uuid,
    recorded_at: At,
    vault: Option<Vec<Uuid>>,
    supersedes: Option<Uuid>,
    retracted_at: Option<At>,
}
#[derive(Queryable, Serialize)]
struct Merger {
    file_id: Uuid,
    into_id: Uuid,
    agency_id: Uuid,
    from_at: At,
    until_at: Option<At>,
}
#[derive(Serialize)]
struct Whole {
    head: Option<Head>,
    circle: Vec<Member>,
    agencies: Vec<Agency>,
    persons: Vec<Person>,
    recused: Vec<(Uuid, At)>,
    facts: Vec<Fact>,
    consents: Vec<Consent>,
    provisions: Vec<Provision>,
    disclosures: Vec<Disclosure>,
    documents: Vec<Document>,
    mergers: Vec<Merger>,
}

async fn read(pool: web::Data<Pool<AsyncPgConnection>>, id: web::Path<Uuid>) -> HttpResponse {
    let id = id.into_inner();
    let lease = pool.get().await.expect("a connection");
    let conn: &AsyncPgConnection = &lease;
    let mut c = (conn, conn, conn, conn, conn, conn, conn, conn, conn);
    let mut d = (conn, conn);
    let (
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
    ) = futures_util::try_join!(
        async {
            risk_file::table
                .inner_join(cell::table)
                .filter(risk_file::id.eq(id))
                .select((
                    risk_file::id,
                    risk_file::cell_id,
                    risk_file::reference,
                    risk_file::status,
                    risk_file::opened_by,
                    risk_file::sunset_at,
                    cell::key,
                    cell::name,
                ))
                .first::<Head>(&mut c.0)
                .await
                .optional()
        },
        circle::table
            .filter(circle::file_id.eq(id))
            .order((circle::from_at, circle::agency_id))
            .select((circle::agency_id, circle::from_at, circle::until_at))
            .load::<Member>(&mut c.1),
        agency::table
            .filter(
                agency::id
                    .eq_any(circle::table.filter(circle::file_id.eq(id)).select(circle::agency_id))
                    .or(agency::id.eq_any(fact::table.filter(fact::file_id.eq(id)).select(fact::source_id)))
                    .or(agency::id.eq_any(
                        document::table.filter(document::file_id.eq(id)).select(document::source_id)
                    )),
            )
            .load::<Agency>(&mut c.2),
        person::table
            .filter(person::file_id.eq(id))
            .order(person::id)
            .select((person::id, person::role, person::birth_sealed, person::vault, person::source_id))
            .load::<Person>(&mut c.3),
        recusal::table
            .filter(recusal::file_id.eq(id))
            .order((recusal::recused_at, recusal::human_id))
            .select((recusal::human_id, recusal::recused_at))
            .load::<(Uuid, At)>(&mut c.4),
        fact::table
            .filter(fact::file_id.eq(id))
            .select((
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
            .load::<Fact>(&mut c.5),
        consent::table
            .filter(consent::file_id.eq(id))
            .order(consent::id)
            .select((
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
            .load::<Consent>(&mut c.6),
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
            .load::<Provision>(&mut c.7),
        disclosure::table
            .filter(disclosure::file_id.eq(id))
            .order(disclosure::id)
            .select((
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
            .load::<Disclosure>(&mut c.8),
        document::table
            .filter(document::file_id.eq(id))
            .order(document::id)
            .select((
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
            .load::<Document>(&mut d.0),
        file_merger::table
            .inner_join(
                circle::table.on(circle::file_id
                    .eq(file_merger::into_id)
                    .or(circle::file_id.eq(file_merger::file_id))),
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
            .load::<Merger>(&mut d.1),
    )
    .expect("the database answers");
    HttpResponse::Ok().json(Whole {
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
    })
}

/// Serves until killed: two workers, a pool of six each, like the house.
pub fn serve(database: &str, address: &str) {
    let database = database.to_owned();
    let server = move || {
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(|url| {
            Box::pin(async move {
                let mut conn = AsyncPgConnection::establish(url).await?;
                conn.batch_execute(&authz::desk::connection_settings(None))
                    .await
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(conn)
            })
        });
        let manager = AsyncDieselConnectionManager::new_with_config(&database, config);
        let pool: Pool<AsyncPgConnection> = Pool::builder(manager).max_size(6).build().expect("a pool");
        App::new().app_data(web::Data::new(pool)).route("/files/{id}", web::get().to(read))
    };
    actix_web::rt::System::new()
        .block_on(async {
            HttpServer::new(server).workers(2).bind(address).expect("the address").run().await
        })
        .expect("the server ends well");
}
