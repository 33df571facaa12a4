//! Only the crate that writes spends a permit.

use authz::{acts::RecuseSelf, desk::Permit, id::FileId};
use domain::file::view::RiskFile;

fn id_of(permit: Permit<'_, RecuseSelf, RiskFile>) -> FileId {
    permit.spend(Default::default()).0
}

fn main() {}
