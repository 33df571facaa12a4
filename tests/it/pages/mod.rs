//! The pages, as people use them in a browser that runs no scripts; `tests/browser` is one that does.

mod disclosures;
mod frame;
mod log;
mod phrases;
mod registers;
mod rehearsal;
