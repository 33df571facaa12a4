//! Server-rendered pages: the same desk and the same operations as REST, so that a page shows and does nothing
//! that the API would not. Each works without JavaScript.
//!
//! A page is a file: its template's data, the handler that reads through the desk, the handler of its form that
//! hands what was sent to the operation of the API ([`form`] says how a form becomes its JSON).

mod account;
mod assets;
mod disclosures;
mod drafts;
mod export;
mod field;
mod file;
mod file_new;
mod files;
mod form;
mod frame;
mod home;
mod journal;
mod landing;
mod language;
mod lock;
mod messages;
mod moment;
mod oops;
mod period;
mod phrases;
mod problems;
mod purpose;
mod registers;
mod rehearsal;
mod session;
mod simple;
mod visit;
mod visitors;

use actix_web::web;

pub use oops::Oops;
pub use problems::page_of;
pub use visitors::Visitors;

/// The pages' routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(landing::landing)
        .service(session::ask)
        .service(session::sign_in)
        .service(session::sign_out)
        .service(lock::close)
        .service(lock::present)
        .service(lock::ask)
        .service(lock::open)
        .service(language::choose)
        .service(purpose::ask)
        .service(purpose::declare)
        .service(home::home)
        .service(files::files)
        .service(file_new::ask)
        .service(file_new::open)
        .service(file::file)
        .service(messages::messages)
        .service(messages::note)
        .service(messages::from_mail)
        .service(account::account)
        .service(drafts::save)
        .service(problems::problems)
        .service(problems::one);
    disclosures::routes(config);
    config
        .service(registers::disclosures)
        .service(registers::communications)
        .service(journal::journal)
        .service(journal::of_file)
        .service(rehearsal::ask)
        .service(rehearsal::rehearse);
    assets::routes(config);
}
