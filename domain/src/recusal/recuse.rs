//! Recusing oneself, or somebody else.

use authz::{
    acts::{RecuseOther, RecuseSelf},
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{FileId, UserId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    file::{
        lookup::{cell_of, tell_accounts},
        merged::together,
        view::RiskFile,
    },
    inbox::{
        MessageKind,
        recipients::{At, told_of_recusal},
    },
    refusal::Refusal,
    schema::{account, recusal},
    validation::Rule,
};

/// A recusal that was recorded.
#[derive(Serialize, ToSchema)]
pub struct Recused {
    /// The account it was asked for.
    #[schema(value_type = Uuid)]
    pub user: UserId,
    /// From when.
    pub at: DateTime<Utc>,
}

impl Answer for Recused {
    const STATUS: u16 = 201;
}

/// Recuses the caller.
///
/// # Errors
/// When the database fails.
pub async fn recuse_self<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RecuseSelf, RiskFile>,
) -> Result<(Spent<'tx, RecuseSelf>, Recused), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let user = session.standing()?.user();
    Ok((spent, write(session, file, user).await?))
}

/// Recuses somebody else.
///
/// # Errors
/// When the account is unknown, or the database fails.
pub async fn recuse_other<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RecuseOther, RiskFile>,
    user: UserId,
) -> Result<(Spent<'tx, RecuseOther>, Recused), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    Ok((spent, write(session, file, user).await?))
}

async fn write(session: &Session<'_, Acting>, file: FileId, user: UserId) -> Result<Recused, Refusal> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let human: Option<Uuid> = account::table
        .filter(account::id.eq(user.uuid()))
        .select(account::human_id)
        .first(&mut conn)
        .await
        .optional()?;
    let human = human.ok_or_else(|| Refusal::invalid("/user", Rule::UnknownReference))?;
    for other in together(session, file).await? {
        insert_into(recusal::table)
            .values((
                recusal::file_id.eq(other),
                recusal::human_id.eq(human),
                recusal::recused_by.eq(session.standing()?.user().uuid()),
                recusal::recused_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(&mut conn)
            .await?;
    }
    // Whoever is recused must not be told of anything here again.
    let at = At { cell: cell_of(session, file).await?, file: Some(file.uuid()), now };
    let told = told_of_recusal(conn, at, human).await?;
    tell_accounts(session, &told, MessageKind::Recusal, file).await?;
    Ok(Recused { user, at: now })
}
