//! The key to the doors that only `authz` and `domain` may open.
//!
//! A function that hands out a database connection, seals a record or spends a permit asks for a
//! [`Key`]. `api` does not depend on this crate, so it cannot write the name of the argument, and
//! `./check` proves that with `cargo tree -p api --depth 1`.

/// Proof that the caller's crate was trusted with the doors. It carries nothing.
#[derive(Clone, Copy)]
pub struct Key(());

impl Key {
    /// Takes the key from its hook.
    #[must_use]
    pub const fn take() -> Self {
        Self(())
    }
}
