//! Whose rows of the log show: an auditor's those of her cells; a privacy officer's those of the own agency's
//! people and every reading of its facts. Of a file on which somebody is recused, nothing shows to her.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::{
    desk::Session,
    fault::Stop,
    id::{AgencyId, CellId},
    schema::recusal,
    vocabulary::Role,
};

/// Who reads the log.
pub(super) struct Reader {
    pub(super) audited: Vec<CellId>,
    pub(super) agency: AgencyId,
    pub(super) officer: bool,
    pub(super) recused: Vec<Uuid>,
}

/// What of a row decides whose it is.
pub(super) struct Whose<'r> {
    pub(super) cell: Option<Uuid>,
    pub(super) agency: Option<Uuid>,
    pub(super) file: Option<Uuid>,
    pub(super) disclosed: &'r Json,
}

impl Reader {
    /// The caller.
    pub(super) async fn of<M>(session: &mut Session<'_, M>) -> Result<Self, Stop> {
        let standing = session.identify().await?;
        let human = standing.human();
        let (audited, agency) = (standing.cells_as(&[Role::Auditor]), standing.agency());
        let officer = standing.roles_anywhere().has(Role::PrivacyOfficer);
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        let recused = recusal::table
            .filter(recusal::human_id.eq(human.uuid()))
            .select(recusal::file_id)
            .load(&mut conn)
            .await?;
        Ok(Self { audited, agency, officer, recused })
    }

    /// Does this row show?
    pub(super) fn sees(&self, row: &Whose<'_>) -> bool {
        let audited = row.cell.is_some_and(|cell| self.audited.contains(&CellId::from_uuid(cell)));
        let recused = row.file.is_some_and(|file| self.recused.contains(&file));
        !recused && (audited || (self.officer && row.is_of(self.agency)))
    }
}

impl Whose<'_> {
    /// An act of the agency's people, or a reading of its facts.
    pub(super) fn is_of(&self, agency: AgencyId) -> bool {
        let of_facts = self
            .disclosed
            .as_array()
            .is_some_and(|parts| parts.iter().any(|part| part["source"] == json!(agency)));
        self.agency == Some(agency.uuid()) || of_facts
    }
}
