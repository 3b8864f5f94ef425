//! The CSV files of Entra's bulk operations: a first line `version:v1.0`, then headers whose key in brackets decides what
//! a column holds, then rows. Commas, semicolons or tabs separate, whichever the headers have.

mod cells;
mod lines;

use std::collections::BTreeMap;
use std::io::Read;

use anyhow::{Context as _, bail, ensure};

use cells::{Cells, Row};
use lines::{Lines, ROW_BYTES};

/// What separates cells, by what spreadsheets save: `sep=;` in a first line names one of them, too.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// What spreadsheets take for the beginning of a formula (T121).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// So much is read in vain behind quotation marks that nothing closes; after that such a line is read by itself at once.
const READ_IN_VAIN: usize = 64 * ROW_BYTES;

/// A file, positioned at its next row.
pub struct BulkFile<'a> {
    lines: Lines<'a>,
    in_vain: usize,
    separator: u8,
    columns: BTreeMap<String, usize>,
    width: usize,
}

/// A row, whose cells are had by key.
pub struct BulkRow<'a> {
    /// The line in the file, from 1.
    pub line: u64,
    columns: &'a BTreeMap<String, usize>,
    cells: Vec<String>,
}

impl BulkRow<'_> {
    /// The cell of a column, without blanks around it and without the apostrophe that keeps formulas harmless; empty
    /// when the file has no such column.
    pub fn cell(&self, name: &str) -> &str {
        let cell = self.exact_cell(name).trim();
        cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
    }

    /// The cell as it stands in the file.
    pub fn exact_cell(&self, name: &str) -> &str {
        let index = self.columns.get(&key(name));
        index.and_then(|index| self.cells.get(*index)).map_or("", String::as_str)
    }
}

/// A row, or why the line is none: the code of the problem.
pub type RowResult<'a> = Result<BulkRow<'a>, (u64, &'static str)>;

impl<'a> BulkFile<'a> {
    /// Reads the headers. Every key in `required` must be among them.
    pub fn open(input: impl Read + Send + 'a, required: &[&str]) -> anyhow::Result<Self> {
        let mut lines = Lines::open(input)?;
        let headers = loop {
            let (_, line) = lines.next()?.context("the file has no headers")?;
            let text = String::from_utf8(line);
            let text = text.context("the headers are not UTF-8; save the file as CSV UTF-8")?;
            ensure!(!text.contains('\0'), "the file is no text; save it as CSV UTF-8");
            let low = text.trim_start_matches('"').trim().to_ascii_lowercase();
            if !low.is_empty() && !low.starts_with("version:") && !low.starts_with("sep=") {
                break text;
            }
        };
        let split = |separator| match Row::new(separator).read(headers.as_bytes()) {
            Cells::Whole(cells) => cells,
            Cells::Open | Cells::Broken => Vec::new(),
        };
        // The first of those that are equal: `max_by_key` would take the last.
        let separator = SEPARATORS.into_iter().rev().max_by_key(|separator| split(*separator).len());
        let separator = separator.unwrap_or(b',');
        let cells = split(separator);
        ensure!(!cells.is_empty(), "a quotation mark in the headers is not closed");
        let mut columns = BTreeMap::new();
        for (index, cell) in cells.iter().enumerate() {
            let key = key(std::str::from_utf8(cell)?);
            if !key.is_empty() && columns.insert(key.clone(), index).is_some() {
                bail!("two columns have the key [{key}]");
            }
        }
        for name in required {
            ensure!(
                columns.contains_key(&key(name)),
                "the column [{name}] is missing; the first lines must be `version:v1.0` and Entra's headers, such as \
                 `User name [userPrincipalName] Required`, separated by commas, semicolons or tabs"
            );
        }
        Ok(Self { lines, in_vain: 0, separator, columns, width: cells.len() })
    }

    /// The next row that holds something; `None` at the end.
    pub fn next_row(&mut self) -> anyhow::Result<Option<RowResult<'_>>> {
        loop {
            let Some((line, cells)) = self.next_cells().context("the file cannot be read")? else {
                return Ok(None);
            };
            let cells = match cells {
                Ok(cells) if cells.iter().all(|cell| cell.trim_ascii().is_empty()) => continue,
                Ok(cells) => cells,
                Err(problem) => return Ok(Some(Err((line, problem)))),
            };
            return Ok(Some(self.row(line, cells)));
        }
    }

    /// The cells of a row with the line that it begins in. Where a quotation mark is not closed only that line is lost:
    /// what follows is read by itself.
    fn next_cells(&mut self) -> std::io::Result<Option<(u64, Result<Vec<Vec<u8>>, &'static str>)>> {
        let Some((line, text)) = self.lines.next()? else { return Ok(None) };
        let mut row = Row::new(self.separator);
        let (mut read, mut length) = (row.read(&text), text.len());
        if length > ROW_BYTES {
            return Ok(Some((line, Err("row-too-long"))));
        }
        let mut more = Vec::new();
        let looks_on = self.in_vain < READ_IN_VAIN;
        while looks_on && read == Cells::Open && length <= ROW_BYTES {
            let Some(next) = self.lines.next()? else { break };
            length += next.1.len() + 1;
            read = row.read(&next.1);
            more.push(next);
        }
        Ok(Some(match read {
            Cells::Whole(cells) if length <= ROW_BYTES => (line, Ok(cells)),
            _ => {
                self.in_vain += length - text.len();
                self.lines.give_back(more);
                (line, Err("row-quote-open"))
            }
        }))
    }

    fn row(&self, line: u64, cells: Vec<Vec<u8>>) -> RowResult<'_> {
        if cells.iter().skip(self.width).any(|cell| !cell.trim_ascii().is_empty()) {
            return Err((line, "row-too-wide"));
        }
        let cells: Result<Vec<String>, _> = cells.into_iter().map(String::from_utf8).collect();
        let cells = cells.map_err(|_| (line, "row-not-utf8"))?;
        // Line ends and tabs may stand in columns that nobody reads; no column that is read takes them.
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if cells.iter().any(|cell| cell.contains(is_control)) {
            return Err((line, "row-control"));
        }
        Ok(BulkRow { line, columns: &self.columns, cells })
    }
}

/// `User name [userPrincipalName] Required` has the key `userprincipalname`; a header without brackets is its own key.
/// Capitals, blanks and signs do not matter: `time interval`, `timeInterval` and `TIME_INTERVAL` are one.
fn key(header: &str) -> String {
    let bracketed = header.rsplit_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(key, _)| key);
    let key = bracketed.unwrap_or(header).chars().filter(|c| c.is_alphanumeric());
    key.flat_map(char::to_lowercase).collect()
}

/// A cell that no spreadsheet takes for a formula.
pub fn harmless_cell(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Result<String, &'static str>)> {
        let mut file = BulkFile::open(text.as_bytes(), &["displayName"]).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = file.next_row().unwrap() {
            rows.push(match row {
                Ok(row) => (row.line, Ok(row.cell("displayName").to_owned())),
                Err((line, reason)) => (line, Err(reason)),
            });
        }
        rows
    }

    const HEAD: &str =
        "version:v1.0\r\nUser name [userPrincipalName] Required,Name [displayName] Required\r\n";

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n"] {
            let text = format!(
                "{HEAD}a@b.example,Ana\r\n\r\n\"b@b.example\",\"Bo\r\nLind\"\r\nc@b.example,Chidi\r\n"
            )
            .replace("\r\n", end);
            let rows = rows(&text);
            let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [3, 5, 7], "{end:?}");
        }
    }

    #[test]
    fn the_key_in_brackets_decides_and_a_mark_at_the_beginning_does_not_matter() {
        let text = format!("\u{feff}{HEAD}a@b.example,\"Silva, Ana\"\r\n");
        assert_eq!(rows(&text), [(3, Ok("Silva, Ana".to_owned()))]);
        let other = "DisplayName,x [other]\nBo,1\n";
        assert_eq!(rows(other), [(2, Ok("Bo".to_owned()))]);
    }

    #[test]
    fn semicolons_and_tabs_separate_too_and_any_line_end_ends_a_line() {
        for (separator, end) in [(";", "\r\n"), ("\t", "\n"), (",", "\r"), (";", "\r")] {
            let text = "sep=;#version:v1.0,#User [userPrincipalName],Name [displayName]#a@b.example, \"Silva, A; \"\"B\"\"\" #";
            let text = text
                .replace("],", &format!("]{separator}"))
                .replace("example,", &format!("example{separator}"));
            assert_eq!(
                rows(&text.replace('#', end)),
                [(4, Ok("Silva, A; \"B\"".to_owned()))],
                "{separator:?} {end:?}"
            );
        }
    }

    #[test]
    fn utf_16_is_read() {
        let text = format!("\u{feff}{HEAD}a@b.example,Žofie\r\n");
        let bytes = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        for bytes in [bytes(u16::to_le_bytes), bytes(u16::to_be_bytes)] {
            let mut file = BulkFile::open(bytes.as_slice(), &["displayName"]).unwrap();
            assert_eq!(file.next_row().unwrap().unwrap().ok().unwrap().cell("displayName"), "Žofie");
        }
    }

    #[test]
    fn an_open_quotation_mark_costs_its_own_line_alone() {
        let last = "d@b.example,\"Dora";
        let text = format!(
            "{HEAD}a@b.example,\"Ana\r\nb@b.example,\"Bo\"\r\nc@b.example,Chidi\r\n{last}\r\ne@b.example,Eve"
        );
        let expected = [
            (3, Err("row-quote-open")),
            (4, Ok("Bo".to_owned())),
            (5, Ok("Chidi".to_owned())),
            (6, Err("row-quote-open")),
            (7, Ok("Eve".to_owned())),
        ];
        assert_eq!(rows(&text), expected);
    }

    #[test]
    fn a_file_full_of_open_quotation_marks_takes_no_longer_than_its_size() {
        let lines = 200_000;
        let rows = rows(&format!("{HEAD}{}", "\",x\",y,\"\n".repeat(lines)));
        assert_eq!(rows.len(), lines);
        assert!(rows.iter().all(|row| row.1 == Err("row-quote-open")));
    }

    #[test]
    fn a_control_character_refuses_its_row() {
        let text = format!("{HEAD}a@b.example,A\0na\nb@b.example,B\u{1b}o\nc@b.example,Chidi");
        assert_eq!(
            rows(&text),
            [(3, Err("row-control")), (4, Err("row-control")), (5, Ok("Chidi".to_owned()))]
        );
    }

    #[test]
    fn any_spelling_of_a_header_is_read() {
        for header in
            ["display name", "DisplayName", "DISPLAY_NAME", "x [display-name] Required", "\"displayname\""]
        {
            assert_eq!(rows(&format!("{header}\nBo\n"))[0].1, Ok("Bo".to_owned()), "{header}");
        }
    }

    #[test]
    fn blank_rows_are_none() {
        let text = "version:v1.0,,\nName [displayName] Required,a [b],c [d]\n,,\nAna,,\n";
        assert_eq!(rows(text), [(4, Ok("Ana".to_owned()))]);
    }

    #[test]
    fn a_bad_row_is_told_and_the_next_is_read() {
        let mut text = HEAD.as_bytes().to_vec();
        text.extend(b"a@b.example,Silva, Ana\r\nb@b.example,\xff\r\nc@b.example,Chidi\r\n");
        let mut file = BulkFile::open(text.as_slice(), &[]).unwrap();
        assert_eq!(file.next_row().unwrap().unwrap().map(|_| ()).unwrap_err().0, 3);
        assert_eq!(file.next_row().unwrap().unwrap().map(|_| ()).unwrap_err().0, 4);
        assert_eq!(file.next_row().unwrap().unwrap().ok().unwrap().cell("displayName"), "Chidi");
    }

    #[test]
    fn a_missing_or_doubled_column_refuses_the_file() {
        assert!(BulkFile::open("version:v1.0\na [b]\n".as_bytes(), &["displayName"]).is_err());
        assert!(BulkFile::open("a [b],c [B]\n".as_bytes(), &[]).is_err());
        assert!(BulkFile::open("".as_bytes(), &[]).is_err());
    }

    #[test]
    fn t121_a_formula_is_kept_harmless_and_read_back() {
        assert_eq!(harmless_cell("=HYPERLINK(\"http://evil\")"), "'=HYPERLINK(\"http://evil\")");
        assert_eq!(rows("displayName\n'+1 4255550123\n'Ana\n")[0].1, Ok("+1 4255550123".to_owned()));
        assert_eq!(rows("displayName\n'Ana\n")[0].1, Ok("'Ana".to_owned()));
    }
}
