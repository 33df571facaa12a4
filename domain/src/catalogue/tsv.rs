//! Tab-separated tables with a header: the form in which people review the catalogue.

use super::CatalogueError;

/// The rows of a table whose header is exactly `header`, with their line numbers from 1.
///
/// A row with another number of cells, or with a blank cell, is an error: empty means nothing.
pub(super) fn rows<const N: usize>(
    file: &'static str,
    text: &'static str,
    header: [&str; N],
) -> Result<Vec<(usize, [&'static str; N])>, CatalogueError> {
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let first = lines.next().map(|(_, line)| cells(line));
    if first != Some(Some(header)) {
        return Err(CatalogueError::Row { file, line: 1 });
    }
    lines
        .map(|(line, text)| {
            let row = cells(text).ok_or(CatalogueError::Row { file, line })?;
            let complete = row.iter().all(|cell| !cell.trim().is_empty() && cell.trim() == *cell);
            if complete { Ok((line, row)) } else { Err(CatalogueError::Row { file, line }) }
        })
        .collect()
}

fn cells<const N: usize>(line: &str) -> Option<[&str; N]> {
    line.split('\t').collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_another_length_is_refused_by_its_line() {
        let found = rows("t", "a\tb\n1\t2\n1\n", ["a", "b"]);
        assert_eq!(found, Err(CatalogueError::Row { file: "t", line: 3 }));
    }

    #[test]
    fn a_blank_or_padded_cell_is_refused() {
        assert!(rows("t", "a\tb\n1\t \n", ["a", "b"]).is_err());
        assert!(rows("t", "a\tb\n1\t2 \n", ["a", "b"]).is_err());
    }

    #[test]
    fn another_header_is_refused() {
        assert!(rows("t", "a\tc\n1\t2\n", ["a", "b"]).is_err());
    }
}
