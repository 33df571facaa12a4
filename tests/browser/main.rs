//! The pages in a real browser: who keeps whom out, what is kept in it, and each persona's day.

mod canary;
mod days;
mod everywhere;
mod leaving;
mod passkey;
mod verifier;
