//! Only spending a permit proves that a change was carried out.

use authz::{acts::RecuseSelf, desk::Spent};

fn forge<'tx>() -> Spent<'tx, RecuseSelf> {
    Spent { act: std::marker::PhantomData, brand: std::marker::PhantomData }
}

fn main() {}
