//! Which messages exist for their holder.

use diesel::{
    BoolExpressionMethods, BoxableExpression, ExpressionMethods, JoinOnDsl, NullableExpressionMethods,
    QueryDsl,
    pg::Pg,
    sql_types::{Bool, Nullable},
};
use uuid::Uuid;

use crate::schema::{inbox, mobilisation, recusal};

/// What keeps a message for this human being: it is about nothing, or about what exists for her.
///
/// INVARIANT: no message about a file that the holder is recused on, nor about that file's mobilisation, however old
/// it is. Whatever lists, counts or changes messages asks this.
pub(crate) fn for_human(
    human: Uuid,
) -> Box<dyn BoxableExpression<inbox::table, Pg, SqlType = Nullable<Bool>>> {
    let files = recusal::table.filter(recusal::human_id.eq(human)).select(recusal::file_id.nullable());
    let processes = mobilisation::table
        .inner_join(recusal::table.on(mobilisation::file_id.eq(recusal::file_id.nullable())))
        .filter(recusal::human_id.eq(human))
        .select(mobilisation::id.nullable());
    Box::new(inbox::subject.is_null().or(inbox::subject.ne_all(files).and(inbox::subject.ne_all(processes))))
}
