//! An agency's own register of disclosures, for its privacy officer and its respondents.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, FileId},
    keys::{FileKey, KeyError},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    list::{DisclosureView, RecordView, act_view},
    record::DUE,
    record_place,
};
use crate::{
    file::rows::DisclosureRow,
    schema::{disclosure, recusal},
};

/// A page of a register, as found. Each record is opened under its file's key.
struct Register(Vec<(Uuid, DisclosureRow, Option<FileKey>)>);

/// A page of the register, oldest first.
#[derive(Serialize, ToSchema)]
pub struct RegisterView {
    /// The acts, with their records.
    pub items: Vec<DisclosureView>,
    /// Where the list continues.
    pub next: Option<String>,
}

impl Resource for Register {
    const KIND: &'static str = "register";
    const READ: &'static str = "register.read";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Disclose for Register {
    type View = RegisterView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<RegisterView, Fault> {
        let mut items = Vec::with_capacity(self.0.len());
        for (file, row, key) in self.0 {
            let record = match (&row.record_sealed, key) {
                (Some(sealed), Some(key)) => {
                    let plain = key.open(&record_place(row.id), sealed)?;
                    Some(serde_json::from_slice(&plain).map_err(|_| Fault::Stored)?)
                }
                _ => None,
            };
            let register = RecordView {
                attested: row.attested.clone(),
                record,
                completed_at: row.record_completed_at,
                late: row.record_completed_at.is_some_and(|at| at > row.made_at + DUE),
            };
            items.push(act_view(row, FileId::from_uuid(file), Some(register))?);
        }
        Ok(RegisterView { items, next: None })
    }
}

/// One page of the caller's own agency's register.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find_register<'tx, M>(
    session: &mut Session<'tx, M>,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Sealed<'tx, impl Disclose<View = RegisterView> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let key = Key::take();
    let mut query =
        disclosure::table
            .filter(disclosure::source_id.eq(who.agency().uuid()))
            // Whoever is recused on a file does not meet it in a register either.
            .filter(disclosure::file_id.ne_all(
                recusal::table.filter(recusal::human_id.eq(who.human().uuid())).select(recusal::file_id),
            ))
            .order((disclosure::made_at, disclosure::id))
            .limit(limit)
            .into_boxed();
    if let Some((at, id)) = after {
        query = query
            .filter(disclosure::made_at.gt(at).or(disclosure::made_at.eq(at).and(disclosure::id.gt(id))));
    }
    let rows: Vec<(Uuid, DisclosureRow)> = {
        let mut conn = session.tx(key).conn(key)?;
        query
            .select((
                disclosure::file_id,
                (
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
                ),
            ))
            .load(&mut conn)
            .await?
    };
    let mut held = Vec::with_capacity(rows.len());
    for (file, row) in rows {
        let opened = match session.keys(key).open(FileId::from_uuid(file)) {
            Ok(opened) => Some(opened),
            Err(KeyError::Gone) => None,
            Err(error) => return Err(Fault::from(error).into()),
        };
        held.push((file, row, opened));
    }
    let scope = Scope::Room(Room::Register(who.agency()));
    Ok(seal(key, session.tx(key), who.agency(), Some((Register(held), scope))))
}
