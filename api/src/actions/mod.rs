//! Actions of a safety net.

pub(crate) mod agree;
pub(crate) mod cancel;
pub(crate) mod entrust;
pub(crate) mod extend;
pub(crate) mod finish;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod start;
pub(crate) mod told;
