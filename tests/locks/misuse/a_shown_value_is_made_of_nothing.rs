//! There is no empty value that counts as shown.

use authz::desk::Shown;

fn forge() -> Shown<String> {
    Shown::default()
}

fn main() {}
