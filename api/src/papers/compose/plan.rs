//! The safety net on paper.

use authz::vocabulary::SubjectRole;
use domain::{
    action::{ActionView, Status},
    mobilisation::{MobilisationView, State},
};
use paper::{Block, Document, Table};

use crate::papers::{
    Letterhead, Pen,
    letterhead::{definition, section, texts},
    pen::NOTHING,
};

/// The safety net, as far as its reader may know of it.
pub fn plan(view: &MobilisationView, actions: &[ActionView], head: &Letterhead) -> Document {
    let pen = head.pen;
    let frame = vec![
        definition(pen.say("Mobilisation", "Mobilisation"), view.reference.clone()),
        definition(pen.say("Étape", "Stage"), state(view.state, pen)),
        definition(pen.say("Filet convenu le", "Safety net agreed on"), pen.moment_if(view.planned_at)),
        definition(pen.say("Prochain suivi", "Next review"), pen.moment_if(view.review_at)),
    ];
    head.document(
        pen.say("Filet de sécurité", "Safety net"),
        vec![Block::Definitions(frame)],
        vec![section(pen.say("Mesures", "Actions"), vec![net(actions, head)])],
    )
}

/// Actions with who answers for each, or that none is shown.
pub(super) fn net(actions: &[ActionView], head: &Letterhead) -> Block {
    let pen = head.pen;
    if actions.is_empty() {
        let none = pen.say("Aucune mesure ne vous est montrée ici.", "No action is shown to you here.");
        return Block::Paragraph(none.to_owned());
    }
    Block::Table(Table {
        caption: pen
            .say(
                "Mesures et responsables, à l’heure du Québec",
                "Actions and who answers for them, in Québec time",
            )
            .to_owned(),
        columns: texts(&[
            pen.say("Mesure", "Action"),
            pen.say("Organisme responsable", "Agency that answers for it"),
            pen.say("Personnes protégées", "Persons protected"),
            pen.say("Échéance", "Due"),
            pen.say("État", "Status"),
            pen.say("Précisions", "Details"),
        ]),
        named_rows: true,
        rows: actions.iter().map(|action| row(action, head)).collect(),
    })
}

fn row(action: &ActionView, head: &Letterhead) -> Vec<String> {
    let pen = head.pen;
    let unsaid = || pen.say("Mesure de nature non communiquée", "Action whose kind is not shown").to_owned();
    let mut standing = status(action.status, pen).to_owned();
    if action.overdue {
        standing.push_str(pen.say(" — en retard", " — overdue"));
    }
    vec![
        action.kind.as_deref().map_or_else(unsaid, |kind| pen.code("action_kind", kind)),
        head.agency(action.owner_agency),
        protected(&action.protects_as, pen),
        pen.moment(action.due_at),
        standing,
        details(action, pen),
    ]
}

/// Those of the persons it protects whom the reader may know of, by what they are in the file.
fn protected(roles: &[SubjectRole], pen: Pen) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (n, role) in roles.iter().enumerate() {
        if roles.iter().take(n).any(|other| other == role) {
            continue;
        }
        let several = roles.iter().filter(|other| *other == role).count();
        let counted = if several > 1 { format!("\u{a0}({several})") } else { String::new() };
        lines.push(format!("{}{counted}", pen.role(*role)));
    }
    if lines.is_empty() { NOTHING.to_owned() } else { lines.join("\n") }
}

/// Words and codes, as far as they show; what does not show is not said to be there.
fn details(action: &ActionView, pen: Pen) -> String {
    let mut lines = Vec::new();
    let mut line = |term: &str, text: &str| lines.push(format!("{term}{}{text}", pen.say("\u{a0}: ", ": ")));
    if let Some(words) = action.words.as_ref().map(authz::desk::Shown::value) {
        if let Some(text) = &words.text {
            line(pen.say("À faire", "To do"), text);
        }
        if let Some(text) = &words.must_not {
            line(pen.say("À ne pas faire", "Not to be done"), text);
        }
    }
    if let Some(details) = &action.details {
        for code in &details.must_not {
            line(pen.say("À ne pas faire", "Not to be done"), &pen.code("action_must_not", code));
        }
        for code in &details.if_it_fails {
            line(pen.say("En cas d’échec", "If it fails"), &pen.code("action_fallback", code));
        }
    }
    if let Some(evidence) = action.evidence.as_ref().map(authz::desk::Shown::value) {
        line(pen.say("Résultat", "Outcome"), evidence);
    }
    if lines.is_empty() { NOTHING.to_owned() } else { lines.join("\n") }
}

const fn status(status: Status, pen: Pen) -> &'static str {
    match status {
        Status::Agreed => pen.say("Convenue", "Agreed"),
        Status::UnderWay => pen.say("En cours", "Under way"),
        Status::Done => pen.say("Réalisée", "Done"),
        Status::Impossible => pen.say("Impossible", "Could not be done"),
        Status::Cancelled => pen.say("Annulée", "Called off"),
    }
}

const fn state(state: State, pen: Pen) -> &'static str {
    match state {
        State::Identified => pen.say("Signalement interne", "Identified"),
        State::Appraised => pen.say("Risque apprécié", "Risk appraised"),
        State::Consulted => pen.say("Consultation sans identité", "Consultation without identity"),
        State::InAnalysis => pen.say("À l’étude du comité", "Before the committee"),
        State::NotRetained => pen.say("Non retenue", "Not retained"),
        State::Triggered => pen.say("Cellule déclenchée", "Cell triggered"),
        State::Meeting => pen.say("Rencontre de cellule", "Meeting of the cell"),
        State::Planned => pen.say("Filet de sécurité convenu", "Safety net agreed"),
        State::FollowUp => pen.say("Suivi", "Follow-up"),
        State::Closed => pen.say("Fermée", "Closed"),
        State::Transferred => pen.say("Transférée", "Transferred"),
    }
}
