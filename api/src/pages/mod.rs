//! Server-rendered pages: the same desk and the same operations as REST, so that a page shows and does nothing
//! that the API would not. Each works without JavaScript.
//!
//! A page is a file: its template's data, the handler that reads through the desk, the handler of its form that
//! hands what was sent to the operation of the API ([`form`] says how a form becomes its JSON).

mod account;
mod admin;
mod appraisals;
mod assets;
mod cell;
mod consents;
mod demo;
mod disclosures;
mod drafts;
mod enrol;
mod export;
mod field;
mod file;
mod form;
mod frame;
mod help;
mod home;
mod journal;
mod landing;
mod language;
mod lock;
mod messages;
mod moment;
mod oops;
mod people;
mod period;
mod phrases;
mod problems;
mod purpose;
mod registers;
mod rehearsal;
mod search;
mod session;
mod simple;
mod upload;
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
        .service(session::sign_in_by_passkey)
        .service(session::sign_out)
        .service(lock::close)
        .service(lock::present)
        .service(lock::ask)
        .service(lock::open)
        .service(lock::open_by_passkey)
        .service(language::choose)
        .service(purpose::ask)
        .service(purpose::declare)
        .service(help::help)
        .service(home::home)
        .service(search::ask)
        .service(search::search)
        .service(messages::messages)
        .service(messages::note)
        .service(messages::from_mail)
        .service(drafts::save)
        .service(problems::problems)
        .service(problems::one);
    file::routes(config);
    appraisals::routes(config);
    consents::routes(config);
    cell::routes(config);
    account::routes(config);
    admin::routes(config);
    demo::routes(config);
    enrol::routes(config);
    disclosures::routes(config);
    config
        .service(registers::disclosures)
        .service(registers::communications)
        .service(registers::incidents::list)
        .service(registers::incidents::ask)
        .service(registers::incidents::enter)
        .service(registers::incidents::one)
        .service(registers::incidents::ask_amendment)
        .service(registers::incidents::amend)
        .service(registers::incidents::ask_closure)
        .service(registers::incidents::close)
        .service(registers::requests::list)
        .service(registers::requests::ask)
        .service(registers::requests::enter)
        .service(registers::requests::one)
        .service(registers::requests::ask_amendment)
        .service(registers::requests::amend)
        .service(registers::requests::ask_extension)
        .service(registers::requests::extend)
        .service(registers::requests::ask_answer)
        .service(registers::requests::give)
        .service(journal::journal)
        .service(journal::of_file)
        .service(journal::anomalies)
        .service(journal::proven)
        .service(journal::point)
        .service(journal::piece)
        .service(journal::verifier)
        .service(rehearsal::ask)
        .service(rehearsal::rehearse);
    assets::routes(config);
}
