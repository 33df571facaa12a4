//! The WHERE clause is written where the key is.

use authz::desk::{Bounds, Reach};

fn bounds<'r>(reach: &'r Reach<'_>) -> &'r Bounds {
    reach.bounds(Default::default())
}

fn main() {}
