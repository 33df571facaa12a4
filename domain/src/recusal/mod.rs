//! Recusal: the human being for whom a file does not exist.

mod list;
mod recuse;

pub use list::{RecusalView, Recusals, RecusalsView, find};
pub use recuse::{Recused, recuse_other, recuse_self};
