//! A reply accepts only what was recorded.

use api::http::Reply;

fn answer(view: String) {
    let _ = Reply::view(view);
}

fn main() {}
