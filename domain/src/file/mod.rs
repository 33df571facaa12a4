//! Risk files: found sealed, shown through the gate, listed within reach.

pub mod consultation;
pub mod explain;
pub mod find;
pub mod keys;
pub mod lifecycle;
pub(crate) mod lookup;
pub mod merge;
pub(crate) mod merged;
pub mod page;
pub(crate) mod rows;
pub(crate) mod situation;
pub mod view;
pub mod withheld;
