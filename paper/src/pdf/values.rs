//! The document as values of the typesetter. Names here are those `document.typ` reads.

use typst::foundations::{Array, Dict, IntoValue, Str, Value};

use super::{
    Sheet,
    clean::{Care, Cleaner, NARROW, WIDE},
};
use crate::model::{Block, Document, Language, Section, Table};

/// Bytes from which a cell may be broken over pages.
const LONG_CELL: usize = 400;

/// Everything the template reads.
pub fn of(document: &Document, sheet: Sheet, care: Care) -> Dict {
    let clean = Cleaner::new(care);
    let mut dict = Dict::new();
    let mut put = |name: &str, value: Value| dict.insert(name.into(), value);
    put("title", one_line(&clean, &document.title));
    put("lang", text(document.language.tag()));
    put("paper", text(if sheet == Sheet::A4 { "a4" } else { "us-letter" }));
    put(
        "classification",
        document.classification.as_ref().map_or(Value::None, |line| one_line(&clean, line)),
    );
    put("footer", one_line(&clean, &document.footer));
    let mut body: Vec<Value> = document.opening.iter().map(|piece| block(&clean, piece)).collect();
    sections(&clean, &document.sections, 1, &mut body);
    put("body", Value::Array(body.into_iter().collect()));
    put("of", text(if document.language == Language::Fr { "de" } else { "of" }));
    put("colon", text(if document.language == Language::Fr { "\u{A0}: " } else { ": " }));
    put("lost", lost(document.language, clean.lost()));
    dict
}

fn sections(clean: &Cleaner, sections_: &[Section], level: i64, body: &mut Vec<Value>) {
    for section in sections_ {
        body.push(piece("heading", [("level", Value::Int(level)), ("text", lines(clean, &section.heading))]));
        body.extend(section.blocks.iter().map(|inner| block(clean, inner)));
        sections(clean, &section.sections, level + 1, body);
    }
}

fn block(clean: &Cleaner, block: &Block) -> Value {
    match block {
        Block::Paragraph(paragraph) => piece("paragraph", [("text", lines(clean, paragraph))]),
        Block::List(items) => piece("list", [("items", many(clean, items))]),
        Block::Steps(items) => piece("steps", [("items", many(clean, items))]),
        Block::Signatures(names) => piece("signatures", [("items", many(clean, names))]),
        Block::Definitions(definitions) => {
            let items = definitions.iter().map(|definition| {
                named([("term", lines(clean, &definition.term)), ("texts", many(clean, &definition.texts))])
            });
            piece("definitions", [("items", Value::Array(items.collect()))])
        }
        Block::Table(table) => set_table(clean, table),
    }
}

fn set_table(clean: &Cleaner, table: &Table) -> Value {
    let word = if table.columns.len() > 3 { NARROW } else { WIDE };
    let rows = table.rows.iter().map(|row| {
        // A row is kept on one page, unless it could be longer than a page.
        let long = row.iter().any(|cell| cell.len() > LONG_CELL || cell.matches('\n').count() > 12);
        named([("cells", cells(clean, row, word)), ("long", Value::Bool(long))])
    });
    piece(
        "table",
        [
            ("caption", lines(clean, &table.caption)),
            (
                "widths",
                Value::Array((0..table.columns.len()).map(|at| Value::Int(width(table, at))).collect()),
            ),
            ("columns", cells(clean, &table.columns, word)),
            ("named", Value::Bool(table.named_rows)),
            ("rows", Value::Array(rows.collect())),
        ],
    )
}

/// The share of the page a column asks for: what its longest cell needs, within reason.
fn width(table: &Table, at: usize) -> i64 {
    let column = table.rows.iter().chain([&table.columns]).filter_map(|row| row.get(at));
    let longest = column.map(|cell| cell.chars().count()).max().unwrap_or_default();
    i64::try_from(longest.clamp(15, 34)).unwrap_or(15)
}

fn piece<const N: usize>(kind: &str, rest: [(&str, Value); N]) -> Value {
    let mut dict: Dict = pairs(rest).collect();
    dict.insert("kind".into(), text(kind));
    Value::Dict(dict)
}

fn named<const N: usize>(rest: [(&str, Value); N]) -> Value {
    Value::Dict(pairs(rest).collect())
}

fn pairs<const N: usize>(rest: [(&str, Value); N]) -> impl Iterator<Item = (Str, Value)> {
    rest.into_iter().map(|(name, value)| (name.into(), value))
}

fn many(clean: &Cleaner, texts: &[String]) -> Value {
    cells(clean, texts, WIDE)
}

fn cells(clean: &Cleaner, texts: &[String], word: usize) -> Value {
    Value::Array(texts.iter().map(|text| broken(clean, text, word)).collect::<Array>())
}

fn lines(clean: &Cleaner, text: &str) -> Value {
    broken(clean, text, WIDE)
}

fn broken(clean: &Cleaner, text_: &str, word: usize) -> Value {
    Value::Array(text_.split('\n').map(|line| text(&clean.line(line, word))).collect())
}

fn one_line(clean: &Cleaner, text_: &str) -> Value {
    text(&clean.line(&text_.replace('\n', " "), WIDE))
}

fn text(text: &str) -> Value {
    Str::from(text).into_value()
}

fn lost(language: Language, count: i64) -> Value {
    if count == 0 {
        return Value::None;
    }
    text(&match language {
        Language::Fr => format!(
            "Caractères qui n’ont pas pu être imprimés et sont remplacés par � : {count}. La version à l’écran les contient."
        ),
        Language::En => format!(
            "Characters that could not be printed and are replaced by �: {count}. The version on screen has them."
        ),
    })
}
