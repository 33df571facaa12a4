//! The minutes of a meeting on paper. Nobody is named: agencies are, and persons go by what they are in the file.

use authz::vocabulary::Capacity;
use domain::meeting::{
    AgendaView, AttendanceView, Certainty, ContributionView, DecisionView, LabelView, MeetingKind,
    MinutesView, Mode,
};
use paper::{Block, Document, Section, Table};

use super::plan::net;
use crate::papers::{
    Letterhead, Pen,
    letterhead::{definition, section, texts},
    pen::NOTHING,
};

/// The minutes, as this reader may read them. What does not show is not said to be there.
pub fn minutes(view: &MinutesView, head: &Letterhead) -> Document {
    let pen = head.pen;
    // Only the coordination leads a meeting.
    let chair =
        view.chair.map_or(NOTHING, |_| pen.say("La coordination de la cellule", "The cell’s coordination"));
    let mut frame = vec![
        definition(pen.say("Cellule", "Cell"), view.cell.clone()),
        definition(pen.say("Territoire", "Territory"), pen.code("region", &view.territory)),
        definition(pen.say("Rencontre", "Meeting"), kind(view.kind, pen)),
        definition(pen.say("Tenue", "Held"), mode(view.mode, pen)),
        definition(pen.say("Animée par", "Led by"), chair),
        definition(pen.say("Début", "Began"), pen.moment(view.opened_at)),
        definition(pen.say("Fin", "Ended"), pen.moment_if(view.closed_at)),
        definition(pen.say("Prochain suivi", "Next review"), pen.moment_if(view.next_review)),
        definition(pen.say("Référence", "Reference"), view.meeting.to_string()),
    ];
    if view.short_of_quorum {
        let short = pen.say(
            "Rencontre d’urgence tenue avec moins d’organismes que le quorum",
            "Emergency meeting held with fewer organisations than the quorum",
        );
        frame.push(definition(pen.say("Quorum", "Quorum"), short));
    }
    let decided = |heading, list: &[DecisionView]| decisions(heading, list, head);
    head.document(
        pen.say("Compte rendu de rencontre", "Minutes of a meeting"),
        vec![Block::Definitions(frame)],
        vec![
            attendance(&view.attendance, head),
            agenda(&view.agenda, pen),
            contributions(&view.contributions, head),
            decided(pen.say("Décisions", "Decisions"), &view.decisions),
            decided(pen.say("Ce qu’il ne faut pas faire", "What must not be done"), &view.must_not),
            decided(pen.say("Ce qui est dit à la personne", "What the person is told"), &view.informing),
            section(
                pen.say("Mesures convenues à la rencontre", "Actions agreed on at the meeting"),
                vec![net(&view.actions, head)],
            ),
            section(
                pen.say("Organismes qui peuvent lire un compte rendu", "Agencies that may read minutes"),
                vec![Block::List(view.circulation.iter().map(|id| head.agency(*id)).collect())],
            ),
        ],
    )
}

/// A table, or that there is nothing to read here.
fn table(heading: &str, columns: &[&str], rows: Vec<Vec<String>>, pen: Pen) -> Section {
    let block = if rows.is_empty() {
        Block::Paragraph(pen.say("Rien ne vous est montré ici.", "Nothing is shown to you here.").to_owned())
    } else {
        Block::Table(Table { caption: heading.to_owned(), columns: texts(columns), named_rows: true, rows })
    };
    section(heading, vec![block])
}

fn attendance(list: &[AttendanceView], head: &Letterhead) -> Section {
    let pen = head.pen;
    let row = |one: &AttendanceView| {
        vec![
            head.agency(one.agency),
            capacity(one.capacity, pen),
            pen.moment(one.arrived_at),
            pen.moment_if(one.departed_at),
            one.undertaking.clone(),
        ]
    };
    let columns = [
        pen.say("Organisme", "Agency"),
        pen.say("À titre de", "As"),
        pen.say("Arrivée", "Arrived"),
        pen.say("Départ", "Left"),
        pen.say("Engagement", "Undertaking"),
    ];
    table(pen.say("Présences", "Attendance"), &columns, list.iter().map(row).collect(), pen)
}

fn capacity(capacity: Capacity, pen: Pen) -> String {
    pen.code("capacity", capacity.wire())
}

fn agenda(list: &[AgendaView], pen: Pen) -> Section {
    let item = |one: &AgendaView| match (&one.code, &one.title) {
        (Some(code), _) => Some(pen.code("agenda_item", code)),
        (None, Some(title)) => Some(title.text.value().as_str().to_owned()),
        (None, None) => None,
    };
    let items: Vec<String> = list.iter().filter_map(item).collect();
    let block = if items.is_empty() {
        Block::Paragraph(pen.say("Rien ne vous est montré ici.", "Nothing is shown to you here.").to_owned())
    } else {
        Block::List(items)
    };
    section(pen.say("Ordre du jour", "Agenda"), vec![block])
}

/// Whom it is about, of what, from whom and on what it shows.
fn label(of: &LabelView, head: &Letterhead) -> Vec<String> {
    let pen = head.pen;
    vec![
        head.agency(of.source),
        pen.role(of.role),
        pen.category(of.category),
        pen.code("basis", of.basis.kind),
    ]
}

fn columns<'p>(last: &[&'p str], pen: Pen) -> Vec<&'p str> {
    let mut columns = vec![
        pen.say("Organisme", "Agency"),
        pen.say("Au sujet de", "About"),
        pen.say("Catégorie", "Category"),
        pen.say("Montré au titre de", "Shown on"),
    ];
    columns.extend(last);
    columns
}

fn contributions(list: &[ContributionView], head: &Letterhead) -> Section {
    let pen = head.pen;
    let row = |one: &ContributionView| {
        let said = one.said.value();
        let known = said.known_on.map_or_else(|| NOTHING.to_owned(), |day| pen.day(day));
        let mut row = label(&one.label, head);
        row.extend([said.text.clone(), certainty(said.certainty, pen).to_owned(), known]);
        row
    };
    let last = [
        pen.say("Propos", "Words"),
        pen.say("Certitude", "Certainty"),
        pen.say("Connu depuis", "Known since"),
    ];
    let rows = list.iter().map(row).collect();
    table(pen.say("Ce qui a été apporté", "What was brought"), &columns(&last, pen), rows, pen)
}

fn decisions(heading: &str, list: &[DecisionView], head: &Letterhead) -> Section {
    let pen = head.pen;
    let dash = || NOTHING.to_owned();
    let row = |one: &DecisionView| {
        let decided = one.decided.value();
        let dissent: Vec<String> = decided.dissent.iter().map(|id| head.agency(*id)).collect();
        let mut row = label(&one.label, head);
        row.extend([
            decided.text.clone(),
            decided.level.as_deref().map_or_else(dash, |level| pen.code("risk_level", level)),
            if dissent.is_empty() { dash() } else { dissent.join("\n") },
        ]);
        row
    };
    let last = [pen.say("Propos", "Words"), pen.say("Niveau", "Level"), pen.say("Désaccord", "Dissent")];
    table(heading, &columns(&last, pen), list.iter().map(row).collect(), pen)
}

const fn kind(kind: MeetingKind, pen: Pen) -> &'static str {
    match kind {
        MeetingKind::Regular => pen.say("Régulière", "Regular"),
        MeetingKind::Emergency => pen.say("D’urgence", "Emergency"),
        MeetingKind::Repeat => pen.say("Après un nouvel événement", "After a new event"),
    }
}

const fn mode(mode: Mode, pen: Pen) -> &'static str {
    match mode {
        Mode::InPerson => pen.say("En personne", "In person"),
        Mode::Remote => pen.say("À distance", "Remotely"),
        Mode::Hybrid => pen.say("En personne et à distance", "In person and remotely"),
    }
}

const fn certainty(certainty: Certainty, pen: Pen) -> &'static str {
    match certainty {
        Certainty::Observed => pen.say("Vu ou entendu", "Seen or heard"),
        Certainty::Reported => pen.say("Rapporté", "Reported"),
        Certainty::Inferred => pen.say("Déduit", "Inferred"),
    }
}
