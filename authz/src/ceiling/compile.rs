//! From rows to bits: casbin is asked, once for each class of values that no row tells apart.

use std::collections::BTreeMap;

use casbin::{CoreApi, DefaultModel, Enforcer, StringAdapter, function_map::OperatorFunction, rhai::Dynamic};

use super::{
    check::{CeilingError, Row, has, rows},
    place,
};
use crate::vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, SubjectRole};

/// A loaded and checked policy, as the engine holds it.
pub struct Policy {
    enforcer: Enforcer,
    rows: Vec<Row>,
}

impl Policy {
    /// Loads a policy into a fresh engine and checks that it holds it, and denies what it does not know.
    ///
    /// # Errors
    /// When the policy is not sound.
    pub fn load(model: &str, rules: &str) -> Result<Self, CeilingError> {
        let rows = rows(rules)?;
        let enforcer = on_own_runtime(enforcer(model.to_owned(), rules.to_owned()))??;
        let held = enforcer.get_model().get_policy("p", "p");
        if held.len() != rows.len() || rows.iter().any(|row| !held.iter().any(|h| h.iter().eq(&row.columns)))
        {
            return Err(CeilingError::NotHeld);
        }
        // casbin cuts a matcher at a `#` and rewrites literals: what it holds must be what stands there.
        let matcher =
            model.lines().find_map(|line| line.strip_prefix("m = ")).ok_or(CeilingError::NotHeld)?;
        let stored =
            enforcer.get_model().get_model().get("m").and_then(|m| m.get("m")).map(|m| m.value.clone());
        if stored.as_deref().map(unescaped).as_deref() != Some(matcher.trim()) || matcher.contains('#') {
            return Err(CeilingError::NotHeld);
        }
        let policy = Self { enforcer, rows };
        let unknown = [
            ["role:nobody", "kind:police", "identity", "child", "safety_planning", "own"],
            ["", "", "", "", "", ""],
            ["role:worker", "kind:police", "identity", "child", "safety_planning", "unheard_of"],
            ["role:worker", "kind:police", "unheard_of", "child", "safety_planning", "consent"],
        ];
        for request in unknown {
            if policy.ask_words(request)? {
                return Err(CeilingError::AllowsUnknown);
            }
        }
        Ok(policy)
    }

    /// The engine's own answer about one held role, asked with the roles it has by inheritance.
    ///
    /// # Errors
    /// When the engine fails; an error means no.
    pub fn ask(
        &self,
        role: Role,
        kind: AgencyKind,
        category: Category,
        subject: SubjectRole,
        purpose: Purpose,
        basis: BasisKind,
    ) -> Result<bool, CeilingError> {
        let (roles, kind) = (asked_roles(role), format!("kind:{kind}"));
        self.ask_words([&roles, &kind, category.wire(), subject.wire(), purpose.wire(), basis.wire()])
    }

    fn ask_words(&self, words: [&str; 6]) -> Result<bool, CeilingError> {
        let [role, kind, category, subject, purpose, basis] = words;
        self.enforcer
            .enforce((role, kind, category, subject, purpose, basis))
            .map_err(|_| CeilingError::Engine)
    }

    /// The whole table, place by place, as sets of categories.
    pub(super) fn compile(&self) -> Result<Vec<u16>, CeilingError> {
        let kinds = self.classes(1, AgencyKind::ALL, |kind| format!("kind:{kind}"));
        let categories = self.classes(2, Category::ALL, |category| category.wire().to_owned());
        let subjects = self.classes(3, SubjectRole::ALL, |subject| subject.wire().to_owned());
        let purposes = self.classes(4, Purpose::ALL, |purpose| purpose.wire().to_owned());
        let bases = self.classes(5, BasisKind::ALL, |basis| basis.wire().to_owned());
        let size = Role::ALL.len() * AgencyKind::ALL.len() * SubjectRole::ALL.len() * Purpose::ALL.len();
        let mut masks = vec![0u16; size * BasisKind::ALL.len()];
        for (role, kind, subject) in product(Role::ALL, &kinds, &subjects) {
            for (purpose, basis, category) in product(&purposes, &bases, &categories) {
                let one = (first(kind)?, first(category)?, first(subject)?, first(purpose)?, first(basis)?);
                if !self.ask(*role, one.0, one.1, one.2, one.3, one.4)? {
                    continue;
                }
                let bits = category.iter().fold(0, |bits, category| bits | 1 << category.index());
                for (kind, subject, purpose) in product(kind, subject, purpose) {
                    for basis in basis {
                        let at = place(*role, *kind, *subject, *purpose, *basis);
                        *masks.get_mut(at).ok_or(CeilingError::NotHeld)? |= bits;
                    }
                }
            }
        }
        Ok(masks)
    }

    /// Groups the values of one column by the rows that name them.
    fn classes<W: Copy>(&self, column: usize, all: &[W], word: impl Fn(W) -> String) -> Vec<Vec<W>> {
        let mut classes: BTreeMap<Vec<bool>, Vec<W>> = BTreeMap::new();
        for value in all {
            let word = word(*value);
            let named =
                self.rows.iter().map(|row| row.columns.get(column).is_some_and(|set| has(set, &word)));
            classes.entry(named.collect()).or_default().push(*value);
        }
        classes.into_values().collect()
    }
}

fn first<W: Copy>(class: &[W]) -> Result<W, CeilingError> {
    class.first().copied().ok_or(CeilingError::NotHeld)
}

fn product<'p, A, B, C>(a: &'p [A], b: &'p [B], c: &'p [C]) -> impl Iterator<Item = (&'p A, &'p B, &'p C)> {
    a.iter().flat_map(move |a| b.iter().flat_map(move |b| c.iter().map(move |c| (a, b, c))))
}

fn asked_roles(role: Role) -> String {
    let words: Vec<String> = role.inherits().iter().map(|role| format!("role:{role}")).collect();
    words.join("|")
}

/// The matcher as it was written: casbin holds `r.x` as `r_x`.
fn unescaped(stored: &str) -> String {
    stored.replace("r_", "r.").replace("p_", "p.")
}

async fn enforcer(model: String, rules: String) -> Result<Enforcer, CeilingError> {
    let model = DefaultModel::from_str(&model).await.map_err(|_| CeilingError::Engine)?;
    let mut enforcer =
        Enforcer::new_raw(model, StringAdapter::new(rules)).await.map_err(|_| CeilingError::Engine)?;
    // Before the rules: a rule must never be matched without the function its matcher names.
    enforcer.add_function("has", OperatorFunction::Arg2(has_dynamic));
    enforcer.load_policy().await.map_err(|_| CeilingError::Engine)?;
    Ok(enforcer)
}

fn has_dynamic(set: Dynamic, asked: Dynamic) -> Dynamic {
    match (set.into_string(), asked.into_string()) {
        (Ok(set), Ok(asked)) => has(&set, &asked).into(),
        _ => false.into(),
    }
}

/// casbin loads asynchronously; its own short-lived thread lets anybody ask for a ceiling.
fn on_own_runtime<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, CeilingError> {
    let thread = std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().build().map(|runtime| runtime.block_on(work))
    });
    thread.join().map_err(|_| CeilingError::Engine)?.map_err(|_| CeilingError::Engine)
}
