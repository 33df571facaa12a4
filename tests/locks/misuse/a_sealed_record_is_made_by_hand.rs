//! Only the sealing function, which asks for the key, makes one.

use authz::{desk::Sealed, id::FileId};
use domain::file::view::RiskFile;

fn forge<'tx>(id: FileId) -> Sealed<'tx, RiskFile> {
    Sealed { id, held: None, brand: std::marker::PhantomData }
}

fn main() {}
