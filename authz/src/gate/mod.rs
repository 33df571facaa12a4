//! The gate: may this viewer see this fact, now, for this purpose — and on what ground?
//!
//! Everything that shows anything of a risk file comes through [`Gate::decide`].

mod engine;
mod rules;
mod scope;
mod validity;
pub mod wire;

pub use engine::{Basis, Decision, Gate, Visibility};
pub use scope::{
    Act, CategorySet, CircleRow, Consent, Item, Label, Person, Provision, PurposeSet, Scope, Sources, Viewer,
};
pub use validity::counts;
