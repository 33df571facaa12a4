//! Only who the caller is bounds a list.

use authz::desk::{Bounds, Reach};

fn forge<'tx>(bounds: Bounds) -> Reach<'tx> {
    Reach { bounds, brand: std::marker::PhantomData }
}

fn main() {}
