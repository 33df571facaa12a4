//! What everyone signed in may see: the catalogue, the legal texts, the ceiling, agencies and cells.

mod agencies;
mod catalogue;
mod instruments;
mod legal;
mod outcome;
mod shareable;

pub use agencies::{AgenciesView, AgencyEntry, find_agencies};
pub use catalogue::{CatalogueView, find_catalogue};
pub use instruments::{
    InstrumentHead, InstrumentView, InstrumentsView, ItemView, find_instrument, find_instruments,
};
pub use legal::{LegalView, find_legal};
pub use outcome::{GivenAnswers, find_outcome};
pub use shareable::{Shareable, find_shareable};

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
};
use door::Key;
use uuid::Uuid;

/// Something that is the same for everybody signed in.
pub struct Common<V>(V);

impl<V> Resource for Common<V> {
    const KIND: &'static str = "reference";
    const READ: &'static str = "reference.read";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl<V: 'static> Disclose for Common<V> {
    type View = V;
    fn disclose(self, _: &Grant<'_, Self>) -> Result<V, Fault> {
        Ok(self.0)
    }
}

/// Seals what everybody signed in may see, once it is known that somebody is.
pub(crate) async fn common<'tx, M, V>(
    session: &mut Session<'tx, M>,
    view: V,
) -> Result<Sealed<'tx, Common<V>>, Stop> {
    session.identify().await?;
    Ok(seal(
        Key::take(),
        session.tx(Key::take()),
        Uuid::nil(),
        Some((Common(view), Scope::Room(Room::SignedIn))),
    ))
}

/// The ceiling as a table.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn find_policy<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, Common<PolicyView>>, Stop> {
    let ceiling = session.ceiling();
    let view =
        PolicyView { version: ceiling.version().to_string(), table: authz::ceiling::table_markdown(ceiling) };
    common(session, view).await
}

/// The ceiling.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PolicyView {
    /// Version of the policy: the head of the digest of its text.
    pub version: String,
    /// Every cell, as Markdown.
    pub table: String,
}
