//! Does everything that a mobilisation of a scenario names exist, and does what it tells lead from one to the next?

use std::collections::HashSet;

use authz::vocabulary::Category;
use chrono::{DateTime, Utc};

use super::{
    format::{File, Placed, ScenarioError},
    format_mobilisation::{Action, AgendaItem, Meeting, Mobilisation, Told},
    read::Scenario,
    references::{Known, need, unique},
};
use crate::{
    action::{Status, Turn},
    catalogue::CodeList,
    meeting::padded_line,
    mobilisation::{Move, State},
    value::text::{LONGEST, several_lines},
};

/// What stands in the file behind a mobilisation.
struct Inside<'s> {
    persons: HashSet<&'s str>,
    facts: HashSet<&'s str>,
    consents: HashSet<&'s str>,
    disclosures: HashSet<&'s str>,
}

impl<'s> Inside<'s> {
    fn of(file: &'s File) -> Self {
        Self {
            persons: file.persons.iter().map(|one| one.it.key.as_str()).collect(),
            facts: file.facts.iter().map(|one| one.it.key.as_str()).collect(),
            consents: file.consents.iter().map(|one| one.it.key.as_str()).collect(),
            disclosures: file.disclosures.iter().map(|one| one.it.key.as_str()).collect(),
        }
    }
}

/// Checks every mobilisation.
pub(super) fn check(scenario: &Scenario, known: &Known<'_>) -> Result<(), ScenarioError> {
    unique(&scenario.mobilisations, "key", |one| &one.key)?;
    unique(scenario.mobilisations.iter().flat_map(|one| &one.it.meetings), "key", |one| &one.key)?;
    unique(scenario.mobilisations.iter().flat_map(|one| &one.it.actions), "key", |one| &one.key)?;
    for one in &scenario.mobilisations {
        check_process(one, known)?;
        let it = &one.it;
        let file = match &it.file {
            Some(key) => Some(
                scenario
                    .files
                    .iter()
                    .find(|file| file.it.key == *key)
                    .ok_or_else(|| one.wrong("file", "names nothing in this scenario"))?,
            ),
            None if it.meetings.is_empty() && it.actions.is_empty() => None,
            None => return Err(one.wrong("file", "is missing: nobody meets or acts before identity is open")),
        };
        let Some(inside) = file.map(|file| Inside::of(&file.it)) else { continue };
        for meeting in &it.meetings {
            check_meeting(meeting, &inside, known)?;
        }
        let meetings: HashSet<&str> = it.meetings.iter().map(|one| one.it.key.as_str()).collect();
        for action in &it.actions {
            check_action(action, &inside, &meetings, known)?;
        }
    }
    Ok(())
}

/// Its steps must lead from one to the next: a process cannot stand where nothing led.
fn check_process(one: &Placed<Mobilisation>, known: &Known<'_>) -> Result<(), ScenarioError> {
    need(one, &known.cells, "cell", &one.it.cell)?;
    need(one, &known.agencies, "brought_by", &one.it.brought_by)?;
    if let Some(cell) = &one.it.transferred_to {
        need(one, &known.cells, "transferred_to", cell)?;
    }
    for step in &one.it.steps {
        need(one, &known.users, "user", &step.user)?;
        coded(one, "steps.reasons", "mobilisation_reason", &step.reasons)?;
    }
    for said in &one.it.opinions {
        need(one, &known.users, "user", &said.user)?;
        coded(one, "opinions.reasons", "mobilisation_reason", &said.reasons)?;
    }
    coded(one, "residual_level", "risk_level", &one.it.residual_level)?;
    if one.it.steps.first().is_none_or(|step| step.by != Move::Identify) {
        return Err(one.wrong("steps", "begin otherwise than by identify"));
    }
    let mut moves = one.it.steps.iter().skip(1).map(|step| step.by);
    if moves.try_fold(State::Identified, State::after).is_err() {
        return Err(one.wrong("steps", "lead nowhere"));
    }
    let Some(codes) = &one.it.consultation else { return Ok(()) };
    coded(one, "consultation", "age_band", [&codes.age_band])?;
    coded(one, "consultation", "region", [&codes.region])?;
    coded(one, "consultation", "risk_level", [&codes.level])?;
    coded(one, "consultation", "consultation_factor", &codes.factors)?;
    coded(one, "consultation", "service", &codes.services)
}

fn check_meeting(one: &Placed<Meeting>, inside: &Inside<'_>, known: &Known<'_>) -> Result<(), ScenarioError> {
    let it = &one.it;
    need(one, &known.users, "by", &it.by)?;
    after(one, "ends_at", Some(it.starts_at), it.ends_at)?;
    after(one, "closed_at", it.opened_at, it.closed_at)?;
    match (&it.chair, it.opened_at) {
        (Some(chair), Some(_)) => need(one, &known.users, "chair", chair)?,
        (None, None) => {}
        _ => return Err(one.wrong("chair", "stands with opened_at, or neither does")),
    }
    let held = !it.attendance.is_empty() || !it.decisions.is_empty() || !it.told.is_empty();
    if it.opened_at.is_none() && (held || it.closed_at.is_some() || !it.disclosures.is_empty()) {
        return Err(one.wrong("opened_at", "is missing"));
    }
    for (field, text) in [("place", &it.place), ("link", &it.link)] {
        if text.as_ref().is_some_and(|text| padded_line(text).is_err()) {
            return Err(one.wrong(field, "is not a line that may be kept"));
        }
    }
    let mut seated = HashSet::new();
    for seat in &it.seats {
        need(one, &known.agencies, "seats.agency", &seat.agency)?;
        need(one, &known.users, "seats.person", &seat.person)?;
        if let Some(substitute) = &seat.substitute {
            need(one, &known.users, "seats.substitute", substitute)?;
        }
        coded(one, "seats.answer_reason", "withheld_reason", &seat.answer_reason)?;
        if !seated.insert(&seat.agency) {
            return Err(one.wrong("seats.agency", "is used twice"));
        }
    }
    let mut present = HashSet::new();
    for row in &it.attendance {
        need(one, &known.agencies, "attendance.agency", &row.agency)?;
        need(one, &known.users, "attendance.person", &row.person)?;
        after(one, "attendance.departed_at", Some(row.arrived_at), row.departed_at)?;
        if row.departed_at.is_none() && !present.insert(&row.person) {
            return Err(one.wrong("attendance.person", "is twice in the room"));
        }
    }
    for item in &it.agenda {
        match item {
            AgendaItem::Coded(item) => coded(one, "agenda.code", "agenda_item", [&item.code])?,
            AgendaItem::Titled(item) => {
                need(one, &inside.persons, "agenda.person", &item.person)?;
                brought(one, "agenda", item.category, &item.text)?;
            }
        }
    }
    check_words(one, inside, known)
}

/// What was said at a meeting.
fn check_words(one: &Placed<Meeting>, inside: &Inside<'_>, known: &Known<'_>) -> Result<(), ScenarioError> {
    let mut contributions = HashSet::new();
    for said in &one.it.contributions {
        if !contributions.insert(said.key.as_str()) {
            return Err(one.wrong("contributions.key", "is used twice"));
        }
        need(one, &known.users, "contributions.by", &said.by)?;
        need(one, &inside.persons, "contributions.person", &said.person)?;
        brought(one, "contributions", said.category, &said.text)?;
        for fact in &said.facts {
            need(one, &inside.facts, "contributions.facts", fact)?;
        }
    }
    for decided in &one.it.decisions {
        need(one, &known.users, "decisions.by", &decided.by)?;
        need(one, &inside.persons, "decisions.person", &decided.person)?;
        brought(one, "decisions", decided.category, &decided.text)?;
        coded(one, "decisions.level", "risk_level", &decided.level)?;
        for agency in &decided.dissent {
            need(one, &known.agencies, "decisions.dissent", agency)?;
        }
    }
    for telling in &one.it.told {
        need(one, &known.users, "told.by", &telling.by)?;
        need(one, &inside.consents, "told.consent", &telling.consent)?;
        for recipient in &telling.recipients {
            need(one, &known.agencies, "told.recipients.agency", &recipient.agency)?;
        }
        for item in &telling.items {
            match item {
                Told::Fact(item) => need(one, &inside.facts, "told.items.fact", &item.fact)?,
                Told::Contribution(item) => {
                    need(one, &contributions, "told.items.contribution", &item.contribution)?;
                }
            }
        }
    }
    for act in &one.it.disclosures {
        need(one, &inside.disclosures, "disclosures", act)?;
    }
    Ok(())
}

fn check_action(
    one: &Placed<Action>,
    inside: &Inside<'_>,
    meetings: &HashSet<&str>,
    known: &Known<'_>,
) -> Result<(), ScenarioError> {
    let it = &one.it;
    coded(one, "kind", "action_kind", [&it.kind])?;
    coded(one, "if_it_fails", "action_fallback", &it.if_it_fails)?;
    coded(one, "must_not", "action_must_not", &it.must_not)?;
    need(one, &known.users, "by", &it.by)?;
    need(one, &known.agencies, "owner_agency", &it.owner_agency)?;
    need(one, &known.users, "owner", &it.owner)?;
    let mut protected = HashSet::new();
    for person in &it.protects {
        need(one, &inside.persons, "protects", person)?;
        if !protected.insert(person) {
            return Err(one.wrong("protects", "is used twice"));
        }
    }
    if it.protects.is_empty() {
        return Err(one.wrong("protects", "is empty"));
    }
    for (field, text) in [("text", &it.text), ("must_not_text", &it.must_not_text)] {
        if let Some(text) = text {
            written(one, field, text)?;
        }
    }
    if let Some(meeting) = &it.meeting {
        need(one, meetings, "meeting", meeting)?;
    }
    for step in &it.steps {
        need(one, &known.users, "steps.user", &step.user)?;
        coded(one, "steps.reasons", "action_reason", &step.reasons)?;
        if let Some(owner) = &step.owner {
            need(one, &known.agencies, "steps.owner.agency", &owner.agency)?;
            need(one, &known.users, "steps.owner.person", &owner.person)?;
        }
        match &step.evidence {
            Some(text) if step.by == Turn::Finish => written(one, "steps.evidence", text)?,
            Some(_) => return Err(one.wrong("steps.evidence", "is of something done")),
            None => {}
        }
    }
    if it.steps.iter().map(|step| step.by).try_fold(Status::Agreed, Status::after).is_err() {
        return Err(one.wrong("steps", "lead nowhere"));
    }
    for told in &it.told {
        need(one, &inside.persons, "told.person", &told.person)?;
        need(one, &known.users, "told.by", &told.by)?;
        coded(one, "told.channel", "safe_channel", [&told.channel])?;
    }
    Ok(())
}

fn coded<'c, T>(
    of: &Placed<T>,
    field: &str,
    list: &str,
    codes: impl IntoIterator<Item = &'c String>,
) -> Result<(), ScenarioError> {
    let list = CodeList::named(list);
    let known = |code: &String| list.as_ref().is_some_and(|list| list.find(code).is_some());
    if codes.into_iter().all(known) {
        Ok(())
    } else {
        Err(of.wrong(field, "holds a code that is in no list"))
    }
}

fn after<T>(
    of: &Placed<T>,
    field: &str,
    earlier: Option<DateTime<Utc>>,
    later: Option<DateTime<Utc>>,
) -> Result<(), ScenarioError> {
    match (earlier, later) {
        (Some(earlier), Some(later)) if later <= earlier => {
            Err(of.wrong(field, "is not after what it follows"))
        }
        _ => Ok(()),
    }
}

fn written<T>(of: &Placed<T>, field: &str, text: &str) -> Result<(), ScenarioError> {
    several_lines(text, LONGEST).map(|_| ()).map_err(|_| of.wrong(field, "is not a text that may be kept"))
}

/// Words brought to a table: professional notes never are.
fn brought<T>(of: &Placed<T>, list: &str, category: Category, text: &str) -> Result<(), ScenarioError> {
    if category == Category::Notes {
        return Err(of.wrong(&format!("{list}.category"), "is never brought to a table"));
    }
    written(of, &format!("{list}.text"), text)
}
