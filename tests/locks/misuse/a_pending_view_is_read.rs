//! Before its row is committed a view has no accessor.

use authz::desk::Pending;

fn early(pending: Pending<'_, String>) -> String {
    pending.view
}

fn main() {}
