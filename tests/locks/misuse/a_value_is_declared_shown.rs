//! Only a grant shows a value.

use authz::{desk::Shown, gate::Basis};

fn forge(value: String) -> Shown<String> {
    Shown { value, basis: Basis::Own }
}

fn main() {}
