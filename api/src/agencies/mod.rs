//! Agencies: making one with its first admin, disabling one, listing the disabled, enabling one again.

pub mod disable;
pub mod disabled;
pub mod enable;
pub mod make;
