//! The closed sets of words the gate speaks in, each with its wire name and its stored number.
//!
//! Numbers are what the database holds; they are never reused. An unknown word or number is an
//! error, never a default: "unknown means no".

use serde::{Deserialize, Serialize};

/// A word or number that belongs to none of the values of a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {set}")]
pub struct UnknownWord {
    /// Which set was asked, in its wire name. The word itself is not repeated: it may be personal.
    pub set: &'static str,
}

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident, $set:literal { $($(#[$vdoc:meta])* $variant:ident = $number:literal $wire:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $wire, "`")] #[serde(rename = $wire)] $variant),+ }

        impl $name {
            /// Every value, in stored order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used on the wire and in policy.
            pub const fn wire(self) -> &'static str { match self { $(Self::$variant => $wire),+ } }

            /// The number the database holds.
            pub const fn number(self) -> i16 { match self { $(Self::$variant => $number),+ } }

            /// Position in [`Self::ALL`], for tables and bit sets.
            pub const fn index(self) -> usize { match self { $(Self::$variant => $number),+ } }

            /// Reads a stored number.
            pub const fn from_number(number: i16) -> Result<Self, UnknownWord> {
                match number { $($number => Ok(Self::$variant),)+ _ => Err(UnknownWord { set: $set }) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word { $($wire => Ok(Self::$variant),)+ _ => Err(UnknownWord { set: $set }) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.wire()) }
        }
    };
}

closed_set! {
    /// What kind of information a field holds (*catégorie*). Consent and policy speak in categories.
    Category, "category" {
        Identity = 0 "identity", SafeContact = 1 "safe_contact", Location = 2 "location",
        Household = 3 "household", ViolenceHistory = 4 "violence_history", RiskAppraisal = 5 "risk_appraisal",
        Weapons = 6 "weapons", CriminalJustice = 7 "criminal_justice", PhysicalHealth = 8 "physical_health",
        MentalHealth = 9 "mental_health", SubstanceUse = 10 "substance_use", SexualViolence = 11 "sexual_violence",
        ChildProtection = 12 "child_protection", Services = 13 "services", SafetyPlan = 14 "safety_plan",
        Notes = 15 "notes",
    }
}

closed_set! {
    /// What a person is in a file (*rôle dans la situation*).
    SubjectRole, "subject role" {
        PersonAtRisk = 0 "person_at_risk", Child = 1 "child", Relative = 2 "relative",
        NewPartner = 3 "new_partner", AllegedAggressor = 4 "alleged_aggressor",
    }
}

closed_set! {
    /// What an agency does (*genre d'organisme*).
    AgencyKind, "agency kind" {
        Police = 0 "police", Health = 1 "health", Shelter = 2 "shelter", VictimServices = 3 "victim_services",
        SexualAssaultCentre = 4 "sexual_assault_centre", PerpetratorServices = 5 "perpetrator_services",
        ChildProtection = 6 "child_protection", Prosecution = 7 "prosecution", Corrections = 8 "corrections",
        Community = 9 "community", Coordination = 10 "coordination",
    }
}

closed_set! {
    /// What a user does in a cell (*rôle*): intervenant·e, répondant·e, comité de coordination,
    /// coordonnatrice, membre d'un comité de révision, responsable de la protection des
    /// renseignements personnels, vérificateur, administration.
    Role, "role" {
        Worker = 0 "worker", Respondent = 1 "respondent", Committee = 2 "committee", Coordinator = 3 "coordinator",
        Reviewer = 4 "reviewer", PrivacyOfficer = 5 "privacy_officer", Auditor = 6 "auditor", Admin = 7 "admin",
    }
}

closed_set! {
    /// Why somebody reads (*finalité*). Every read of a file's content declares one.
    Purpose, "purpose" {
        RiskAppraisal = 0 "risk_appraisal", SafetyPlanning = 1 "safety_planning",
        ServiceDelivery = 2 "service_delivery", CaseReview = 3 "case_review",
    }
}

closed_set! {
    /// On what a disclosure of one fact rests (*fondement*).
    BasisKind, "basis" { Own = 0 "own", Consent = 1 "consent", Disclosure = 2 "disclosure" }
}

closed_set! {
    /// Why a fact is not shown to somebody inside the circle, weakest last.
    Reason, "reason" { Refused = 0 "refused", Withdrawn = 1 "withdrawn", Expired = 2 "expired", NoBasis = 3 "no_basis" }
}

closed_set! {
    /// What a provision of a consent says.
    Effect, "effect" { Permit = 0 "permit", Deny = 1 "deny" }
}

closed_set! {
    /// Who spoke when a consent was given (*qui consent*).
    GrantorKind, "grantor" { SelfGiven = 0 "self", Parent = 1 "parent", Tutor = 2 "tutor" }
}

closed_set! {
    /// In which capacity somebody receives an emergency disclosure (*qualité du destinataire*).
    Capacity, "capacity" { Exposed = 0 "exposed", Representative = 1 "representative", AbleToAid = 2 "able_to_aid" }
}

closed_set! {
    /// When the reach of a disclosure act ends.
    Expiry, "expires" { SingleAct = 0 "single_act", AgreementEnd = 1 "agreement_end" }
}

/// A set of roles; what one of them may do, its holder may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RoleSet(u8);

impl RoleSet {
    /// No role at all.
    pub const EMPTY: Self = Self(0);

    /// This set with one role more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | (1 << role.index()))
    }

    /// Is this very role held? Inheritance is not considered.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role.index()) != 0
    }

    /// May the holder do what `role` may, by holding it or a role that inherits it?
    #[must_use]
    pub fn acts_as(self, role: Role) -> bool {
        self.iter().any(|held| held.inherits().contains(&role))
    }

    /// The roles held, in stored order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }

    /// True when no role is held.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl Role {
    /// The role itself and those whose rights it has by inheritance.
    #[must_use]
    pub const fn inherits(self) -> &'static [Self] {
        match self {
            Self::Worker => &[Self::Worker],
            Self::Respondent => &[Self::Respondent, Self::Worker],
            Self::Committee => &[Self::Committee, Self::Respondent, Self::Worker],
            Self::Coordinator => &[Self::Coordinator, Self::Respondent, Self::Worker],
            Self::Reviewer => &[Self::Reviewer],
            Self::PrivacyOfficer => &[Self::PrivacyOfficer],
            Self::Auditor => &[Self::Auditor],
            Self::Admin => &[Self::Admin],
        }
    }

    /// Does this role open the content of files at all? Officers, auditors and admins see none.
    #[must_use]
    pub const fn has_content(self) -> bool {
        !matches!(self, Self::PrivacyOfficer | Self::Auditor | Self::Admin)
    }
}
