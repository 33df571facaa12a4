//! Only opening what is sealed makes a pending view.

use authz::desk::Pending;

fn forge<'tx>(view: String) -> Pending<'tx, String> {
    Pending { view, brand: std::marker::PhantomData }
}

fn main() {}
