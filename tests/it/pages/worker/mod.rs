//! The pages of who works on a file: reading it, writing down what one knows, finding one's way.

mod around;
mod care;
mod reading;
mod writing;

use tests::harness::House;

/// The page of the house's file.
fn file(house: &House) -> String {
    format!("/dossiers/{}", house.file().id)
}
