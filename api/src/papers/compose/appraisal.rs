//! An appraisal on paper.

use domain::{
    appraisal::{AnswerView, AppraisalView, JudgedView, OutcomeView},
    instrument::{Answer, Inclusion, Informant, Level, Stance, Way},
    reference::InstrumentView,
};
use paper::{Block, Definition, Document, Section, Table};

use crate::papers::{
    Letterhead, Pen,
    letterhead::{definition, section, texts},
    pen::NOTHING,
};

/// An appraisal. The wording of the instrument is as far as its licence lets this reader have it; otherwise its items
/// go by their names.
pub fn appraisal(view: &AppraisalView, instrument: &InstrumentView, head: &Letterhead) -> Document {
    let (pen, judged) = (head.pen, view.judged.value());
    let title = instrument.head.title.as_deref().unwrap_or(&instrument.head.code);
    let frame = vec![
        definition(
            pen.say("Outil", "Instrument"),
            format!("{title}, version\u{a0}{}", judged.instrument.version),
        ),
        definition(pen.say("Au sujet de", "About"), pen.role(view.role)),
        definition(pen.say("Appréciation de", "Appraisal by"), view.source.name.clone()),
        definition(pen.say("Consignée le", "Recorded on"), pen.moment(view.recorded_at)),
        definition(pen.say("Montrée au titre de", "Shown on"), pen.code("basis", view.basis.kind)),
        definition(pen.say("Référence", "Reference"), view.id.to_string()),
    ];
    head.document(
        pen.say("Appréciation du risque", "Risk appraisal"),
        vec![Block::Definitions(frame)],
        vec![
            level(judged, pen),
            outcome(&judged.outcome, instrument, pen),
            answers(judged, instrument, pen),
            licence(instrument, pen),
        ],
    )
}

fn named(level: Level, pen: Pen) -> String {
    pen.code("risk_level", level.wire())
}

fn level(judged: &JudgedView, pen: Pen) -> Section {
    let mut said = vec![
        definition(pen.say("Niveau", "Level"), named(judged.level, pen)),
        definition(
            pen.say("Au regard de l’outil", "Compared with the instrument"),
            stance(judged.stance, pen),
        ),
    ];
    let words = |text: &Option<String>| text.clone().unwrap_or_else(|| NOTHING.to_owned());
    said.push(definition(pen.say("Motifs", "Reasons"), words(&judged.reasons)));
    said.push(definition(pen.say("Imminence", "Imminence"), words(&judged.imminence)));
    let by = pen.say(
        "Le niveau est établi par une personne. L’outil aide à juger et ne décide de rien.",
        "The level is set by a person. The instrument helps to judge and decides nothing.",
    );
    section(
        pen.say("Niveau établi", "Level set"),
        vec![Block::Paragraph(by.to_owned()), Block::Definitions(said)],
    )
}

const fn stance(stance: Stance, pen: Pen) -> &'static str {
    match stance {
        Stance::Unsuggested => pen.say("L’outil ne suggère aucun niveau", "The instrument suggests no level"),
        Stance::Within => pen.say("Dans ce que l’outil suggère", "Within what the instrument suggests"),
        Stance::Raised => {
            pen.say("Au-dessus de ce que l’outil suggère", "Above what the instrument suggests")
        }
        Stance::Lowered => {
            pen.say("Au-dessous de ce que l’outil suggère", "Below what the instrument suggests")
        }
    }
}

fn range(low: &impl ToString, high: &impl ToString, pen: Pen) -> String {
    let (low, high) = (low.to_string(), high.to_string());
    if low == high {
        low
    } else {
        format!("{}{low}{}{high}", pen.say("de ", "from "), pen.say(" à ", " to "))
    }
}

fn outcome(outcome: &OutcomeView, instrument: &InstrumentView, pen: Pen) -> Section {
    let band = |id: &String| {
        let found = instrument.bands.iter().find(|band| band.named.id == *id);
        found.and_then(|band| band.named.label.clone()).unwrap_or_else(|| id.clone())
    };
    let mut said = vec![
        definition(pen.say("Éléments répondus", "Items answered"), outcome.answered.to_string()),
        definition(pen.say("Éléments inconnus", "Items unknown"), outcome.missing.to_string()),
    ];
    if instrument.head.scored {
        said.push(definition(
            pen.say("L’outil convient à la situation", "The instrument suits the situation"),
            inclusion(outcome.inclusion, pen),
        ));
        let score =
            outcome.score.map_or_else(|| NOTHING.to_owned(), |score| range(&score.min, &score.max, pen));
        said.push(definition(pen.say("Score possible", "Possible score"), score));
        if !outcome.enough {
            let few = pen.say(
                "Trop peu de réponses pour que le score se lise",
                "Too few answers for the score to be read",
            );
            said.push(definition(pen.say("Réserve", "Caution"), few));
        }
        if let Some(prorated) = &outcome.prorated {
            let of_band = prorated.band.as_ref().map(|id| format!(" ({})", band(id))).unwrap_or_default();
            said.push(definition(
                pen.say("Score complété selon l’outil", "Score completed by the instrument’s rule"),
                format!("{}{of_band}", prorated.score),
            ));
        }
    }
    if !outcome.bands.is_empty() {
        let texts = outcome.bands.iter().map(band).collect();
        said.push(Definition { term: pen.say("Plages possibles", "Possible ranges").to_owned(), texts });
    }
    if !outcome.triggers.is_empty() {
        let texts = outcome.triggers.iter().map(|trigger| {
            let found = instrument.triggers.iter().find(|named| named.id == trigger.id);
            let label = found.and_then(|named| named.label.clone()).unwrap_or_else(|| trigger.id.clone());
            format!("{label}{}{}", pen.say("\u{a0}: ", ": "), reached(trigger.certain, trigger.possible, pen))
        });
        said.push(Definition { term: pen.say("Signaux", "Triggers").to_owned(), texts: texts.collect() });
    }
    if let Some(suggestion) = &outcome.suggestion {
        let text = range(&named(suggestion.certain, pen), &named(suggestion.possible, pen), pen);
        said.push(definition(pen.say("Niveau suggéré", "Level suggested"), text));
    }
    let open = pen.say(
        "Ce qui est inconnu ou non communiqué reste ouvert\u{a0}: rien n’y est lu comme une absence.",
        "What is unknown or not shown stays open: none of it is read as an absence.",
    );
    section(
        pen.say("Ce que donnent les réponses montrées", "What the answers shown amount to"),
        vec![Block::Paragraph(open.to_owned()), Block::Definitions(said)],
    )
}

const fn inclusion(inclusion: Inclusion, pen: Pen) -> &'static str {
    match inclusion {
        Inclusion::Met => pen.say("Oui", "Yes"),
        Inclusion::NotMet => pen.say("Non\u{a0}: aucun score", "No: no score"),
        Inclusion::Unknown => pen.say("Inconnu", "Unknown"),
    }
}

const fn reached(certain: Option<Way>, possible: bool, pen: Pen) -> &'static str {
    match (certain, possible) {
        (Some(Way::Items), _) => {
            pen.say("atteint par le nombre d’éléments", "reached by the number of items")
        }
        (Some(Way::Critical), _) => {
            pen.say("atteint par des éléments critiques", "reached by critical items")
        }
        (Some(Way::Score), _) => pen.say("atteint par le score", "reached by the score"),
        (Some(Way::Belief), _) => {
            pen.say("atteint selon le jugement professionnel", "reached by professional judgement")
        }
        (None, true) => pen.say("possible", "possible"),
        (None, false) => pen.say("non atteint", "not reached"),
    }
}

/// The items under the headings of the instrument, in its order.
fn answers(judged: &JudgedView, instrument: &InstrumentView, pen: Pen) -> Section {
    let mut parts: Vec<(Option<&str>, Vec<Vec<String>>)> = Vec::new();
    for answer in &judged.answers {
        let item = instrument.items.iter().find(|item| item.named.id == answer.item);
        let group = item.and_then(|item| item.group.as_deref());
        let label = item.and_then(|item| item.named.label.clone()).unwrap_or_else(|| answer.item.clone());
        let row = row(label, answer, pen);
        match parts.last_mut() {
            Some((last, rows)) if *last == group => rows.push(row),
            _ => parts.push((group, vec![row])),
        }
    }
    let heading = |id: &str| {
        let found = instrument.groups.iter().find(|group| group.id == id);
        found.and_then(|group| group.label.clone()).unwrap_or_else(|| id.to_owned())
    };
    let mut whole = section(
        pen.say("Réponses", "Answers"),
        vec![Block::Paragraph(
            pen.say(
                "La mention «\u{a0}non communiqué\u{a0}» ne dit pas s’il existe une réponse.",
                "“Not shown” does not say whether there is an answer.",
            )
            .to_owned(),
        )],
    );
    for (group, rows) in parts {
        let table = Block::Table(Table {
            caption: pen.say("Éléments et réponses", "Items and answers").to_owned(),
            columns: texts(&[
                pen.say("Élément", "Item"),
                pen.say("Réponse", "Answer"),
                pen.say("Selon", "According to"),
                pen.say("Connu depuis", "Known since"),
            ]),
            named_rows: true,
            rows,
        });
        match group {
            None => whole.blocks.push(table),
            Some(group) => whole.sections.push(section(&heading(group), vec![table])),
        }
    }
    whole
}

/// What is withheld reads the same whatever it holds.
fn row(label: String, view: &AnswerView, pen: Pen) -> Vec<String> {
    let dash = || NOTHING.to_owned();
    let Some(answer) = view.answer.filter(|_| !view.withheld) else {
        return vec![label, pen.say("non communiqué", "not shown").to_owned(), dash(), dash()];
    };
    let source = view.source.map_or_else(dash, |source| informant(source, pen).to_owned());
    let known = view.known_on.map_or_else(dash, |day| pen.day(day));
    vec![label, said(answer, pen).to_owned(), source, known]
}

const fn said(answer: Answer, pen: Pen) -> &'static str {
    match answer {
        Answer::Yes => pen.say("oui", "yes"),
        Answer::No => pen.say("non", "no"),
        Answer::Present => pen.say("présent", "present"),
        Answer::Possible => pen.say("possible", "possible"),
        Answer::Absent => pen.say("absent", "absent"),
        Answer::Unknown => pen.say("inconnu", "unknown"),
        Answer::Refused => {
            pen.say("la personne a préféré ne pas répondre", "the person preferred not to answer")
        }
        Answer::NotAsked => pen.say("non demandé", "not asked"),
        Answer::NotApplicable => pen.say("sans objet", "not applicable"),
    }
}

const fn informant(source: Informant, pen: Pen) -> &'static str {
    match source {
        Informant::Person => pen.say("la personne", "the person"),
        Informant::Child => pen.say("un enfant", "a child"),
        Informant::Relative => pen.say("une personne proche", "a relative"),
        Informant::AllegedAggressor => pen.say("l’auteur·e présumé·e", "the alleged aggressor"),
        Informant::Professional => pen.say("une personne professionnelle", "a professional"),
        Informant::Record => pen.say("un document", "a record"),
        Informant::Other => pen.say("quelqu’un d’autre", "somebody else"),
    }
}

fn licence(instrument: &InstrumentView, pen: Pen) -> Section {
    let head = &instrument.head;
    let note = head.licence_note.clone().unwrap_or_else(|| NOTHING.to_owned());
    let said = vec![
        definition(pen.say("Titulaire des droits", "Rights held by"), head.licence_holder.clone()),
        definition(pen.say("Licence", "Licence"), note),
        definition(pen.say("Source", "Source"), instrument.source.clone()),
    ];
    section(pen.say("Droits sur l’outil", "Rights in the instrument"), vec![Block::Definitions(said)])
}
