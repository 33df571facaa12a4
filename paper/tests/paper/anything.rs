//! Whatever somebody writes comes out of the printer.

use paper::{Block, Definition, Document, Section, Sheet, Table};
use proptest::prelude::*;

use super::{empty, said, texts, with};

/// The plain letters alone. A letter under a mark it has no common sign with ("t\u{301}") lends that
/// mark to its glyph for the whole font; what the place itself says stands beside it as its actual
/// text, which this test's reader does not follow.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What people and attackers type: commands of typesetters, directions, marks, pictures, words without an end.
fn writing() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("#".to_owned()),
        Just("*".to_owned()),
        Just("\\".to_owned()),
        Just("]".to_owned()),
        Just("$".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n\t\0".to_owned()),
        Just("שלום".to_owned()),
        Just("مرحبا بك".to_owned()),
        Just("\u{202E}gauche\u{2066}".to_owned()),
        Just("👩\u{200D}👧🏽".to_owned()),
        Just("e\u{301}\u{323}\u{489}".to_owned()),
        Just("नमस्ते".to_owned()),
        Just("a".repeat(400)),
        Just("\u{301}".to_owned()),
        Just("t\u{301}".to_owned()),
        "\\PC{0,12}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A block that proptest may carry about: the model has no `Debug`, on purpose.
struct Piece(Block);

impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let document = with(vec![self.0.clone()]);
        f.write_str(&String::from_utf8_lossy(&paper::json(&document).unwrap_or_default()))
    }
}

fn block() -> impl Strategy<Value = Piece> {
    (0..6, proptest::collection::vec(writing(), 3)).prop_map(|(kind, written)| {
        let [first, second, _] = written.as_slice() else { panic!("three") };
        Piece(match kind {
            0 => Block::Paragraph(first.clone()),
            1 => Block::List(written),
            2 => Block::Steps(written),
            3 => Block::Definitions(vec![Definition {
                term: format!("t{first}"),
                texts: vec![second.clone()],
            }]),
            4 => Block::Table(Table {
                caption: format!("c{first}"),
                columns: texts(&["a", "b", "c"]),
                named_rows: true,
                rows: vec![written],
            }),
            _ => Block::Signatures(written.into_iter().map(|name| format!("n{name}")).collect()),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn whatever_is_written_can_be_printed(heading in writing(), blocks in proptest::collection::vec(block(), 0..5)) {
        let blocks = blocks.into_iter().map(|piece| piece.0).collect();
        let document = Document { sections: vec![Section { heading: format!("h{heading}"), blocks, sections: Vec::new() }], ..empty() };
        let bytes = paper::pdf(&document, Sheet::Letter);
        prop_assert!(bytes.is_ok_and(|bytes| plain(&said(&bytes)).contains(&plain("Copie de Maison de l’Estran"))));
        prop_assert!(paper::html(&document, "/a").is_ok());
    }
}
