//! What stands out in the access log: a few rules, each said in a sentence, over a period. A rule accuses nobody: it
//! says where to look. Never a value.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, UserId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Nullable, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::closed::closed;

closed! {
    /// What made something stand out.
    AnomalyRule {
        /// Three times or more, the same person asked for files that do not exist for her.
        UnknownFiles = 0 "unknown_files",
        /// A person who is recused on a file tried to open it.
        Recused = 1 "recused",
        /// The same person opened more than twenty files within one hour of the clock.
        ManyFiles = 2 "many_files",
        /// Something was shown between 23:00 and 5:00 in Québec, of a file for which no cell was at work.
        Night = 3 "night",
        /// A cell was triggered in urgency, before its committee met.
        Emergency = 4 "emergency",
    }
}

/// The rows of the reader's reach in the period: the cells she audits, or the people of the agency whose privacy she
/// answers for. Of a file on which she is recused she learns nothing here either.
///
/// Both sides are bounded by an index that begins with cell or agency and continues with the time.
const WITHIN: &str = "from access_event e where e.recorded_at >= $3 and e.recorded_at < $4
  and (e.cell = any($1) or e.agency = $2) and e.actor is not null
  and not exists (select from recusal own where own.file_id = e.file and own.human_id = $5)";

/// Is the person who acts recused on the file?
const RECUSED: &str = "exists (select from recusal r join account a on a.human_id = r.human_id
  where a.id = e.actor and r.file_id = e.file and r.recused_at <= e.occurred_at)";

/// Most lines of one rule.
const MOST: i64 = 200;

impl AnomalyRule {
    /// Its statement: who, for which agency, how often, when last.
    fn statement(self) -> String {
        let grouped = |when: String, having: &str| {
            format!(
                "select e.actor, e.agency, count(*) as times, max(e.occurred_at) as last_at {WITHIN} and {when}
                 group by e.actor, e.agency having count(*) >= {having}
                 order by times desc, e.actor, e.agency limit {MOST}"
            )
        };
        match self {
            Self::UnknownFiles => grouped(
                format!(
                    "e.decision = 1 and (e.file is not null or e.object_kind = 'file') and not {RECUSED}"
                ),
                "3",
            ),
            Self::Recused => grouped(format!("e.decision = 1 and e.file is not null and {RECUSED}"), "1"),
            Self::ManyFiles => format!(
                "select actor, agency, max(files) as times, max(last_at) as last_at from (
                   select e.actor, e.agency, count(distinct e.file) as files, max(e.occurred_at) as last_at
                   {WITHIN} and e.decision = 0 and e.act = 'file.read'
                   group by e.actor, e.agency, date_trunc('hour', e.occurred_at)
                   having count(distinct e.file) > 20
                 ) hours group by actor, agency order by times desc, actor, agency limit {MOST}"
            ),
            Self::Night => grouped(
                "e.decision = 0 and e.file is not null and e.disclosed <> '[]'
                 and (extract(hour from e.occurred_at at time zone 'America/Toronto') >= 23
                   or extract(hour from e.occurred_at at time zone 'America/Toronto') < 5)
                 and not exists (select from mobilisation m where m.file_id = e.file
                   and m.triggered_at <= e.occurred_at
                   and (m.closed_at is null or m.closed_at > e.occurred_at))"
                    .to_owned(),
                "1",
            ),
            Self::Emergency => grouped(
                "e.decision = 0 and e.act = 'mobilisation.decide'
                 and exists (select from mobilisation m where m.id = e.object and m.urgent)"
                    .to_owned(),
                "1",
            ),
        }
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    actor: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    agency: Option<Uuid>,
    #[diesel(sql_type = BigInt)]
    times: i64,
    #[diesel(sql_type = Timestamptz)]
    last_at: DateTime<Utc>,
}

struct Anomalies(Vec<(AnomalyRule, Row)>);

/// Something that stands out.
#[derive(Serialize, ToSchema)]
pub struct AnomalyView {
    /// By which rule.
    pub rule: AnomalyRule,
    /// Whose account.
    #[schema(value_type = Uuid)]
    pub actor: UserId,
    /// For which agency.
    #[schema(value_type = Option<Uuid>)]
    pub agency: Option<AgencyId>,
    /// How many times; of `many_files`, the most files within one hour.
    pub times: i64,
    /// When last.
    pub last_at: DateTime<Utc>,
}

impl Resource for Anomalies {
    const KIND: &'static str = "access_log";
    const READ: &'static str = "access_log.anomalies";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl Disclose for Anomalies {
    type View = Vec<AnomalyView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<AnomalyView>, Fault> {
        let view = |(rule, row): (AnomalyRule, Row)| AnomalyView {
            rule,
            actor: UserId::from_uuid(row.actor),
            agency: row.agency.map(AgencyId::from_uuid),
            times: row.times,
            last_at: row.last_at,
        };
        Ok(self.0.into_iter().map(view).collect())
    }
}

/// What stands out of what was recorded from an instant on and before another, rule by rule, the most frequent first:
/// an auditor's cells, a privacy officer's agency.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_anomalies<'tx, M>(
    session: &mut Session<'tx, M>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Sealed<'tx, impl Disclose<View = Vec<AnomalyView>> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let audited: Vec<Uuid> = who.cells_as(&[Role::Auditor]).iter().map(|cell| cell.uuid()).collect();
    let officer = who.roles_anywhere().has(Role::PrivacyOfficer);
    let agency = officer.then(|| who.agency().uuid());
    let mut found = Vec::new();
    for rule in AnomalyRule::ALL {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        let rows: Vec<Row> = sql_query(rule.statement())
            .bind::<Array<SqlUuid>, _>(&audited)
            .bind::<Nullable<SqlUuid>, _>(agency)
            .bind::<Timestamptz, _>(from)
            .bind::<Timestamptz, _>(to)
            .bind::<SqlUuid, _>(who.human().uuid())
            .load(&mut conn)
            .await?;
        found.extend(rows.into_iter().map(|row| (*rule, row)));
    }
    let held = Some((Anomalies(found), Scope::Room(Room::Log)));
    Ok(seal(Key::take(), session.tx(Key::take()), Uuid::nil(), held))
}
