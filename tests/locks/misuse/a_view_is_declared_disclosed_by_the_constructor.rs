//! The constructor belongs to the desk.

use authz::{desk::Disclosed, id::EventId};

fn forge(view: String, event: EventId) -> Disclosed<String> {
    Disclosed::new(view, event)
}

fn main() {}
