//! How agencies, cells and the people of a cell are called; who the visitor is in it.

use std::collections::HashMap;

use authz::{
    id::{AgencyId, CellId, UserId},
    vocabulary::Role,
};
use domain::{
    catalogue::CodeList,
    cell::{CellSettings, ColleagueView, find, find_people},
    reference::{AgencyEntry, find_agencies},
};

use crate::{
    pages::{field::Choice, oops::Oops, phrases::Phrases, visit::Visit},
    problem::Problem,
};

/// The names of a cell.
pub struct Names {
    p: Phrases,
    /// The agencies at work, by short name.
    pub agencies: Vec<AgencyEntry>,
    cells: HashMap<CellId, String>,
    /// The people of the cell that the visitor may know by name.
    pub people: Vec<ColleagueView>,
}

impl Names {
    /// Reads the names of agencies and cells.
    pub async fn read(visit: &Visit) -> Result<Self, Oops> {
        let found = visit
            .worker
            .desk()?
            .read::<_, Problem>(visit.caller(), async move |session| {
                let found = find_agencies(session).await?;
                Ok(session.open(found)?)
            })
            .await?;
        let view = found.into_parts().0;
        Ok(Self {
            p: visit.p,
            agencies: view.agencies,
            cells: view.cells.into_iter().map(|cell| (cell.id, cell.name)).collect(),
            people: Vec::new(),
        })
    }

    /// The same with the people of a cell.
    pub async fn of_cell(visit: &Visit, cell: CellId) -> Result<Self, Oops> {
        let mut names = Self::read(visit).await?;
        let found = visit
            .worker
            .desk()?
            .read::<_, Problem>(visit.caller(), async move |session| {
                let found = find_people(session, cell).await?;
                Ok(session.open(found)?)
            })
            .await?;
        names.people = found.into_parts().0.items;
        Ok(names)
    }

    /// How an agency is called.
    pub fn agency(&self, id: AgencyId) -> String {
        let found = self.agencies.iter().find(|agency| agency.id == id);
        found.map_or_else(|| self.p.t("cell-agency-gone"), |agency| agency.name.clone())
    }

    /// How a cell is called.
    pub fn cell(&self, id: CellId) -> String {
        self.cells.get(&id).cloned().unwrap_or_default()
    }

    /// Every cell but this one, to choose from.
    pub fn other_cells(&self, but: CellId) -> Vec<Choice> {
        let mut cells: Vec<Choice> = self
            .cells
            .iter()
            .filter(|(id, _)| **id != but)
            .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
            .collect();
        cells.sort_by(|a, b| a.label.cmp(&b.label));
        cells
    }

    /// How somebody is called, if the visitor may know her by name.
    pub fn person(&self, id: UserId) -> Option<&str> {
        self.people.iter().find(|person| person.id == id).map(|person| person.name.as_str())
    }

    /// Somebody of an agency: by name where that may be known.
    pub fn somebody(&self, user: Option<UserId>, agency: Option<AgencyId>) -> String {
        let person = user.and_then(|user| self.person(user));
        match (person, agency) {
            (Some(person), Some(agency)) => format!("{person}, {}", self.agency(agency)),
            (Some(person), None) => person.to_owned(),
            (None, Some(agency)) => self.agency(agency),
            (None, None) => self.p.t("cell-nobody-named"),
        }
    }

    /// The agency somebody works for in this cell.
    pub fn agency_of(&self, user: &str) -> Option<AgencyId> {
        self.people.iter().find(|person| person.id.to_string() == user).map(|person| person.agency)
    }

    /// People to choose from, those of one agency, or each with hers.
    pub fn choices(&self, agency: Option<AgencyId>) -> Vec<Choice> {
        let of = self.people.iter().filter(|person| agency.is_none_or(|agency| person.agency == agency));
        let label = |person: &ColleagueView| match agency {
            Some(_) => person.name.clone(),
            None => format!("{} — {}", self.agency(person.agency), person.name),
        };
        let mut choices: Vec<Choice> =
            of.map(|person| Choice::new(person.id.to_string(), label(person))).collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    }

    /// Agencies to choose from.
    pub fn agency_choices(&self, among: impl IntoIterator<Item = AgencyId>) -> Vec<Choice> {
        let mut choices: Vec<Choice> =
            among.into_iter().map(|id| Choice::new(id.to_string(), self.agency(id))).collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    }
}

/// The label of a code, or the code where its list knows it no more.
pub fn code(p: Phrases, list: &str, word: &str) -> String {
    let found = CodeList::named(list).and_then(|list| list.find(word));
    found.map_or(word, |code| code.label(p.lang())).to_owned()
}

/// The codes of a list, to choose from.
pub fn codes(p: Phrases, list: &str) -> Vec<Choice> {
    let list = CodeList::named(list);
    let codes = list.iter().flat_map(|list| list.codes());
    codes.map(|code| Choice::new(code.code(), code.label(p.lang()))).collect()
}

/// Codes as one line.
pub fn listed(p: Phrases, list: &str, words: &[String]) -> String {
    words.iter().map(|word| code(p, list, word)).collect::<Vec<_>>().join(", ")
}

/// A cell's standards.
pub async fn settings(visit: &Visit, cell: CellId) -> Result<CellSettings, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.caller(), async move |session| {
            let found = find(session, cell).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// What the visitor does in a cell. The API decides; a page offers what has a chance.
#[derive(Clone, Copy)]
pub struct Duties(CellId);

impl Duties {
    /// In this cell.
    pub const fn of(cell: CellId) -> Self {
        Self(cell)
    }

    /// Does the visitor act as this in the cell?
    pub fn acts(self, visit: &Visit, role: Role) -> bool {
        let held = visit.known.profile.roles.iter().filter(|held| held.cell.id == self.0);
        held.into_iter().any(|held| held.role.inherits().contains(&role))
    }

    /// Does she lead the cell?
    pub fn leads(self, visit: &Visit) -> bool {
        self.acts(visit, Role::Coordinator)
    }
}
