//! Tables handed out as a file: CSV that no spreadsheet takes for a formula, or JSON.

use actix_web::{HttpResponse, http::header};
use serde::Deserialize;
use serde_json::Value as Json;

/// As what a table is handed out.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
}

/// A table as CSV (RFC 4180), with the mark that tells spreadsheets its encoding.
#[derive(Default)]
pub struct Csv(String);

impl Csv {
    /// A table with these headings.
    pub fn new(headings: &[String]) -> Self {
        let mut csv = Self("\u{feff}".to_owned());
        csv.row(headings);
        csv
    }

    /// One row more.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.0.push(',');
            }
            self.cell(cell.as_ref());
        }
        self.0.push_str("\r\n");
    }

    fn cell(&mut self, words: &str) {
        self.0.push('"');
        // INVARIANT: no cell begins with what a spreadsheet would run.
        if words.trim_start().starts_with(['=', '+', '-', '@']) || words.starts_with(['\t', '\r', '\n']) {
            self.0.push('\'');
        }
        self.0.push_str(&words.replace('"', "\"\""));
        self.0.push('"');
    }

    /// As an answer that the browser keeps under this name.
    pub fn answer(self, name: &str) -> HttpResponse {
        answer(name, "csv", "text/csv; charset=utf-8", self.0)
    }
}

/// JSON as an answer that the browser keeps under this name.
pub fn json(name: &str, value: &Json) -> HttpResponse {
    answer(name, "json", "application/json", format!("{value:#}"))
}

/// Text as an answer that the browser keeps under this name.
pub fn text(name: &str, ends: &str, kind: &str, body: String) -> HttpResponse {
    answer(name, ends, kind, body)
}

fn answer(name: &str, ends: &str, kind: &str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ends}\"")))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header(("Cross-Origin-Resource-Policy", "same-origin"))
        .body(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula_and_a_quote_stays_a_quote() {
        let mut csv = Csv::new(&["a".to_owned()]);
        for words in ["=1+1", "+1", "-1", "@sum", " =1", "\t=1", "dit « non »", "a\"b", "trois, quatre"] {
            csv.row(&[words]);
        }
        assert_eq!(
            csv.0,
            "\u{feff}\"a\"\r\n\"'=1+1\"\r\n\"'+1\"\r\n\"'-1\"\r\n\"'@sum\"\r\n\"' =1\"\r\n\"'\t=1\"\r\n\"dit « non »\"\r\n\"a\"\"b\"\r\n\"trois, quatre\"\r\n"
        );
    }
}
