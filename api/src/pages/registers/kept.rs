//! A register that a privacy officer keeps, as it stands, newest first: by the page, or taken along as a file.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{After, Entry, LONGEST, PAGE};
use crate::{
    http::Cursor,
    pages::{
        export::{self, Csv, Format},
        moment::moment,
        oops::Oops,
        phrases::Phrases,
        visit::Visit,
    },
};

/// What is asked of such a register.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    cursor: Option<String>,
    pub format: Option<Format>,
    pub fait: Option<String>,
}

/// What was read of it.
pub(super) struct Kept<T> {
    pub items: Vec<T>,
    next: After,
}

impl<T: Entry + Serialize> Kept<T> {
    /// Reads a page, or as many as a file holds.
    pub async fn read(
        wanted: &Wanted,
        page: impl AsyncFn(After) -> Result<Vec<T>, Oops>,
    ) -> Result<Self, Oops> {
        let mut next = wanted.cursor.as_deref().map(Cursor::decode).transpose()?.map(|at| (at.at, at.id));
        let most = if wanted.format.is_some() { LONGEST } else { PAGE };
        let mut items = Vec::new();
        loop {
            let found = page(next).await?;
            next = found.last().map(Entry::place).filter(|_| found.len() == PAGE);
            items.extend(found);
            if next.is_none() || items.len() >= most {
                return Ok(Self { items, next });
            }
        }
    }

    /// Where it goes on, as a query.
    pub fn next(&self) -> Option<String> {
        self.next.map(|(at, id)| format!("cursor={}", Cursor { at, id }.encode()))
    }

    /// As a file whose name says whether it is whole.
    pub fn file(
        &self,
        visit: &Visit,
        name: &str,
        format: Format,
        csv: impl FnOnce(&[T]) -> Csv,
    ) -> HttpResponse {
        let whole = self.next.is_none();
        let name = if whole { name.to_owned() } else { format!("{name}-partiel") };
        match format {
            Format::Csv => csv(&self.items).answer(&name),
            Format::Json => {
                let items = serde_json::to_value(&self.items).unwrap_or(Json::Null);
                let agency = &visit.known.profile.agency.name;
                export::json(&name, &json!({"agency": agency, "complete": whole, "items": items}))
            }
        }
    }
}

/// What a version of an entry is called.
pub(super) fn version(number: i16, at: DateTime<Utc>, p: Phrases) -> String {
    p.s("incident-version-of", &[("number", &number.to_string()), ("at", &moment(at, p.lang()))])
}
