//! The sentences of the gate that are easily misread, one example each, made by hand.

mod acts;
mod ceiling;
mod circle;
mod consents;
mod reasons;
mod withheld;
