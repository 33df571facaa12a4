//! A copy would be a second record to open, unrecorded.

use authz::desk::Sealed;
use domain::file::view::RiskFile;

fn twice<'tx>(file: &Sealed<'tx, RiskFile>) -> Sealed<'tx, RiskFile> {
    file.clone()
}

fn main() {}
