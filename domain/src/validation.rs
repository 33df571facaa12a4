//! Every reason for which something sent to us is refused as invalid, with its message in both
//! languages. A refusal names a place and a rule, never what was written there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::wording::{Lang, Wording};

/// One thing that is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Where, as a JSON pointer (RFC 6901) relative to what was checked; empty for the whole.
    pub pointer: String,
    /// Which rule it breaks.
    pub rule: Rule,
}

impl Invalid {
    /// The rule broken at a place.
    pub fn at(pointer: impl Into<String>, rule: Rule) -> Self {
        Self { pointer: pointer.into(), rule }
    }

    /// A member nobody knows, pointed at by its name, unless the name looks like something else:
    /// people paste values in the wrong place, and no value goes into an error.
    pub fn unknown_member(name: &str) -> Self {
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let is_name = name.len() <= 32 && name.bytes().all(is_plain);
        Self::at(if is_name { format!("/{name}") } else { String::new() }, Rule::UnknownMember)
    }

    /// The same refusal seen from the document that holds what was checked, e.g. `/value`.
    #[must_use]
    pub fn under(self, parent: &str) -> Self {
        Self { pointer: format!("{parent}{}", self.pointer), ..self }
    }

    /// The rule's stable name, for `errors[].code`.
    pub const fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// What to tell the person, for `errors[].message`.
    pub fn message(&self, lang: Lang) -> &'static str {
        self.rule.message(lang)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])+ $name:ident = $code:literal),+ $(,)?) => {
        /// A rule that an input may break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])+ $name),+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The rule's stable name on the wire.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

rules! {
    /// A member that must be there is missing.
    Missing = "missing",
    /// A member nobody knows.
    UnknownMember = "unknown_member",
    /// Another JSON type is expected.
    WrongType = "wrong_type",
    /// A word that is not in its closed set.
    UnknownWord = "unknown_word",
    /// A field that is not in the catalogue.
    UnknownField = "unknown_field",
    /// A code that is not in its list.
    UnknownCode = "unknown_code",
    /// Not an identifier.
    NotAnId = "not_an_id",
    /// Not a short name: lower-case letters, digits and hyphens.
    NotAKey = "not_a_key",
    /// An identifier of something that cannot be used here.
    UnknownReference = "unknown_reference",
    /// The same thing twice.
    Duplicate = "duplicate",
    /// A list that must name something is empty.
    EmptyList = "empty_list",
    /// A number or moment outside its bounds.
    OutOfRange = "out_of_range",
    /// A moment that lies after another it should precede.
    WrongOrder = "wrong_order",
    /// Text with nothing to read in it.
    Blank = "blank",
    /// Text beyond its length.
    TooLong = "too_long",
    /// A control character, NUL included.
    ControlCharacter = "control_character",
    /// A mark of writing direction that is not closed, or closes nothing.
    UnpairedDirection = "unpaired_direction",
    /// A line break where one line is expected.
    SeveralLines = "several_lines",
    /// Not a day of the calendar written `YYYY-MM-DD`.
    NotADate = "not_a_date",
    /// Not an instant with its zone, as RFC 3339 writes it.
    NotAnInstant = "not_an_instant",
    /// Not a time of day written `HH:MM`.
    NotATime = "not_a_time",
    /// Not a telephone number.
    NotAPhone = "not_a_phone",
    /// Not an e-mail address.
    NotAnEmail = "not_an_email",
    /// Not a Canadian postal code.
    NotAPostalCode = "not_a_postal_code",
    /// No legal basis of that code.
    UnknownBasis = "unknown_basis",
    /// The legal basis had no force at that moment.
    BasisNotInForce = "basis_not_in_force",
    /// The legal basis belongs to another regime than the agency's.
    BasisRegime = "basis_regime",
    /// The legal basis belongs to other kinds of agencies.
    BasisAgency = "basis_agency",
    /// The legal basis does not reach this kind of recipient.
    RecipientNotAllowed = "recipient_not_allowed",
    /// The legal basis does not reach a recipient in this capacity.
    CapacityNotAllowed = "capacity_not_allowed",
    /// Professional notes are never items of a disclosure.
    NotesNeverDisclosed = "notes_never_disclosed",
    /// The legal basis does not cover this category.
    CategoryNotAllowed = "category_not_allowed",
    /// The legal basis does not cover persons in this role.
    SubjectNotAllowed = "subject_not_allowed",
    /// No item is about what the legal basis is for.
    ContentOffBasis = "content_off_basis",
    /// The legal basis speaks of one person at a time.
    SeveralPersons = "several_persons",
    /// A condition of the legal basis is not attested.
    NotAttested = "not_attested",
    /// The legal basis does not allow this kind of duration.
    ExpiryNotAllowed = "expiry_not_allowed",
    /// Reading time beyond thirty days.
    ReadingTimeTooLong = "reading_time_too_long",
    /// The limits of confidentiality were not explained.
    LimitsNotExplained = "limits_not_explained",
    /// Who spoke cannot consent for this person.
    GrantorCannot = "grantor_cannot",
    /// A vault does not name the recipient.
    Vaulted = "vaulted",
    /// Corrected or retracted in the meantime.
    AlreadyCorrected = "already_corrected",
    /// One's own agency among the recipients.
    OwnAgency = "own_agency",
    /// A moment that has not come.
    InTheFuture = "in_the_future",
    /// A moment that is over.
    InThePast = "in_the_past",
    /// A password of under twelve characters.
    PasswordTooShort = "password_too_short",
    /// A password of over 256 characters.
    PasswordTooLong = "password_too_long",
    /// A password that is tried first.
    PasswordGuessable = "password_guessable",
    /// A password written twice that is not the same twice.
    PasswordsDiffer = "passwords_differ",
    /// The password or the code given as proof is not right.
    ProofWrong = "proof_wrong",
    /// An answer of a passkey that belongs to no challenge that waits.
    PasskeyWrong = "passkey_wrong",
    /// A code that is not of the second factor.
    CodeWrong = "code_wrong",
    /// A one-time token that serves no more, or never did.
    TokenSpent = "token_spent",
    /// Somebody signs in with this address already.
    EmailTaken = "email_taken",
    /// The mobilisation does not stand where this step begins.
    StepNotPossible = "step_not_possible",
    /// Too few organisations: of the committee that have spoken, or at the table.
    QuorumMissing = "quorum_missing",
    /// Urgency is invoked and no threat to life is among the reasons.
    UrgencyNotGiven = "urgency_not_given",
    /// Identity is not open: there is nothing yet that words could be kept under.
    IdentityNotOpen = "identity_not_open",
    /// Nothing in force lets this recipient know this.
    NoLawfulBasis = "no_lawful_basis",
    /// A file of a type that may not be attached.
    FileTypeNotAllowed = "file_type_not_allowed",
    /// A file whose content is not of the type it was declared as.
    FileTypeMismatch = "file_type_mismatch",
    /// A picture that cannot be read to its end.
    ImageUnreadable = "image_unreadable",
    /// The agency has as many attachments in the file as it may.
    TooManyAttachments = "too_many_attachments",
    /// The agency's attachments in the file hold as many bytes as they may.
    AttachmentsTooLarge = "attachments_too_large",
    /// The attachment has its content already.
    AlreadyUploaded = "already_uploaded",
    /// The action does not stand where this step begins.
    ActionOver = "action_over",
    /// Actions of the safety net are still to be done.
    ActionsOpen = "actions_open",
    /// A safety net without an action.
    NoAction = "no_action",
    /// Another mobilisation is under way on the file.
    OtherMobilisationOpen = "other_mobilisation_open",
    /// The time within which a new event is a repeat is over.
    RepeatWindowOver = "repeat_window_over",
    /// The mobilisation is still under way.
    StillOpen = "still_open",
    /// The file was merged into another.
    FileMerged = "file_merged",
    /// An agency of this file's circle is not in the other's.
    CircleDiffers = "circle_differs",
    /// A child is on the file and no child protection agency is called.
    ChildProtectionMissing = "child_protection_missing",
    /// The meeting has begun.
    MeetingOpen = "meeting_open",
    /// The meeting has not begun.
    MeetingNotOpen = "meeting_not_open",
    /// The meeting is closed or called off.
    MeetingOver = "meeting_over",
    /// Something is said to be shared and nothing was.
    ContributionMissing = "contribution_missing",
    /// Confidentiality was not undertaken.
    UndertakingMissing = "undertaking_missing",
    /// The agency stands at the table in another capacity.
    CapacityDiffers = "capacity_differs",
    /// The person is not called to the meeting.
    NotCalled = "not_called",
    /// The agency is not in the room.
    NotInTheRoom = "not_in_the_room",
    /// An agency in the room is not among the recipients.
    HearsToo = "hears_too",
    /// The person is in the room already.
    StillInTheRoom = "still_in_the_room",
    /// The departure was recorded before.
    AlreadyLeft = "already_left",
    /// Not possible for this account.
    NotPossible = "not_possible",
    /// Not the name of an item: lower-case letters, digits, hyphens, underscores.
    NotAnItemId = "not_an_item_id",
    /// An item that must be answered by yes or no, and is not.
    NotYesNo = "not_yes_no",
    /// A text in a language that the instrument does not declare.
    LanguageNotDeclared = "language_not_declared",
    /// A French text without its no-break spaces.
    FrenchTypography = "french_typography",
    /// Weights where items are counted, or the reverse.
    WeightsOffMethod = "weights_off_method",
    /// A table that does not complete every score, or beyond what is missing.
    ProratingTable = "prorating_table",
    /// Ranges that do not follow each other, or leave out a score that can be.
    BandsGap = "bands_gap",
    /// Something that needs a score where there is none.
    NeedsScore = "needs_score",
    /// An item that the instrument does not have.
    UnknownItem = "unknown_item",
    /// An answer that the item does not take.
    AnswerOutsideDomain = "answer_outside_domain",
    /// Two answers that exclude each other.
    AnswersExclude = "answers_exclude",
    /// A level that differs from what is suggested, without reasons.
    ReasonsNeeded = "reasons_needed",
    /// An instrument that no one knows here.
    UnknownInstrument = "unknown_instrument",
    /// The licence of the instrument does not name the agency.
    LicenceDoesNotReach = "licence_does_not_reach",
    /// The training that the instrument asks for was not attested.
    TrainingNotAttested = "training_not_attested",
    /// A serious incident of which a notice is still to be given.
    NoticeWaiting = "notice_waiting",
    /// More time where the law allows none.
    ExtensionNotAllowed = "extension_not_allowed",
    /// More time when the time is over.
    ExtensionTooLate = "extension_too_late",
    /// Something given to somebody of whom nobody made sure who she is.
    IdentityNotVerified = "identity_not_verified",
    /// Grounds of a refusal where nothing is refused.
    GroundsNotExpected = "grounds_not_expected",
}

impl Rule {
    /// What to tell the person: what is wrong and how to put it right.
    pub fn message(self, lang: Lang) -> &'static str {
        // A rule without its message would read as its name; a test proves that none is without.
        MESSAGES.get(self.code()).map_or(self.code(), |wording| wording.get(lang))
    }
}

static MESSAGES: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| read_messages().unwrap_or_default());

fn read_messages() -> Result<BTreeMap<String, Wording>, serde_json::Error> {
    serde_json::from_str(include_str!("../data/validation.json"))
}

/// What is wrong with the shape of a JSON document; it never repeats what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// It ends before it is whole.
    Cut,
    /// It is not JSON.
    NotJson,
    /// A member nobody knows.
    UnknownMember(String),
    /// A member that must be there.
    MissingMember(String),
    /// A member that stands twice.
    MemberTwice(String),
    /// A word that is not in its closed set.
    UnknownWord,
    /// Anything else.
    OtherForm,
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cut => f.write_str("ends too early"),
            Self::NotJson => f.write_str("is not JSON"),
            Self::UnknownMember(name) => write!(f, "unknown member {name}"),
            Self::MissingMember(name) => write!(f, "missing member {name}"),
            Self::MemberTwice(name) => write!(f, "member {name} twice"),
            Self::UnknownWord => f.write_str("is not a known word"),
            Self::OtherForm => f.write_str("is not of the expected form"),
        }
    }
}

impl From<&serde_json::Error> for Shape {
    fn from(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let named = |prefix: &str| {
            let rest = text.strip_prefix(prefix)?;
            let name = rest.split('`').next()?;
            let plain = name.len() <= 40
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            plain.then(|| name.to_owned())
        };
        if error.is_eof() {
            Self::Cut
        } else if error.is_syntax() {
            Self::NotJson
        } else if let Some(name) = named("unknown field `") {
            Self::UnknownMember(name)
        } else if let Some(name) = named("missing field `") {
            Self::MissingMember(name)
        } else if let Some(name) = named("duplicate field `") {
            Self::MemberTwice(name)
        } else if text.starts_with("unknown variant") {
            Self::UnknownWord
        } else {
            Self::OtherForm
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn every_rule_has_its_message_and_every_message_its_rule() {
        let messages = read_messages().unwrap();
        let mut rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        rules.sort_unstable();
        assert_eq!(messages.keys().map(String::as_str).collect::<Vec<_>>(), rules);
    }

    #[test]
    fn a_message_differs_from_one_language_to_the_other() {
        for rule in Rule::ALL {
            assert_ne!(rule.message(Lang::Fr), rule.message(Lang::En), "{}", rule.code());
        }
    }

    #[test]
    fn a_refusal_keeps_its_place_inside_the_document_that_holds_it() {
        let inner = Invalid::at("/postal_code", Rule::NotAPostalCode).under("/value");
        assert_eq!(inner.pointer, "/value/postal_code");
        assert_eq!(inner.code(), "not_a_postal_code");
    }
}
