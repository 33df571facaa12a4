//! For which agency a copy is made and how agencies are called: what stands on every document.

use std::collections::HashMap;

use authz::{accounts::own_profile, desk::Caller, id::AgencyId};
use chrono::NaiveDate;
use domain::{reference::find_agencies, wording::Lang};
use paper::{Block, Definition, Document, Language, Section};

use super::Pen;
use crate::{problem::Problem, server::Worker};

/// So much of the agency's name stands at the foot of each page, as a page has room for.
const LONGEST_NAME: usize = 200;

/// What stands on every document.
pub struct Letterhead {
    /// The language.
    pub pen: Pen,
    own: String,
    agencies: HashMap<AgencyId, String>,
    today: NaiveDate,
}

impl Letterhead {
    /// Reads it, after the record itself: whoever is refused the record is told nothing else.
    ///
    /// # Errors
    /// When the caller is not signed in any more, or the database fails.
    pub async fn read(worker: &Worker, caller: Caller, lang: Lang) -> Result<Self, Problem> {
        let desk = worker.desk()?;
        let (profile, _) = own_profile(desk, caller.clone()).await?.into_parts();
        let named = desk
            .read::<_, Problem>(caller, async move |session| {
                let found = find_agencies(session).await?;
                Ok(session.open(found)?)
            })
            .await?;
        let agencies = named.into_parts().0.agencies.into_iter();
        Ok(Self {
            pen: Pen(lang),
            own: profile.agency.name.chars().take(LONGEST_NAME).collect(),
            agencies: agencies.map(|agency| (agency.id, agency.name)).collect(),
            today: Pen::local_day(desk.clock().now()),
        })
    }

    /// How an agency is called.
    pub fn agency(&self, id: AgencyId) -> String {
        let gone = || self.pen.say("Organisme qui n’est plus actif", "Agency no longer active").to_owned();
        self.agencies.get(&id).cloned().unwrap_or_else(gone)
    }

    /// A document under this letterhead.
    pub fn document(&self, title: &str, opening: Vec<Block>, sections: Vec<Section>) -> Document {
        let Self { pen, own, today, .. } = self;
        let day = pen.day(*today);
        Document {
            title: title.to_owned(),
            language: match pen.0 {
                Lang::Fr => Language::Fr,
                Lang::En => Language::En,
            },
            classification: Some(
                pen.say(
                    "Confidentiel\u{a0}: pour l’organisme nommé au bas de la page, ne pas transmettre",
                    "Confidential: for the agency named at the foot of the page, not to be passed on",
                )
                .to_owned(),
            ),
            footer: match pen.0 {
                Lang::Fr => format!("Copie pour {own} — {day}"),
                Lang::En => format!("Copy for {own} — {day}"),
            },
            made_on: *today,
            opening,
            sections,
        }
    }
}

/// A term and what is said of it.
pub(super) fn definition(term: &str, text: impl Into<String>) -> Definition {
    Definition { term: term.to_owned(), texts: vec![text.into()] }
}

/// A section without others inside it.
pub(super) fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { heading: heading.to_owned(), blocks, sections: Vec::new() }
}

/// Texts one's own.
pub(super) fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}
