//! Where a row's cells begin and end.

/// What a row is so far.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// It is complete.
    Whole(Vec<Vec<u8>>),
    /// A quotation mark is open: the next line belongs to it.
    Open,
    /// Something other than a separator follows a closing quotation mark: it was none.
    Broken,
}

/// Reads a row from its first cell to its last. Blanks around a quoted cell are none of it.
pub(super) struct Row {
    separator: u8,
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
    at: At,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before a cell's first character.
    Begin,
    Plain,
    Quoted,
    /// Behind a quotation mark that closed the cell, or is the first of two.
    Quote,
    /// Behind the closing one, and a blank.
    Closed,
}

impl Row {
    pub(super) fn new(separator: u8) -> Self {
        Self { separator, cells: Vec::new(), cell: Vec::new(), at: At::Begin }
    }

    /// Reads one line of it.
    pub(super) fn read(&mut self, line: &[u8]) -> Cells {
        if self.at == At::Quoted {
            self.cell.push(b'\n');
        }
        for &byte in line {
            let separates = byte == self.separator;
            self.at = match (self.at, byte) {
                (At::Quoted, b'"') => At::Quote,
                (At::Quote, b'"') | (At::Quoted, _) => self.keep(byte, At::Quoted),
                (_, _) if separates => self.end_cell(),
                (At::Quote | At::Closed, b' ') => At::Closed,
                (At::Quote | At::Closed, _) => return Cells::Broken,
                (At::Begin, b' ') => self.keep(byte, At::Begin),
                (At::Begin, b'"') => {
                    self.cell.clear();
                    At::Quoted
                }
                (At::Begin | At::Plain, _) => self.keep(byte, At::Plain),
            };
        }
        if self.at == At::Quoted {
            return Cells::Open;
        }
        self.end_cell();
        Cells::Whole(std::mem::take(&mut self.cells))
    }

    fn keep(&mut self, byte: u8, at: At) -> At {
        self.cell.push(byte);
        at
    }

    fn end_cell(&mut self) -> At {
        self.cells.push(std::mem::take(&mut self.cell));
        At::Begin
    }
}
