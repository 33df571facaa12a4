//! On what a document is wanted.

use domain::validation::{Invalid, Rule};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{http::read_query, problem::Problem};

/// On what a document is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Accessible HTML, made to be printed.
    Html,
    /// The document's parts, for a program.
    Json,
    /// Tagged PDF (PDF/UA-1), where this program was built with it.
    Pdf,
}

/// The query of a document.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// On what.
    #[param(inline)]
    format: Format,
}

impl Format {
    /// Reads which is wanted; it must be said.
    ///
    /// # Errors
    /// 400 when it is none of them, 422 when this program makes no PDF.
    pub fn read(query: &str) -> Result<Self, Problem> {
        let Wanted { format } = read_query(query)?;
        if format == Self::Pdf && !cfg!(feature = "pdf") {
            return Err(Problem::invalid(vec![Invalid::at("format", Rule::UnknownWord)]));
        }
        Ok(format)
    }
}
