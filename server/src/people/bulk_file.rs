//! The CSV files of Entra's bulk operations: a first line `version:v1.0`, then headers whose key in brackets decides what
//! a column holds, then rows.

use std::collections::BTreeMap;
use std::io::{Chain, Read};

use anyhow::{Context as _, bail, ensure};
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

/// A longer row has most likely lost a quotation mark, and with it the rows that follow.
const ROW_BYTES: usize = 64 * 1024;
/// What spreadsheets take for the beginning of a formula (T121).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A file, positioned at its next row.
pub struct BulkFile<R> {
    // With a line end at the end, so that the last row counts like the others.
    reader: Reader<Chain<R, &'static [u8]>>,
    columns: BTreeMap<String, usize>,
    width: usize,
    record: ByteRecord,
}

/// A row, whose cells are had by key.
pub struct BulkRow<'a> {
    /// The line in the file, from 1.
    pub line: u64,
    columns: &'a BTreeMap<String, usize>,
    cells: Vec<&'a str>,
}

impl BulkRow<'_> {
    /// The cell of a column, without blanks around it and without the apostrophe that keeps formulas harmless; empty
    /// when the file has no such column.
    pub fn cell(&self, key: &str) -> &str {
        let index = self.columns.get(&key.to_ascii_lowercase());
        let cell = index.and_then(|index| self.cells.get(*index)).map_or("", |cell| cell.trim());
        cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
    }

    /// The cell as it stands in the file: passwords may begin and end with anything.
    pub fn exact_cell(&self, key: &str) -> &str {
        let index = self.columns.get(&key.to_ascii_lowercase());
        index.and_then(|index| self.cells.get(*index)).copied().unwrap_or_default()
    }
}

/// A row, or why the line is none: the code of the problem.
pub type RowResult<'a> = Result<BulkRow<'a>, (u64, &'static str)>;

impl<R: Read> BulkFile<R> {
    /// Reads the headers. Every key in `required` must be among them.
    pub fn open(input: R, required: &[&str]) -> anyhow::Result<Self> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // Also for `\r\n`: otherwise the reader stops between the two and lines cannot be counted.
            .terminator(Terminator::Any(b'\n'))
            .from_reader(input.chain(&b"\n"[..]));
        let mut record = ByteRecord::new();
        ensure!(reader.read_byte_record(&mut record)?, "the file is empty");
        let first = text_of(record.get(0))?;
        if first.trim_start_matches('\u{feff}').trim().to_ascii_lowercase().starts_with("version:") {
            ensure!(reader.read_byte_record(&mut record)?, "the file has no headers");
        }
        let mut columns = BTreeMap::new();
        for (index, cell) in record.iter().enumerate() {
            let header = text_of(Some(cell))?;
            let key = key(header);
            if !key.is_empty() && columns.insert(key.clone(), index).is_some() {
                bail!("two columns have the key [{key}]");
            }
        }
        for name in required {
            ensure!(
                columns.contains_key(&name.to_ascii_lowercase()),
                "the column [{name}] is missing; the first lines must be `version:v1.0` and Entra's headers, such as \
                 `User name [userPrincipalName] Required`, separated by commas"
            );
        }
        let width = record.len();
        Ok(Self { reader, columns, width, record })
    }

    /// The next row that holds something; `None` at the end.
    pub fn next_row(&mut self) -> anyhow::Result<Option<RowResult<'_>>> {
        loop {
            if !self.reader.read_byte_record(&mut self.record).context("the file cannot be read")? {
                return Ok(None);
            }
            let is_blank = self.record.iter().all(|cell| cell.trim_ascii().is_empty());
            if !is_blank {
                break;
            }
        }
        Ok(Some(self.row()))
    }

    fn row(&self) -> RowResult<'_> {
        let line = self.line();
        if self.record.as_slice().len() > ROW_BYTES {
            return Err((line, "row-too-long"));
        }
        if self.record.iter().skip(self.width).any(|cell| !cell.trim_ascii().is_empty()) {
            return Err((line, "row-too-wide"));
        }
        let cells: Result<Vec<&str>, _> = self.record.iter().map(std::str::from_utf8).collect();
        let mut cells = cells.map_err(|_| (line, "row-not-utf8"))?;
        if let Some(last) = cells.last_mut() {
            *last = last.strip_suffix('\r').unwrap_or(last);
        }
        Ok(BulkRow { line, columns: &self.columns, cells })
    }

    /// Where the row began: the reader stands behind its end.
    fn line(&self) -> u64 {
        let breaks = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let behind = self.reader.position().line();
        behind.saturating_sub(1 + u64::try_from(breaks).unwrap_or_default())
    }
}

fn text_of(cell: Option<&[u8]>) -> anyhow::Result<&str> {
    let cell = cell.unwrap_or_default();
    ensure!(
        !cell.starts_with(&[0xff, 0xfe]) && !cell.starts_with(&[0xfe, 0xff]),
        "the file is UTF-16; save it as CSV UTF-8"
    );
    std::str::from_utf8(cell).context("the headers are not UTF-8; save the file as CSV UTF-8")
}

/// `User name [userPrincipalName] Required` has the key `userprincipalname`; a header without brackets is its own key.
fn key(header: &str) -> String {
    let header = header.trim_start_matches('\u{feff}').trim();
    let bracketed = header.rsplit_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(key, _)| key);
    bracketed.unwrap_or(header).trim().to_ascii_lowercase()
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
