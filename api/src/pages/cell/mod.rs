//! The cell's pages: its board, a mobilisation step by step, its meetings run live, its safety net, its numbers.

mod action;
mod around;
mod board;
mod clock;
mod convene;
mod forms;
mod identify;
mod live;
mod meeting;
pub(super) mod names;
mod net;
mod one;
mod one_parts;
mod paper;
mod reading;
mod statistics;
mod steps;
mod table;
mod tell;
mod words;

use actix_web::web;

/// The cell's routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(board::board)
        .service(identify::ask)
        .service(identify::begin)
        .service(convene::ask)
        .service(convene::convene)
        .service(convene::move_ask)
        .service(convene::move_it)
        .service(live::fragment)
        .service(tell::ask)
        .service(tell::tell)
        .service(table::leave_ask)
        .service(table::leave)
        .service(table::act)
        .service(paper::minutes)
        .service(meeting::open_page)
        .service(paper::plan)
        .service(action::ask)
        .service(action::act)
        .service(net::add)
        .service(net::all)
        .service(steps::ask)
        .service(steps::take)
        .service(one::one)
        .service(statistics::statistics)
        .service(meeting::mine);
}
