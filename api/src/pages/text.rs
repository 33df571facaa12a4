//! What the pages say, in both languages.

use authz::vocabulary::Reason;
use domain::wording::Lang;

/// The sentences of the pages.
pub struct Text {
    /// Menu: files.
    pub files: &'static str,
    pub messages: &'static str,
    pub no_messages: &'static str,
    pub received: &'static str,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub urgent: &'static str,
    pub fictional: &'static str,
    pub purpose: &'static str,
    pub promise: &'static str,
    pub refused: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub code: &'static str,
    pub api: &'static str,
    pub problems: &'static str,
    pub no_files: &'static str,
    pub reference: &'static str,
    pub cell: &'static str,
    pub opened: &'static str,
    pub why: &'static str,
    pub show: &'static str,
    pub circle: &'static str,
    pub no_facts: &'static str,
    pub field: &'static str,
    pub value: &'static str,
    pub source: &'static str,
    pub date: &'static str,
    pub basis: &'static str,
    pub may_exist: &'static str,
    pub recorded: &'static str,
    pub active: &'static str,
    pub closed: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub purposes: [&'static str; 4],
    pub bases: [&'static str; 3],
    reasons: [&'static str; 4],
}

const FR: Text = Text {
    files: "Dossiers",
    messages: "Messages",
    no_messages: "Aucun message pour le moment.",
    received: "Reçu le",
    sign_in: "Se connecter",
    sign_out: "Se déconnecter",
    urgent: "Danger immédiat\u{a0}: composez le 911",
    fictional: "Les personnes et organismes de la démonstration sont fictifs.",
    purpose: "Autour d’une personne en danger, savoir ensemble ce que chacun sait en partie",
    promise: "Chaque renseignement n’est montré qu’à qui le consentement ou la loi le permet\u{a0}; chaque lecture laisse une trace.",
    refused: "Ces renseignements ne permettent pas de vous connecter. Vérifiez-les et réessayez\u{a0}; après plusieurs essais, attendez un quart d’heure.",
    email: "Courriel",
    password: "Mot de passe",
    code: "Code de vérification, si vous en avez un",
    api: "Documentation de l’API",
    problems: "Problèmes et remèdes",
    no_files: "Aucun dossier pour le moment. Un dossier apparaît ici quand votre organisme entre dans son cercle.",
    reference: "Référence",
    cell: "Cellule",
    opened: "Ouvert le",
    why: "Pourquoi consultez-vous ce dossier\u{202f}?",
    show: "Afficher",
    circle: "Cercle",
    no_facts: "Rien ne vous est montré ici pour cette finalité.",
    field: "Renseignement",
    value: "Valeur",
    source: "Source",
    date: "Noté le",
    basis: "Fondement",
    may_exist: "Ce qui peut exister et ne vous est pas montré",
    recorded: "Cette lecture est consignée sous le numéro",
    active: "actif",
    closed: "fermé",
    yes: "Oui",
    no: "Non",
    purposes: ["Apprécier le risque", "Planifier la sécurité", "Offrir un service", "Réviser un dossier"],
    bases: ["votre organisme", "consentement", "levée de confidentialité"],
    reasons: [
        "la personne a refusé",
        "le consentement a été retiré",
        "le consentement a pris fin",
        "rien ne le permet pour cette finalité",
    ],
};

const EN: Text = Text {
    files: "Files",
    messages: "Messages",
    no_messages: "No message for now.",
    received: "Received",
    sign_in: "Sign in",
    sign_out: "Sign out",
    urgent: "Immediate danger: call 911",
    fictional: "The persons and agencies of the demonstration are fictional.",
    purpose: "Around a person in danger, knowing together what each knows in part",
    promise: "Each piece of information shows only to whom consent or the law allows; each read leaves a record.",
    refused: "These details do not sign you in. Check them and try again; after several attempts, wait a quarter of an hour.",
    email: "E-mail",
    password: "Password",
    code: "Verification code, if you have one",
    api: "API documentation",
    problems: "Problems and remedies",
    no_files: "No file for now. A file appears here when your agency joins its circle.",
    reference: "Reference",
    cell: "Cell",
    opened: "Opened",
    why: "Why are you reading this file?",
    show: "Show",
    circle: "Circle",
    no_facts: "Nothing is shown to you here for this purpose.",
    field: "Information",
    value: "Value",
    source: "Source",
    date: "Recorded",
    basis: "Basis",
    may_exist: "What may exist and is not shown to you",
    recorded: "This read is recorded under number",
    active: "active",
    closed: "closed",
    yes: "Yes",
    no: "No",
    purposes: ["Appraise risk", "Plan safety", "Offer a service", "Review a file"],
    bases: ["your agency", "consent", "disclosure without consent"],
    reasons: [
        "the person refused",
        "the consent was withdrawn",
        "the consent has ended",
        "nothing allows it for this purpose",
    ],
};

impl Text {
    /// The sentences of a language.
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FR,
            Lang::En => &EN,
        }
    }

    /// Why something is not shown.
    pub const fn reason(&self, reason: Reason) -> &'static str {
        let [refused, withdrawn, expired, no_basis] = self.reasons;
        match reason {
            Reason::Refused => refused,
            Reason::Withdrawn => withdrawn,
            Reason::Expired => expired,
            Reason::NoBasis => no_basis,
        }
    }
}
