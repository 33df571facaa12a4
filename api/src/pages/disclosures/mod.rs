//! Disclosure without consent (*levée de confidentialité*), on pages: choose one by one, see what each recipient
//! will see, confirm once; then complete the record, revoke, attest again.

mod after;
mod ask;
mod boxes;
mod list;
mod own;
mod preview;
mod sent;

use actix_web::web;

pub(super) use ask::{conditions, record_fields};
pub(super) use boxes::{allowed_by, boxes};
pub(super) use list::basis_title;
pub(super) use own::Own;
pub(super) use sent::Sent;

/// The routes of this area.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(ask::ask)
        .service(preview::preview)
        .service(preview::make)
        .service(list::list)
        .service(after::ask_record)
        .service(after::complete)
        .service(after::ask_revocation)
        .service(after::revoke);
}
