//! The legal bases in force at a moment, as dated summaries: what each asks and allows.

use authz::{
    desk::{Sealed, Session},
    fault::Stop,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Common, common};
use crate::{
    law::{Law, Status},
    wording::Lang,
};

/// The bases in force.
#[derive(Serialize, ToSchema)]
pub struct LegalView {
    /// By code.
    pub items: Vec<BasisEntry>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One basis in the version of the moment asked for.
#[derive(Serialize, ToSchema)]
pub struct BasisEntry {
    /// The code that acts name.
    pub code: String,
    /// Its version, from 1.
    pub version: i16,
    /// The citation.
    pub statute: String,
    /// A short name.
    pub title: String,
    /// The rule in the project's own words; never the text of the statute.
    pub summary: String,
    /// First day in force.
    pub from: NaiveDate,
    /// `verified` or `to_verify`.
    pub status: &'static str,
    /// Where it was read.
    pub source: String,
    /// What must be attested, each separately.
    pub conditions: Vec<ConditionEntry>,
}

/// One thing to attest.
#[derive(Serialize, ToSchema)]
pub struct ConditionEntry {
    /// Its id in `attestations`.
    pub id: String,
    /// What is asked.
    pub prompt: String,
}

/// The bases in force at a moment; now, if none is said.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn find_legal<'tx, M>(
    session: &mut Session<'tx, M>,
    at: Option<DateTime<Utc>>,
    lang: Lang,
) -> Result<Sealed<'tx, Common<LegalView>>, Stop> {
    let at = at.unwrap_or_else(|| session.now());
    let mut codes: Vec<&str> = Law::all().iter().map(|basis| basis.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let items = codes.into_iter().filter_map(|code| Law::in_force(code, at)).map(|basis| BasisEntry {
        code: basis.code.clone(),
        version: basis.version,
        statute: basis.statute.get(lang).to_owned(),
        title: basis.title.get(lang).to_owned(),
        summary: basis.summary.get(lang).to_owned(),
        from: basis.effective.from,
        status: match basis.status {
            Status::Verified => "verified",
            Status::ToVerify => "to_verify",
        },
        source: basis.source.clone(),
        conditions: basis
            .asks
            .iter()
            .map(|condition| ConditionEntry {
                id: condition.id.clone(),
                prompt: condition.prompt.get(lang).to_owned(),
            })
            .collect(),
    });
    let view = LegalView { items: items.collect(), next: None };
    common(session, view).await
}
