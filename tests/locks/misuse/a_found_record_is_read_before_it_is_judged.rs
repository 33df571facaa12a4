//! The columns of a found record are for the crate that shows them through a grant.

use domain::file::view::RiskFile;

fn columns(file: RiskFile) -> usize {
    let rows = file.rows;
    size_of_val(&rows)
}

fn main() {}
