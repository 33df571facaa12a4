//! Why a field shows or not, in words, and who could lift it. It speaks of the hypothetical fact of the
//! gate — recorded now, by any other agency of the circle — and so tells nothing of what exists.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{FileId, PersonId},
    vocabulary::{Category, Purpose, Reason},
};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::situation::{self, Rows};
use crate::{
    catalogue::Field,
    wording::{Lang, Wording},
};

/// What is asked about, as found.
pub struct Question {
    rows: Rows,
    person: PersonId,
    field: Field,
    purpose: Option<Purpose>,
    lang: Lang,
}

/// Why, and what could be done.
#[derive(Serialize, ToSchema)]
pub struct ExplanationView {
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// The field.
    pub field: &'static str,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// The purpose asked for.
    #[schema(value_type = String)]
    pub purpose: Purpose,
    /// `shown` or `withheld`: what would become of such a fact.
    pub outcome: &'static str,
    /// The strongest reason, when withheld.
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// Why, in one sentence.
    pub why: String,
    /// Who could lift it, in one sentence.
    pub who_could_lift_it: String,
}

impl Resource for Question {
    const KIND: &'static str = "file";
    const READ: &'static str = "file.explain";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for Question {
    type View = Option<ExplanationView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<ExplanationView>, Fault> {
        let Self { rows, person, field, purpose, lang } = self;
        let there = rows.persons.iter().any(|row| row.id == person.uuid());
        if !there || !grant.knows_person(person.uuid()) {
            return Ok(None);
        }
        let reason =
            grant.withheld(person.uuid()).into_iter().find(|(category, _)| *category == field.category());
        let reason = reason.map(|(_, reason)| reason);
        let (why, lift) = sentences(reason)?;
        Ok(Some(ExplanationView {
            person,
            field: field.name(),
            category: field.category(),
            purpose: purpose.ok_or(Fault::Stored)?,
            outcome: if reason.is_some() { "withheld" } else { "shown" },
            reason,
            why: why.get(lang).to_owned(),
            who_could_lift_it: lift.get(lang).to_owned(),
        }))
    }
}

fn sentences(reason: Option<Reason>) -> Result<(Wording, Wording), Fault> {
    let ((why_fr, why_en), (lift_fr, lift_en)) = match reason {
        Some(Reason::Refused) => (
            (
                "La personne a dit non à cette communication, ou à une partie de celle-ci, pour votre organisme.",
                "The person said no to sharing this, or part of it, with your agency.",
            ),
            (
                "Seule la personne peut revenir sur son refus ; si la vie de quelqu’un est en danger, la répondante ou le répondant de l’organisme source peut décider d’une levée de confidentialité.",
                "Only the person can change that refusal; if a life is in danger, the source agency’s respondent may decide on a disclosure without consent.",
            ),
        ),
        Some(Reason::Withdrawn) => (
            (
                "La personne avait consenti, puis a retiré son consentement.",
                "The person had consented, then withdrew that consent.",
            ),
            (
                "La personne peut consentir de nouveau, si elle le souhaite, auprès de tout organisme du cercle.",
                "The person may consent again, if they wish, with any agency of the circle.",
            ),
        ),
        Some(Reason::Expired) => (
            ("Le consentement qui le permettait a pris fin.", "The consent that allowed it has ended."),
            (
                "La personne peut consentir de nouveau, si elle le souhaite, auprès de tout organisme du cercle.",
                "The person may consent again, if they wish, with any agency of the circle.",
            ),
        ),
        Some(Reason::NoBasis) => (
            (
                "Rien ne permet, à cette heure et pour cette finalité, de vous montrer ce genre de renseignement.",
                "Nothing allows this kind of information to be shown to you now, for this purpose.",
            ),
            (
                "Un consentement de la personne qui nomme votre organisme pourrait le permettre ; si la vie de quelqu’un est en danger, l’organisme source peut décider d’une levée de confidentialité.",
                "A consent of the person that names your agency could allow it; if a life is in danger, the source agency may decide on a disclosure without consent.",
            ),
        ),
        None => (
            (
                "Un renseignement de ce genre vous serait montré, ou n’est jamais évoqué pour cette finalité.",
                "Information of this kind would be shown to you, or is never mentioned for this purpose.",
            ),
            ("Il n’y a rien à lever.", "There is nothing to lift."),
        ),
    };
    let set = |text: &str| text.replace(" ;", "\u{202f};").replace(" :", "\u{a0}:");
    let wording = |fr: &str, en: &str| Wording::new(set(fr), en).map_err(|_| Fault::Stored);
    Ok((wording(why_fr, why_en)?, wording(lift_fr, lift_en)?))
}

/// A question about one field of one person of the file under this id.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_question<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    person: PersonId,
    field: Field,
    lang: Lang,
) -> Result<Sealed<'tx, Question>, Stop> {
    let purpose = session.purpose().ok();
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((Question { rows, person, field, purpose, lang }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), file, held))
}

/// The scope of a file for its log.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn scope_for_log<M>(
    session: &mut Session<'_, M>,
    file: FileId,
) -> Result<Option<authz::desk::FileScope>, Stop> {
    situation::load(session, file).await?.map(|rows| rows.scope(Owner::Shared)).transpose()
}
