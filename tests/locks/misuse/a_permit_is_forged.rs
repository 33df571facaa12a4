//! Only the judgement of an act makes a permit.

use authz::{acts::RecuseSelf, desk::Permit, id::FileId};
use domain::file::view::RiskFile;

fn forge<'tx>(id: FileId) -> Permit<'tx, RecuseSelf, RiskFile> {
    Permit { id, act: std::marker::PhantomData, brand: std::marker::PhantomData }
}

fn main() {}
