//! Instruments of risk appraisal, as whoever is signed in may see them: everyone knows which there are and
//! whose they are; the wording of an instrument is for the agencies its licence names.

use authz::{
    desk::{Sealed, Session, seal},
    fault::Stop,
    vocabulary::Category,
};
use chrono::NaiveDate;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Common, common};
use crate::{
    agencies::own_key,
    instrument::{Answer, Domain, Instrument, Item, Level, Library, Text},
    law::Status,
    wording::Lang,
};

/// The instruments there are.
#[derive(Serialize, ToSchema)]
pub struct InstrumentsView {
    /// The newest version of each, those the program ships with first.
    pub items: Vec<InstrumentHead>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One instrument in a list.
#[derive(Serialize, ToSchema)]
pub struct InstrumentHead {
    /// Its short name.
    pub code: String,
    /// Its version, from 1.
    pub version: i16,
    /// Its name, in the caller's language.
    pub title: Option<String>,
    /// What it is for.
    pub summary: Option<String>,
    /// The languages its items are worded in, as `fr` and `en`.
    #[schema(value_type = Vec<String>)]
    pub languages: Vec<Lang>,
    /// Who holds the rights.
    pub licence_holder: String,
    /// What the holder allows.
    pub licence_note: Option<String>,
    /// May one's own agency use it?
    pub usable: bool,
    /// Must whoever uses it attest to the holder's training?
    pub training_required: bool,
    /// Does it reach a number? Otherwise it is structured professional judgement.
    pub scored: bool,
}

/// One instrument, whole.
#[derive(Serialize, ToSchema)]
pub struct InstrumentView {
    /// As in the list.
    #[serde(flatten)]
    pub head: InstrumentHead,
    /// Where it was read.
    pub source: String,
    /// When it was read.
    pub consulted: Option<NaiveDate>,
    /// `verified` or `to_verify`.
    pub status: &'static str,
    /// Headings.
    pub groups: Vec<NamedView>,
    /// The items, in their order.
    pub items: Vec<ItemView>,
    /// Ranges of the score.
    pub bands: Vec<BandView>,
    /// What certain answers call for.
    pub triggers: Vec<NamedView>,
    /// Appraise again after so many days at the latest.
    pub reappraise_after_days: Option<u16>,
}

/// Something with a name.
#[derive(Serialize, ToSchema)]
pub struct NamedView {
    /// Its id.
    pub id: String,
    /// What people read; nothing, where the licence does not name one's agency or the wording stays on paper.
    pub label: Option<String>,
}

/// An item.
#[derive(Serialize, ToSchema)]
pub struct ItemView {
    /// Its id and wording.
    #[serde(flatten)]
    pub named: NamedView,
    /// Its heading.
    pub group: Option<String>,
    /// The category under which its answer is shown or withheld.
    #[schema(value_type = String)]
    pub category: Category,
    /// The answers it takes.
    #[schema(value_type = Vec<String>)]
    pub answers: Vec<Answer>,
    /// Weighs by itself.
    pub critical: bool,
    /// Its presence protects.
    pub protective: bool,
}

/// A range of the score.
#[derive(Serialize, ToSchema)]
pub struct BandView {
    /// Its id and wording.
    #[serde(flatten)]
    pub named: NamedView,
    /// First score in it.
    pub from: Option<i32>,
    /// First score beyond it.
    pub to: Option<i32>,
    /// The level it suggests, as a code of `risk_level`.
    #[schema(value_type = Option<String>)]
    pub suggests: Option<Level>,
}

fn head(of: &Instrument, agency: &str, lang: Lang) -> InstrumentHead {
    let text = |text: &Text| text.get(lang).map(str::to_owned);
    InstrumentHead {
        code: of.code.clone(),
        version: of.version,
        title: text(&of.title),
        summary: text(&of.summary),
        languages: of.languages.clone(),
        licence_holder: of.licence_holder.clone(),
        licence_note: text(&of.licence_note),
        usable: of.permits(agency),
        training_required: of.training_required,
        scored: of.score.is_some(),
    }
}

fn whole(of: &Instrument, agency: &str, lang: Lang) -> InstrumentView {
    let head = head(of, agency, lang);
    let worded = head.usable;
    let named = |id: &str, label: &Text| NamedView {
        id: id.to_owned(),
        label: label.get(lang).filter(|_| worded).map(str::to_owned),
    };
    let item = |item: &Item| ItemView {
        named: named(&item.id, &item.label),
        group: item.group.clone(),
        category: item.category,
        answers: taken(item.answers),
        critical: item.critical,
        protective: item.protective,
    };
    InstrumentView {
        source: of.provenance.source.clone(),
        consulted: of.provenance.consulted,
        status: match of.provenance.status {
            Status::Verified => "verified",
            Status::ToVerify => "to_verify",
        },
        groups: of.groups.iter().map(|group| named(&group.id, &group.label)).collect(),
        items: of.items.iter().map(item).collect(),
        bands: of
            .bands
            .iter()
            .map(|band| BandView {
                named: named(&band.id, &band.label),
                from: band.from,
                to: band.to,
                suggests: band.suggests,
            })
            .collect(),
        triggers: of.triggers.iter().map(|trigger| named(&trigger.id, &trigger.label)).collect(),
        reappraise_after_days: of.reappraise_after_days,
        head,
    }
}

fn taken(domain: Domain) -> Vec<Answer> {
    Answer::ALL.iter().copied().filter(|answer| domain.takes(*answer)).collect()
}

/// The instruments there are.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_instruments<'tx, M>(
    session: &mut Session<'tx, M>,
    lang: Lang,
) -> Result<Sealed<'tx, Common<InstrumentsView>>, Stop> {
    session.identify().await?;
    let agency = own_key(session).await?;
    let library = Library::load(session).await?;
    let items = library.newest().iter().map(|of| head(of, &agency, lang)).collect();
    common(session, InstrumentsView { items, next: None }).await
}

/// One instrument; its newest version, if none is said.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_instrument<'tx, M>(
    session: &mut Session<'tx, M>,
    code: &str,
    version: Option<i16>,
    lang: Lang,
) -> Result<Sealed<'tx, Common<InstrumentView>>, Stop> {
    session.identify().await?;
    let agency = own_key(session).await?;
    match Library::load(session).await?.find(code, version) {
        Some(of) => common(session, whole(&of, &agency, lang)).await,
        None => Ok(seal(Key::take(), session.tx(Key::take()), Uuid::nil(), None)),
    }
}
