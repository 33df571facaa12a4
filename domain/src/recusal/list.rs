//! Who is recused: the coordinator sees it.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{FileId, HumanId},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    file::situation,
    schema::{account, recusal, recusal_attempt},
};

/// The recusals of a file, as found.
pub struct Recusals {
    people: Vec<(Uuid, DateTime<Utc>, String)>,
    attempts: Vec<(Uuid, NaiveDate)>,
}

/// Who is recused.
#[derive(Serialize, ToSchema)]
pub struct RecusalsView {
    /// In the order they were recused.
    pub items: Vec<RecusalView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One recused person.
#[derive(Serialize, ToSchema)]
pub struct RecusalView {
    /// The human being, across all accounts.
    #[schema(value_type = Uuid)]
    pub human: HumanId,
    /// Name.
    pub name: String,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Local days on which she tried to open the file all the same.
    pub attempted_on: Vec<NaiveDate>,
}

impl Resource for Recusals {
    const KIND: &'static str = "recusals";
    const READ: &'static str = "recusal.list";
    const DOOR: Door = Door::Recusals;
    type Id = FileId;
}

impl Disclose for Recusals {
    type View = RecusalsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<RecusalsView, Fault> {
        let Self { people, attempts } = self;
        let days =
            |human: Uuid| attempts.iter().filter(|(who, _)| *who == human).map(|(_, day)| *day).collect();
        let view = |(human, at, name): (Uuid, DateTime<Utc>, String)| RecusalView {
            human: HumanId::from_uuid(human),
            name,
            at,
            attempted_on: days(human),
        };
        Ok(RecusalsView { items: people.into_iter().map(view).collect(), next: None })
    }
}

/// The recusals of the file under this id.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
) -> Result<Sealed<'tx, Recusals>, Stop> {
    let rows = situation::load(session, file).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let mut names: Vec<(Uuid, DateTime<Utc>, String)> = recusal::table
        .inner_join(account::table.on(account::human_id.eq(recusal::human_id)))
        .filter(recusal::file_id.eq(file.uuid()))
        .order((recusal::recused_at, recusal::human_id, account::id))
        .select((recusal::human_id, recusal::recused_at, account::name))
        .load(&mut conn)
        .await?;
    names.dedup_by_key(|name| name.0);
    let attempts: Vec<(Uuid, NaiveDate)> = recusal_attempt::table
        .filter(recusal_attempt::file_id.eq(file.uuid()))
        .order((recusal_attempt::human_id, recusal_attempt::day))
        .select((recusal_attempt::human_id, recusal_attempt::day))
        .load(&mut conn)
        .await?;
    let held = match rows {
        None => None,
        Some(rows) => {
            Some((Recusals { people: names, attempts }, Scope::File(Box::new(rows.scope(Owner::Shared)?))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), file, held))
}
