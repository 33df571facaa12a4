//! Only the desk begins a unit.

use authz::desk::{Caller, Reading, Session, Tx};

fn own<'tx>(tx: Tx<'tx>, caller: Caller) -> Session<'tx, Reading> {
    Session::new(tx, caller, todo!())
}

fn main() {}
