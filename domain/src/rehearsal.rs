//! Rehearsing a change of the ceiling (*répétition*) before anybody decides on it: who would gain or lose how much,
//! over real files, in counts that name nobody. Nothing is changed and no value is opened.

use std::collections::BTreeMap;

use authz::{
    ceiling::{CeilingError, Change, Rule as PolicyRule, rehearsed},
    desk::{Disclose, Door, Grant, Moved, Owner, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::FileId,
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, SubjectRole},
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{file::situation, law::Only, refusal::Refusal, schema::risk_file, validation::Rule};

/// The most files that a rehearsal looks at: those opened last.
pub const MOST_FILES: i64 = 500;
/// From how many on a count is told, and in which steps: two rehearsals told apart must not tell one file.
const STEP: usize = 5;

/// A change to rehearse: a rule in the place of one, a rule more, or a rule less.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRehearsal {
    /// The place of the rule that changes, from 0; without one, a rule is added.
    #[serde(default)]
    pub row: Option<usize>,
    /// The rule; without one, the rule at `row` is taken away.
    #[serde(default)]
    pub rule: Option<NewRule>,
}

/// A rule of the ceiling. Each list is `*` or words of its set; an empty list is refused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRule {
    /// What it says.
    pub effect: RuleEffect,
    /// Which roles.
    #[schema(value_type = Vec<String>)]
    pub roles: Only<Role>,
    /// Which kinds of agencies.
    #[schema(value_type = Vec<String>)]
    pub kinds: Only<AgencyKind>,
    /// Which categories.
    #[schema(value_type = Vec<String>)]
    pub categories: Only<Category>,
    /// Of whom.
    #[schema(value_type = Vec<String>)]
    pub subjects: Only<SubjectRole>,
    /// For which purposes.
    #[schema(value_type = Vec<String>)]
    pub purposes: Only<Purpose>,
    /// On which bases.
    #[schema(value_type = Vec<String>)]
    pub bases: Only<BasisKind>,
}

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleEffect {
    /// It allows.
    Allow,
    /// It denies, whatever another rule allows.
    Deny,
}

/// A rehearsal, as reckoned.
pub struct Rehearsal(RehearsalView);

/// What would change.
#[derive(Serialize, ToSchema)]
pub struct RehearsalView {
    /// The version of the ceiling that decides.
    pub version: String,
    /// The version that was rehearsed.
    pub rehearsed: String,
    /// At least so many files were looked at, in steps of five; null below five.
    pub files_at_least: Option<usize>,
    /// The most that are looked at: those opened last.
    pub most_files: i64,
    /// Who would gain or lose: whatever the rules alone say could move, in one order, whether or not any file holds it.
    pub moves: Vec<MoveView>,
}

/// Who would gain or lose one category.
#[derive(Serialize, ToSchema)]
pub struct MoveView {
    /// The kind of agency.
    #[schema(value_type = String)]
    pub kind: AgencyKind,
    /// The category.
    #[schema(value_type = String)]
    pub category: Category,
    /// Gained, or lost?
    pub gained: bool,
    /// At least so many pieces of information, each counted once for each agency, in steps of five; null below five.
    pub at_least: Option<usize>,
}

impl Resource for Rehearsal {
    const KIND: &'static str = "policy";
    const READ: &'static str = "policy.rehearsal";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl Disclose for Rehearsal {
    type View = RehearsalView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<RehearsalView, Fault> {
        Ok(self.0)
    }
}

fn sealed<'tx, M>(session: &Session<'tx, M>, view: RehearsalView) -> Sealed<'tx, Rehearsal> {
    let held = Some((Rehearsal(view), Scope::Room(Room::Rehearsal)));
    seal(Key::take(), session.tx(Key::take()), Uuid::nil(), held)
}

/// The room in which rehearsals are held, with nothing in it: for asking whether the caller may enter.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn find_room<'tx, M>(session: &mut Session<'tx, M>) -> Result<Sealed<'tx, Rehearsal>, Stop> {
    session.identify().await?;
    let version = session.ceiling().version().to_string();
    let view = RehearsalView {
        rehearsed: version.clone(),
        version,
        files_at_least: None,
        most_files: MOST_FILES,
        moves: Vec::new(),
    };
    Ok(sealed(session, view))
}

/// Rehearses a change over the files of the cells in which the caller audits or answers for privacy.
///
/// # Errors
/// When the change is none, or the machine fails.
pub async fn rehearse<'tx, M>(
    session: &mut Session<'tx, M>,
    new: NewRehearsal,
) -> Result<Sealed<'tx, Rehearsal>, Refusal> {
    let cells = session.identify().await?.cells_as(&[Role::Auditor, Role::PrivacyOfficer]);
    let then = rehearsed(change(new)?).await.map_err(|error| refused(&error))?;
    let mut counts: BTreeMap<Moved, usize> =
        Moved::possible(session.ceiling(), &then).into_iter().map(|moved| (moved, 0)).collect();
    let cells: Vec<Uuid> = cells.iter().map(|cell| cell.uuid()).collect();
    let files: Vec<Uuid> = {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        risk_file::table
            .filter(risk_file::cell_id.eq_any(cells))
            .order((risk_file::opened_at.desc(), risk_file::id))
            .limit(MOST_FILES)
            .select(risk_file::id)
            .load(&mut conn)
            .await?
    };
    let mut looked_at = 0;
    for file in files {
        let Some(rows) = situation::load(session, FileId::from_uuid(file)).await? else { continue };
        let scope = rows.scope(Owner::Shared)?;
        let mut agencies = Vec::with_capacity(rows.agencies.len());
        for agency in &rows.agencies {
            agencies.push((agency.id, AgencyKind::from_number(agency.kind).map_err(|_| Fault::Stored)?));
        }
        let Some(moved) = session.rehearse(Key::take(), &scope, &agencies, &then)? else { continue };
        looked_at += 1;
        for one in moved {
            *counts.entry(one).or_default() += 1;
        }
    }
    let moves = counts.into_iter().map(|(moved, count)| MoveView {
        kind: moved.kind,
        category: moved.category,
        gained: moved.gained,
        at_least: told(count),
    });
    let view = RehearsalView {
        version: session.ceiling().version().to_string(),
        rehearsed: then.version().to_string(),
        files_at_least: told(looked_at),
        most_files: MOST_FILES,
        moves: moves.collect(),
    };
    Ok(sealed(session, view))
}

/// A count as it may be told.
const fn told(count: usize) -> Option<usize> {
    if count < STEP { None } else { Some(count - count % STEP) }
}

fn change(new: NewRehearsal) -> Result<Change, Refusal> {
    let rule = new.rule.map(|rule| PolicyRule {
        allows: rule.effect == RuleEffect::Allow,
        roles: these(rule.roles),
        kinds: these(rule.kinds),
        categories: these(rule.categories),
        subjects: these(rule.subjects),
        purposes: these(rule.purposes),
        bases: these(rule.bases),
    });
    match (new.row, rule) {
        (None, None) => Err(Refusal::invalid("/rule", Rule::Missing)),
        (None, Some(rule)) => Ok(Change::Add(rule)),
        (Some(row), Some(rule)) => Ok(Change::Replace(row, rule)),
        (Some(row), None) => Ok(Change::Remove(row)),
    }
}

fn these<W>(words: Only<W>) -> Option<Vec<W>> {
    match words {
        Only::Any => None,
        Only::These(words) => Some(words),
    }
}

fn refused(error: &CeilingError) -> Refusal {
    let list = |column: &str| match column {
        "role" => "/rule/roles",
        "kind" => "/rule/kinds",
        "category" => "/rule/categories",
        "subject" => "/rule/subjects",
        "purpose" => "/rule/purposes",
        _ => "/rule/bases",
    };
    match error {
        CeilingError::Arity(_) => Refusal::invalid("/row", Rule::UnknownReference),
        CeilingError::Word { column, .. } => Refusal::invalid(list(column), Rule::EmptyList),
        CeilingError::Empty => Refusal::invalid("/rule", Rule::Missing),
        _ => Fault::Stored.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_below_five_is_not_told_and_others_go_in_steps_of_five() {
        let counts: Vec<_> = [0, 1, 4, 5, 9, 10, 14].into_iter().map(told).collect();
        assert_eq!(counts, [None, None, None, Some(5), Some(5), Some(10), Some(10)]);
    }
}
