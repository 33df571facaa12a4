//! Decided is not recorded.

use api::http::Reply;
use authz::desk::Pending;

fn answer(view: Pending<'_, String>) {
    let _ = Reply::view(view);
}

fn main() {}
