//! Who answers for an action, for the job that reminds.

use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::{account, recusal};

/// Who answers for it, unless recused on its file since, or gone.
pub(crate) async fn answers_for(
    mut conn: &AsyncPgConnection,
    owner: Uuid,
    file: Uuid,
) -> QueryResult<Vec<Uuid>> {
    let recused = recusal::table.filter(recusal::file_id.eq(file)).select(recusal::human_id);
    account::table
        .filter(account::id.eq(owner))
        .filter(account::disabled_at.is_null())
        .filter(account::human_id.ne_all(recused))
        .select(account::id)
        .load(&mut conn)
        .await
}
