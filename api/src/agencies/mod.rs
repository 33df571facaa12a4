//! Agencies: making one with its first admin, disabling one, enabling it again.

pub mod disable;
pub mod enable;
pub mod make;
