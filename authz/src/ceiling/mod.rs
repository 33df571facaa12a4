//! The ceiling: the coarse table no consent and no act can open further, held by casbin and compiled.
//!
//! Eight set-valued rows in `policy/rules.csv`, reviewed like code. A fresh enforcer is loaded and
//! checked, asked once for each class of values that no row tells apart, and its answers are kept as a
//! table of bits: a request costs a look-up. What moves — consent, time, circle, conflict, vault — is
//! not here.

mod check;
mod compile;
mod print;
mod rehearsed;

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

pub use check::{CeilingError, Row};
pub use compile::Policy;
pub use print::table_markdown;
pub use rehearsed::{Change, Rule, built_in_rules, rehearsed};

use crate::vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, RoleSet, SubjectRole};

const MODEL: &str = include_str!("../../policy/model.conf");
const RULES: &str = include_str!("../../policy/rules.csv");

/// Tables already compiled in this process, by the digest of their text.
static COMPILED: LazyLock<Mutex<HashMap<String, Arc<Ceiling>>>> = LazyLock::new(Mutex::default);

/// The compiled table.
#[derive(Debug, PartialEq, Eq)]
pub struct Ceiling {
    version: Arc<str>,
    masks: Vec<u16>,
}

impl Ceiling {
    /// The ceiling this program was built with.
    ///
    /// # Errors
    /// When the policy is not sound: then nothing may be decided.
    pub fn built_in() -> Result<Arc<Self>, CeilingError> {
        Self::from_text(MODEL, RULES)
    }

    /// Compiles a policy, or finds it compiled.
    ///
    /// # Errors
    /// When the policy is not sound.
    pub fn from_text(model: &str, rules: &str) -> Result<Arc<Self>, CeilingError> {
        let digest = digest_of(model, rules);
        let known = COMPILED.lock().unwrap_or_else(PoisonError::into_inner).get(&digest).map(Arc::clone);
        if let Some(known) = known {
            return Ok(known);
        }
        let policy = Policy::load(model, rules)?;
        let masks = policy.compile()?;
        let version: Arc<str> = digest.chars().take(16).collect::<String>().into();
        let ceiling = Arc::new(Self { version, masks });
        COMPILED.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, Arc::clone(&ceiling));
        Ok(ceiling)
    }

    /// What a holder of these roles may be shown, as a set of categories (bit = index). A role may do
    /// what those it inherits may; a denial that hits one role does not reach the others.
    #[must_use]
    pub fn mask(
        &self,
        roles: RoleSet,
        kind: AgencyKind,
        subject: SubjectRole,
        purpose: Purpose,
        basis: BasisKind,
    ) -> u16 {
        roles.iter().fold(0, |mask, role| {
            mask | self.masks.get(place(role, kind, subject, purpose, basis)).copied().unwrap_or(0)
        })
    }

    /// The same for one category.
    #[must_use]
    pub fn allows(
        &self,
        roles: RoleSet,
        kind: AgencyKind,
        category: Category,
        subject: SubjectRole,
        purpose: Purpose,
        basis: BasisKind,
    ) -> bool {
        self.mask(roles, kind, subject, purpose, basis) & (1 << category.index()) != 0
    }

    /// The policy's version: the head of the digest of its text.
    #[must_use]
    pub fn version(&self) -> Arc<str> {
        Arc::clone(&self.version)
    }
}

fn place(role: Role, kind: AgencyKind, subject: SubjectRole, purpose: Purpose, basis: BasisKind) -> usize {
    let mut place = role.index();
    place = place * AgencyKind::ALL.len() + kind.index();
    place = place * SubjectRole::ALL.len() + subject.index();
    place = place * Purpose::ALL.len() + purpose.index();
    place * BasisKind::ALL.len() + basis.index()
}

fn digest_of(model: &str, rules: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(model.as_bytes());
    hash.update([0]);
    hash.update(rules.as_bytes());
    data_encoding::HEXLOWER.encode(&hash.finalize())
}
