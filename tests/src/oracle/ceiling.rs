//! The default ceiling, copied out by hand from the rules, row by row.
//!
//! Nothing here is derived from the policy file that casbin loads: the two are compared, so they must not share.

/// One row: who may, or may never, see what for what, on which basis.
struct Row {
    allow: bool,
    roles: &'static [&'static str],
    kinds: &'static [&'static str],
    categories: &'static [&'static str],
    subjects: &'static [&'static str],
    purposes: &'static [&'static str],
    bases: &'static [&'static str],
}

/// The sixteen categories, in the order of the vocabulary.
pub const CATEGORIES: &[&str] = &[
    "identity",
    "safe_contact",
    "location",
    "household",
    "violence_history",
    "risk_appraisal",
    "weapons",
    "criminal_justice",
    "physical_health",
    "mental_health",
    "substance_use",
    "sexual_violence",
    "child_protection",
    "services",
    "safety_plan",
    "notes",
];

/// The five roles a person may have in a file.
pub const SUBJECT_ROLES: &[&str] =
    &["person_at_risk", "child", "relative", "new_partner", "alleged_aggressor"];

/// The eleven kinds of agency.
pub const AGENCY_KINDS: &[&str] = &[
    "police",
    "health",
    "shelter",
    "victim_services",
    "sexual_assault_centre",
    "perpetrator_services",
    "child_protection",
    "prosecution",
    "corrections",
    "community",
    "coordination",
];

/// The eight roles of a viewer.
pub const ROLES: &[&str] =
    &["worker", "respondent", "committee", "coordinator", "reviewer", "privacy_officer", "auditor", "admin"];

/// The four purposes of a read.
pub const PURPOSES: &[&str] = &["risk_appraisal", "safety_planning", "service_delivery", "case_review"];

/// The three bases of a disclosure.
pub const BASES: &[&str] = &["own", "consent", "disclosure"];

const ANY: &[&str] = &["*"];

const ALL_BUT_NOTES: &[&str] = &[
    "identity",
    "safe_contact",
    "location",
    "household",
    "violence_history",
    "risk_appraisal",
    "weapons",
    "criminal_justice",
    "physical_health",
    "mental_health",
    "substance_use",
    "sexual_violence",
    "child_protection",
    "services",
    "safety_plan",
];

const TABLE: &[Row] = &[
    Row {
        allow: true,
        roles: &["worker"],
        kinds: ANY,
        categories: ANY,
        subjects: ANY,
        purposes: &["risk_appraisal", "safety_planning", "service_delivery"],
        bases: &["own"],
    },
    Row {
        allow: true,
        roles: &["worker"],
        kinds: ANY,
        categories: ALL_BUT_NOTES,
        subjects: ANY,
        purposes: &["safety_planning", "service_delivery"],
        bases: &["consent"],
    },
    Row {
        allow: true,
        roles: &["respondent"],
        kinds: ANY,
        categories: ALL_BUT_NOTES,
        subjects: ANY,
        purposes: &["risk_appraisal"],
        bases: &["consent"],
    },
    Row {
        allow: true,
        roles: &["worker"],
        kinds: ANY,
        categories: ALL_BUT_NOTES,
        subjects: ANY,
        purposes: &["risk_appraisal", "safety_planning"],
        bases: &["disclosure"],
    },
    Row {
        allow: true,
        roles: &["reviewer"],
        kinds: ANY,
        categories: &[
            "violence_history",
            "risk_appraisal",
            "criminal_justice",
            "sexual_violence",
            "services",
        ],
        subjects: &["person_at_risk"],
        purposes: &["case_review"],
        bases: &["consent"],
    },
    Row {
        allow: false,
        roles: ANY,
        kinds: &["perpetrator_services"],
        categories: &["location", "safe_contact", "safety_plan"],
        subjects: ANY,
        purposes: ANY,
        bases: &["consent", "disclosure"],
    },
    Row {
        allow: false,
        roles: ANY,
        kinds: &["perpetrator_services"],
        categories: &["household", "services"],
        subjects: &["person_at_risk", "child", "relative", "new_partner"],
        purposes: ANY,
        bases: &["consent", "disclosure"],
    },
    Row {
        allow: false,
        roles: ANY,
        kinds: &["police", "prosecution", "corrections"],
        categories: &["sexual_violence", "substance_use"],
        subjects: &["person_at_risk"],
        purposes: ANY,
        bases: &["disclosure"],
    },
];

/// Whether someone with this one role, and what it inherits, may see such a fact on that basis.
pub fn allows(role: &str, kind: &str, category: &str, subject: &str, purpose: &str, basis: &str) -> bool {
    let applies = |row: &&Row| {
        with_inherited(role).iter().any(|held| named(row.roles, held))
            && named(row.kinds, kind)
            && named(row.categories, category)
            && named(row.subjects, subject)
            && named(row.purposes, purpose)
            && named(row.bases, basis)
    };
    let applying: Vec<&Row> = TABLE.iter().filter(applies).collect();
    applying.iter().any(|row| row.allow) && applying.iter().all(|row| row.allow)
}

fn named(list: &[&str], wanted: &str) -> bool {
    list.contains(&"*") || list.contains(&wanted)
}

fn with_inherited(role: &str) -> Vec<&str> {
    match role {
        "respondent" => vec!["respondent", "worker"],
        "committee" => vec!["committee", "respondent", "worker"],
        "coordinator" => vec!["coordinator", "respondent", "worker"],
        alone => vec![alone],
    }
}
