//! Whoever only reads changes nothing.

use authz::{
    acts::RecuseSelf,
    desk::{Reading, Sealed, Session},
};
use domain::file::view::RiskFile;

fn ask<'tx>(session: &mut Session<'tx, Reading>, file: &Sealed<'tx, RiskFile>) {
    let _ = session.permit::<RecuseSelf, RiskFile>(file);
}

fn main() {}
