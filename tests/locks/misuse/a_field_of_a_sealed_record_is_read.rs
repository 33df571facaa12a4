//! What is under seal has no accessor.

use authz::desk::Sealed;
use domain::file::view::RiskFile;

fn peek(file: &Sealed<'_, RiskFile>) -> bool {
    file.held.is_some()
}

fn main() {}
