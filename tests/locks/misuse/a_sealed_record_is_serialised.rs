//! What is under seal does not become JSON.

use authz::desk::Sealed;
use domain::file::view::RiskFile;

fn spill(file: &Sealed<'_, RiskFile>) -> Option<String> {
    serde_json::to_string(file).ok()
}

fn main() {}
