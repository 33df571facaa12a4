//! A record belongs to the transaction it was found in.

use authz::desk::{Reading, Sealed, Session};
use domain::file::view::RiskFile;

fn carry<'one, 'other>(session: &mut Session<'one, Reading>, file: Sealed<'other, RiskFile>) {
    let _ = session.open(file);
}

fn main() {}
