//! The pages in a real browser: who keeps whom out, what is kept in it, and each persona's day.

mod everywhere;
mod leaving;
