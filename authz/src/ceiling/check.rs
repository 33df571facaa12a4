//! Our own reading of the policy, before casbin sees it: a row of wrong arity or with an unknown word
//! would load without complaint and decide wrongly.

use std::str::FromStr;

use crate::vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, SubjectRole};

/// Why a policy is not sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CeilingError {
    /// A row that is not `p` and seven columns.
    #[error("policy row {0} does not have the eight columns of a rule")]
    Arity(usize),
    /// A word that belongs to no set.
    #[error("policy row {row} has an unknown {column}")]
    Word {
        /// From 1.
        row: usize,
        /// Which column.
        column: &'static str,
    },
    /// No row at all: an empty policy can allow anything.
    #[error("the policy is empty")]
    Empty,
    /// The engine does not hold what was given to it.
    #[error("the policy engine does not hold the policy it was given")]
    NotHeld,
    /// The engine allows what it does not know.
    #[error("the policy allows what it does not know")]
    AllowsUnknown,
    /// The engine failed.
    #[error("the policy engine failed")]
    Engine,
}

/// One rule, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The columns as they stand, without the leading `p`.
    pub columns: [String; 7],
}

/// Reads every row, or says which is wrong.
pub(super) fn rows(rules: &str) -> Result<Vec<Row>, CeilingError> {
    let mut rows = Vec::new();
    for (n, line) in rules.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row = n + 1;
        let mut columns = line.split(',').map(|column| column.trim().to_owned());
        if columns.next().as_deref() != Some("p") {
            return Err(CeilingError::Arity(row));
        }
        let columns: Vec<String> = columns.collect();
        let columns: [String; 7] = columns.try_into().map_err(|_| CeilingError::Arity(row))?;
        let [role, kind, category, subject, purpose, basis, effect] = &columns;
        words::<Role>(role, "role:").ok_or(CeilingError::Word { row, column: "role" })?;
        words::<AgencyKind>(kind, "kind:").ok_or(CeilingError::Word { row, column: "kind" })?;
        words::<Category>(category, "").ok_or(CeilingError::Word { row, column: "category" })?;
        words::<SubjectRole>(subject, "").ok_or(CeilingError::Word { row, column: "subject" })?;
        words::<Purpose>(purpose, "").ok_or(CeilingError::Word { row, column: "purpose" })?;
        words::<BasisKind>(basis, "").ok_or(CeilingError::Word { row, column: "basis" })?;
        if effect != "allow" && effect != "deny" {
            return Err(CeilingError::Word { row, column: "effect" });
        }
        rows.push(Row { columns });
    }
    if rows.is_empty() { Err(CeilingError::Empty) } else { Ok(rows) }
}

/// `*`, or known words between bars.
fn words<W: FromStr>(column: &str, prefix: &str) -> Option<()> {
    if column == "*" {
        return Some(());
    }
    column.split('|').try_for_each(|word| word.strip_prefix(prefix)?.parse::<W>().ok().map(drop))
}

/// Does the set in a rule name one of the words asked for? Both are words between bars.
pub(super) fn has(set: &str, asked: &str) -> bool {
    if set.is_empty() || asked.is_empty() {
        return false;
    }
    set == "*" || asked.split('|').any(|word| set.split('|').any(|named| named == word))
}
