//! A ceiling that might be: the built-in rules with one of them changed. It is made of rules, never of text, and it
//! is not kept: nothing ever decides by it but a rehearsal.

use std::sync::Arc;

use super::{Ceiling, MODEL, Policy, RULES, Row, check, digest_of};
use crate::{
    ceiling::CeilingError,
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, SubjectRole},
};

/// A rule in types. An empty list is no rule: it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Does it allow, or deny?
    pub allows: bool,
    /// Which roles; none: any.
    pub roles: Option<Vec<Role>>,
    /// Which kinds of agencies; none: any.
    pub kinds: Option<Vec<AgencyKind>>,
    /// Which categories; none: any.
    pub categories: Option<Vec<Category>>,
    /// Of whom; none: of anybody.
    pub subjects: Option<Vec<SubjectRole>>,
    /// For which purposes; none: for any.
    pub purposes: Option<Vec<Purpose>>,
    /// On which bases; none: on any.
    pub bases: Option<Vec<BasisKind>>,
}

/// One change of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A rule more.
    Add(Rule),
    /// Another rule in the place of this one, from 0.
    Replace(usize, Rule),
    /// This rule no more.
    Remove(usize),
}

impl Rule {
    fn line(&self) -> String {
        let effect = if self.allows { "allow" } else { "deny" };
        [
            "p".to_owned(),
            column(self.roles.as_deref(), "role:"),
            column(self.kinds.as_deref(), "kind:"),
            column(self.categories.as_deref(), ""),
            column(self.subjects.as_deref(), ""),
            column(self.purposes.as_deref(), ""),
            column(self.bases.as_deref(), ""),
            effect.to_owned(),
        ]
        .join(", ")
    }
}

fn column<W: std::fmt::Display>(words: Option<&[W]>, prefix: &str) -> String {
    words.map_or_else(
        || "*".to_owned(),
        |words| words.iter().map(|word| format!("{prefix}{word}")).collect::<Vec<_>>().join("|"),
    )
}

/// The rules this program was built with, in their order.
///
/// # Errors
/// When the policy is not sound.
pub fn built_in_rules() -> Result<Vec<Row>, CeilingError> {
    check::rows(RULES)
}

/// The ceiling as it would be after this change. Compiled beside the worker, which goes on answering meanwhile.
///
/// # Errors
/// When there is no such rule, a list is empty, or the policy would not be sound.
pub async fn rehearsed(change: Change) -> Result<Arc<Ceiling>, CeilingError> {
    let work = tokio::task::spawn_blocking(move || {
        let mut lines: Vec<String> =
            RULES.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        match change {
            Change::Add(rule) => lines.push(rule.line()),
            Change::Replace(at, rule) => {
                *lines.get_mut(at).ok_or(CeilingError::Arity(at))? = rule.line();
            }
            Change::Remove(at) if at < lines.len() => drop(lines.remove(at)),
            Change::Remove(at) => return Err(CeilingError::Arity(at)),
        }
        let rules = lines.join("\n");
        let masks = Policy::load(MODEL, &rules)?.compile()?;
        let version: Arc<str> = digest_of(MODEL, &rules).chars().take(16).collect::<String>().into();
        Ok(Arc::new(Ceiling { version, masks }))
    });
    work.await.map_err(|_| CeilingError::Engine)?
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::vocabulary::RoleSet;

    fn sexual_violence_by_disclosure(ceiling: &Ceiling) -> bool {
        ceiling.allows(
            RoleSet::EMPTY.with(Role::Worker),
            AgencyKind::Police,
            Category::SexualViolence,
            SubjectRole::PersonAtRisk,
            Purpose::SafetyPlanning,
            BasisKind::Disclosure,
        )
    }

    #[tokio::test]
    async fn a_change_moves_what_it_says_and_the_ceiling_that_decides_stays_as_it_is() {
        let last = built_in_rules().unwrap().len() - 1;
        let opened = rehearsed(Change::Remove(last)).await.unwrap();
        assert!(sexual_violence_by_disclosure(&opened));
        let now = Ceiling::built_in().unwrap();
        assert!(!sexual_violence_by_disclosure(&now));
        assert_ne!(opened.version(), now.version());
    }

    #[tokio::test]
    async fn a_rule_that_names_nobody_and_a_rule_that_is_not_there_are_refused() {
        let nobody = Rule {
            allows: true,
            roles: Some(Vec::new()),
            kinds: None,
            categories: None,
            subjects: None,
            purposes: None,
            bases: None,
        };
        let added = rehearsed(Change::Add(nobody)).await;
        assert!(matches!(added, Err(CeilingError::Word { column: "role", .. })));
        assert!(rehearsed(Change::Remove(99)).await.is_err());
    }
}
