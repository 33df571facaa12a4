//! What the tests of the whole share: a second statement of the gate, situations to ask it, and ways to vary them.

pub mod chromium;
pub mod engine;
pub mod hand;
pub mod harness;
pub mod oracle;
pub mod scene;
pub mod situations;
pub mod tour;
pub mod variations;
