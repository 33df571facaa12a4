//! The body of an act that needs no words: an empty object, or no body at all.

use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing to say.
#[derive(Deserialize, ToSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
