//! A seal is not a pointer to what it holds.

use authz::desk::Sealed;
use domain::file::view::RiskFile;

fn reach<'f>(file: &'f Sealed<'_, RiskFile>) -> &'f RiskFile {
    &**file
}

fn main() {}
