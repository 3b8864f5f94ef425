//! The lines of a file that may come from a spreadsheet: UTF-8 or UTF-16, with any line ends.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Cursor, Read};

/// A longer row has most likely lost a quotation mark, and with it the rows that follow.
pub(super) const ROW_BYTES: usize = 64 * 1024;

/// Lines with their numbers, from 1.
pub(super) struct Lines<'a> {
    input: Box<dyn BufRead + Send + 'a>,
    read: u64,
    again: VecDeque<(u64, Vec<u8>)>,
}

impl<'a> Lines<'a> {
    /// The mark at the beginning says how the file is encoded. One in UTF-16 is read as a whole.
    pub(super) fn open(mut input: impl Read + Send + 'a) -> std::io::Result<Self> {
        let mut mark = Vec::new();
        input.by_ref().take(3).read_to_end(&mut mark)?;
        let unit: Option<fn([u8; 2]) -> u16> = match mark[..] {
            [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
            [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
            _ => None,
        };
        let input: Box<dyn BufRead + Send + 'a> = if let Some(unit) = unit {
            let mut bytes = mark.split_off(2);
            input.read_to_end(&mut bytes)?;
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
            Box::new(Cursor::new(String::from_utf16_lossy(&units).into_bytes()))
        } else {
            let text = if mark == [0xef, 0xbb, 0xbf] { Vec::new() } else { mark };
            Box::new(BufReader::new(Cursor::new(text).chain(input)))
        };
        Ok(Self { input, read: 0, again: VecDeque::new() })
    }

    /// The next line without its end, which is `\n`, `\r\n` or `\r`; `None` behind the last one. Of a line that is too
    /// long no more is kept than shows that.
    pub(super) fn next(&mut self) -> std::io::Result<Option<(u64, Vec<u8>)>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        loop {
            let held = self.input.fill_buf()?;
            let Some(length) = (!held.is_empty()).then_some(held.len()) else {
                self.read += 1;
                return Ok((!line.is_empty()).then_some((self.read, line)));
            };
            let end = held.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let room = (ROW_BYTES + 1).saturating_sub(line.len());
            line.extend(held[..end.unwrap_or(length)].iter().take(room));
            let Some(end) = end else {
                self.input.consume(length);
                continue;
            };
            let carriage_return = held[end] == b'\r';
            self.input.consume(end + 1);
            if carriage_return && self.input.fill_buf()?.first() == Some(&b'\n') {
                self.input.consume(1);
            }
            self.read += 1;
            return Ok(Some((self.read, line)));
        }
    }

    /// Gives lines back, which come again.
    pub(super) fn give_back(&mut self, lines: Vec<(u64, Vec<u8>)>) {
        for line in lines.into_iter().rev() {
            self.again.push_front(line);
        }
    }
}
