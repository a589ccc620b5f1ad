//! Reads the bytes of a file into rows.

use std::borrow::Cow;

use csv::ByteRecord;
use serde_json::Value;

use super::cell::{quoted, unguarded};
use super::row::{self, Cells};
use super::{Column, Table};

impl Table {
    /// Reads CSV (RFC 4180, UTF-8, with or without a byte order mark, any line ends).
    #[must_use]
    pub fn from_csv(bytes: &[u8]) -> Self {
        let bytes = without_mark(bytes);
        let mut table = Self::default();
        let mut records = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut record = ByteRecord::new();
        let mut places = Places { bytes, read: 0, row: 0 };
        let mut columns: Option<Vec<Option<Column>>> = None;
        loop {
            match records.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    table.defects.row(places.row + 1, format!("this cannot be read: {error}"));
                    break;
                }
            }
            let end = usize::try_from(records.position().byte()).unwrap_or(bytes.len());
            let number = places.next(end);
            let misquoted = is_misquoted(places.last(end));
            if misquoted {
                table.defects.row(number, MISQUOTED);
            }
            match &columns {
                Some(_) if misquoted => {}
                None => columns = Some(table.header(number, &record)),
                Some(columns) => table.record(number, columns, &record),
            }
        }
        if columns.is_none() {
            table.defects.row(1, "the file is empty; its first row names the columns");
        }
        table
    }

    /// Reads JSON: an array of rows, or an object that holds it as `rows`. A row is an object.
    #[must_use]
    pub fn from_json(bytes: &[u8]) -> Self {
        let mut table = Self::default();
        let rows = match serde_json::from_slice(without_mark(bytes)) {
            Ok(Value::Array(rows)) => rows,
            Ok(Value::Object(mut file)) => match file.remove("rows") {
                Some(Value::Array(rows)) => rows,
                _ => {
                    table
                        .defects
                        .row(1, "this JSON is neither an array of rows nor an object that holds one as “rows”");
                    return table;
                }
            },
            Ok(_) => {
                table.defects.row(1, "this JSON is neither an array of rows nor an object that holds one as “rows”");
                return table;
            }
            Err(error) => {
                table.defects.row(error.line(), format!("this is not JSON: {error}"));
                return table;
            }
        };
        for (place, value) in rows.into_iter().enumerate() {
            table.object(place + 1, value);
        }
        table
    }

    fn header(&mut self, number: usize, record: &ByteRecord) -> Vec<Option<Column>> {
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(record.len());
        for (place, cell) in record.iter().enumerate() {
            let Ok(name) = std::str::from_utf8(cell) else {
                self.defects.row(number, format!("the name of column {} is not UTF-8 text", place + 1));
                columns.push(None);
                continue;
            };
            let column = Column::from_name(name);
            match column {
                Some(column) if columns.contains(&Some(column)) => {
                    self.defects.cell(number, column, "there are two columns of this name");
                }
                Some(_) => {}
                None => self.warn_of_column(name, place),
            }
            columns.push(column);
        }
        for needed in [Column::Kind, Column::Id] {
            if !columns.contains(&Some(needed)) {
                let semicolons = record.len() == 1 && record.get(0).is_some_and(|cell| cell.contains(&b';'));
                let hint = if semicolons { "; separate the columns by commas" } else { "" };
                self.defects.cell(number, needed, format!("there is no column of this name{hint}"));
            }
        }
        columns
    }

    fn record(&mut self, number: usize, columns: &[Option<Column>], record: &ByteRecord) {
        let mut cells = Cells::default();
        let mut readable = true;
        for (place, bytes) in record.iter().enumerate() {
            let column = columns.get(place).copied().flatten();
            match std::str::from_utf8(bytes) {
                Ok(text) if text.contains('\0') => {
                    readable = false;
                    self.refuse_cell(number, column, place, "holds a NUL character");
                }
                Ok(text) => {
                    if let Some(column) = column {
                        cells.set(column, if column.is_text() { unguarded(text) } else { text });
                    }
                }
                Err(_) => {
                    readable = false;
                    self.refuse_cell(number, column, place, "is not UTF-8 text");
                }
            }
        }
        if readable && cells.is_blank() && record.iter().all(<[u8]>::is_empty) {
            return;
        }
        if record.len() != columns.len() {
            let message = format!("this row has {} cells, and the header has {}", record.len(), columns.len());
            self.defects.row(number, message);
            return;
        }
        // Without these two columns every row would say so again.
        if [Column::Kind, Column::Id].iter().all(|needed| columns.contains(&Some(*needed))) {
            self.rows.extend(row::read(number, &cells, &mut self.defects));
        }
    }

    fn refuse_cell(&mut self, number: usize, column: Option<Column>, place: usize, problem: &str) {
        match column {
            Some(column) => self.defects.cell(number, column, format!("this {problem}")),
            None => self.defects.row(number, format!("cell {} {problem}", place + 1)),
        }
    }

    fn object(&mut self, number: usize, value: Value) {
        let Value::Object(object) = value else {
            self.defects.row(number, "this is not an object with a value for each column");
            return;
        };
        let mut cells = Cells::default();
        for (place, (name, value)) in object.into_iter().enumerate() {
            let Some(column) = Column::from_name(&name) else {
                self.warn_of_column(&name, place);
                continue;
            };
            match text_of(value) {
                Some(text) => cells.set(column, Cow::Owned(text)),
                None => self.defects.cell(number, column, "this is neither a text nor a number nor a list of them"),
            }
        }
        self.rows.extend(row::read(number, &cells, &mut self.defects));
    }

    fn warn_of_column(&mut self, name: &str, place: usize) {
        let name = name.trim();
        let warning = match name {
            "" => format!("column {} has no name and is ignored", place + 1),
            name => format!("the column {} is unknown and is ignored", quoted(name)),
        };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

const MISQUOTED: &str = "a quotation mark stands where none may: put the whole cell into quotation marks, and double \
                         those inside it";

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// A JSON value as a cell; lists are lines.
fn text_of(value: Value) -> Option<String> {
    Some(match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text,
        Value::Array(items) => {
            let lines: Option<Vec<_>> =
                items.into_iter().map(|item| if item.is_array() { None } else { text_of(item) }).collect();
            lines?.join("\n")
        }
        Value::Object(_) => return None,
    })
}

/// Counts rows as a spreadsheet does: a blank line is one, a line break inside a cell is none.
struct Places<'a> {
    bytes: &'a [u8],
    /// Where the record read last began.
    read: usize,
    row: usize,
}

impl Places<'_> {
    /// The row of the record that ends at `end`. The reader skips blank lines before it.
    fn next(&mut self, end: usize) -> usize {
        let mut blank = 0;
        while self.read < end {
            match self.bytes.get(self.read) {
                // The end of the line before, where that ended in both.
                Some(b'\n') if self.read > 0 && self.bytes[self.read - 1] == b'\r' => {}
                Some(b'\n' | b'\r') => blank += 1,
                _ => break,
            }
            self.read += 1;
        }
        self.row += blank + 1;
        self.row
    }

    /// The bytes of that record.
    fn last(&mut self, end: usize) -> &[u8] {
        let begin = std::mem::replace(&mut self.read, end);
        self.bytes.get(begin..end).unwrap_or_default()
    }
}

/// Whether a record breaks the rules of quotation, so that cells and rows may have run into each other.
fn is_misquoted(record: &[u8]) -> bool {
    enum In {
        Start,
        Bare,
        Quoted,
        Closed,
    }
    let mut place = In::Start;
    for byte in record {
        place = match (place, byte) {
            (In::Quoted, b'"') => In::Closed,
            (In::Quoted, _) | (In::Closed | In::Start, b'"') => In::Quoted,
            (In::Bare, b'"') => return true,
            (_, b',' | b'\n' | b'\r') => In::Start,
            (In::Closed, _) => return true,
            (In::Start | In::Bare, _) => In::Bare,
        };
    }
    matches!(place, In::Quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defects(table: Table) -> Vec<String> {
        table.defects.into_sorted().iter().map(ToString::to_string).collect()
    }

    fn csv(text: &str) -> Vec<String> {
        defects(Table::from_csv(text.as_bytes()))
    }

    #[test]
    fn rows_count_as_in_a_spreadsheet() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["kind,id,note", "", "check_in,a,\"one", "two\"", "x,b,", "", "", ",,", "y,c,"].join(end);
            let expected = [4, 8];
            let found: Vec<_> = Table::from_csv(text.as_bytes()).defects.into_sorted();
            let rows: Vec<_> = found.iter().map(|defect| defect.row).collect();
            assert_eq!(rows, expected, "{end:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_accepted() {
        assert_eq!(csv("\u{feff}kind,id,title\r\nobjective,a,A\r\n"), [""; 0]);
        assert_eq!(defects(Table::from_json("\u{feff}[]".as_bytes())), [""; 0]);
    }

    #[test]
    fn a_file_that_is_no_table_is_told_once() {
        assert_eq!(csv(""), ["row 1: the file is empty; its first row names the columns"]);
        let semicolons = csv("kind;id\nobjective;a\n");
        assert_eq!(semicolons.len(), 2);
        assert_eq!(
            semicolons[0],
            "row 1, column kind: there is no column of this name; separate the columns by commas"
        );
        assert_eq!(csv("kind,id,kind\n"), ["row 1, column kind: there are two columns of this name"]);
    }

    #[test]
    fn unknown_columns_are_a_warning() {
        let table = Table::from_csv(b"kind,id,title,colour,\nobjective,a,A,red,\n");
        assert_eq!(
            table.warnings,
            ["the column “colour” is unknown and is ignored", "column 5 has no name and is ignored"]
        );
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn ragged_rows_bad_text_and_stray_quotes_are_told() {
        assert_eq!(csv("kind,id\nobjective\n"), ["row 2: this row has 1 cells, and the header has 2"]);
        assert_eq!(csv("kind,id,title\nobjective,a,A,\n"), ["row 2: this row has 4 cells, and the header has 3"]);
        assert_eq!(
            csv("kind,id,title,x\nobjective,a,A\0,\0\n"),
            ["row 2: cell 4 holds a NUL character", "row 2, column title: this holds a NUL character"]
        );
        assert_eq!(
            defects(Table::from_csv(b"kind,id,title\nobjective,a,\xff\n")),
            ["row 2, column title: this is not UTF-8 text"]
        );
        for stray in ["objective,a,5\" pipe", "objective,a,\"A\" b", "objective,a,\"A\nobjective,b,B"] {
            let found = csv(&format!("kind,id,title\n{stray}\n"));
            assert_eq!(found, [format!("row 2: {MISQUOTED}")], "{stray}");
        }
    }

    #[test]
    fn json_rows_are_the_same_rows() {
        let rows = r#"[{"kind":"objective","id":1,"title":"A","team":["x","y"],"company":true,"weight":null}]"#;
        assert_eq!(defects(Table::from_json(rows.as_bytes())), [""; 0]);
        assert_eq!(defects(Table::from_json(format!(r#"{{"rows":{rows}}}"#).as_bytes())), [""; 0]);
        assert_eq!(defects(Table::from_json(b"{}")).len(), 1);
        assert_eq!(defects(Table::from_json(b"[1]")), ["row 1: this is not an object with a value for each column"]);
        assert_eq!(
            defects(Table::from_json(br#"[{"kind":"objective","id":"a","title":{}}]"#)),
            ["row 1, column title: this is neither a text nor a number nor a list of them"]
        );
        assert_eq!(
            defects(Table::from_json(b"[\n{\"current\":1e400}]")),
            ["row 2: this is not JSON: number out of range at line 2 column 16"]
        );
        assert_eq!(defects(Table::from_json(b"\xff"))[0].split(':').nth(1), Some(" this is not JSON"));
    }
}
