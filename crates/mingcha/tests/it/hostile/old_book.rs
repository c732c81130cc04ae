//! Workbooks of Excel 97–2003, record by record (MS-XLS, BIFF8).

use super::compound::compound;
use super::grid::{Cell, Computed, Grid, Shown};

/// A workbook of one sheet.
pub fn old_book(grid: &Grid) -> Vec<u8> {
    OldBook { grid, since_1904: false, has_password: false }.bytes()
}

/// A workbook in the making.
pub struct OldBook<'a> {
    pub grid: &'a Grid,
    pub since_1904: bool,
    pub has_password: bool,
}

impl OldBook<'_> {
    /// As a file.
    pub fn bytes(&self) -> Vec<u8> {
        let (cells, strings) = sheet(self.grid);
        // The place of the sheet is known when everything before it is.
        let before = self.globals(0, &strings).len();
        let mut stream = self.globals(u32::try_from(before).expect("small"), &strings);
        stream.extend(cells);
        compound(&[("Workbook", stream)])
    }

    fn globals(&self, sheet_at: u32, strings: &[String]) -> Vec<u8> {
        let mut out = Vec::new();
        beginning(&mut out, 5);
        if self.has_password {
            // RC4, with a salt and a verifier that no password fits.
            let mut key = vec![1, 0, 1, 0, 1, 0];
            key.extend([0x5A; 48]);
            record(&mut out, 0x002F, &key);
        }
        record(&mut out, 0x0042, &1200_u16.to_le_bytes());
        record(&mut out, 0x0022, &u16::from(self.since_1904).to_le_bytes());
        for (number, code) in [(164_u16, "0000"), (165, "yyyy\\-mm\\-dd\\ hh:mm")] {
            let mut format = number.to_le_bytes().to_vec();
            format.extend(long_text(code));
            record(&mut out, 0x041E, &format);
        }
        for shown in Shown::ALL {
            let mut style = vec![0; 20];
            style[2..4].copy_from_slice(&shown.format().to_le_bytes());
            record(&mut out, 0x00E0, &style);
        }
        let mut place = sheet_at.to_le_bytes().to_vec();
        place.extend([0, 0, 6, 0]);
        place.extend(b"Sheet1");
        record(&mut out, 0x0085, &place);
        let count = u32::try_from(strings.len()).expect("few");
        let mut table = [count.to_le_bytes(), count.to_le_bytes()].concat();
        let mut kind = 0x00FC;
        for text in strings {
            let text = long_text(text);
            if table.len() + text.len() > 8000 {
                record(&mut out, kind, &table);
                (kind, table) = (0x003C, Vec::new());
            }
            table.extend(text);
        }
        record(&mut out, kind, &table);
        record(&mut out, 0x000A, &[]);
        out
    }
}

fn sheet(grid: &Grid) -> (Vec<u8>, Vec<String>) {
    let (mut out, mut strings) = (Vec::new(), Vec::new());
    beginning(&mut out, 0x10);
    let columns = grid.iter().map(Vec::len).max().unwrap_or_default();
    let mut size = Vec::new();
    size.extend(0_u32.to_le_bytes());
    size.extend(u32::try_from(grid.len()).expect("few").to_le_bytes());
    size.extend(0_u16.to_le_bytes());
    size.extend(u16::try_from(columns).expect("few").to_le_bytes());
    size.extend([0, 0]);
    record(&mut out, 0x0200, &size);
    for (line, cells) in grid.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let place = [line, column].map(|at| u16::try_from(at).expect("small").to_le_bytes()).concat();
            put(&mut out, &mut strings, &place, cell);
        }
    }
    record(&mut out, 0x000A, &[]);
    (out, strings)
}

fn put(out: &mut Vec<u8>, strings: &mut Vec<String>, place: &[u8], cell: &Cell) {
    let cell_record = |style: u16, content: &[u8]| [place, &style.to_le_bytes(), content].concat();
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            let at = u32::try_from(strings.len()).expect("few");
            strings.push(text.clone());
            record(out, 0x00FD, &cell_record(0, &at.to_le_bytes()));
        }
        Cell::Number(value, shown) => record(out, 0x0203, &cell_record(shown.style(), &float(value))),
        Cell::Formula(_, computed) => {
            let (value, text) = match computed {
                Some(Computed::Text(text)) => ([0, 0, 0, 0, 0, 0, 0xFF, 0xFF], Some(*text)),
                Some(Computed::Number(value)) => (float(value), None),
                None => ([3, 0, 0, 0, 0, 0, 0xFF, 0xFF], None),
            };
            // The formula itself is the number 1: nobody reads it.
            let formula = [&value[..], &[0; 6], &[3, 0, 0x1E, 1, 0]].concat();
            record(out, 0x0006, &cell_record(0, &formula));
            if let Some(text) = text {
                record(out, 0x0207, &long_text(text));
            }
        }
        Cell::Error(_) => record(out, 0x0205, &cell_record(0, &[0x2A, 1])),
        Cell::Truth(value) => record(out, 0x0205, &cell_record(0, &[u8::from(*value), 0])),
    }
}

fn float(written: &str) -> [u8; 8] {
    written.parse::<f64>().expect("a number").to_le_bytes()
}

fn long_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u16::try_from(units.len()).expect("short").to_le_bytes().to_vec();
    out.push(1);
    out.extend(units.into_iter().flat_map(u16::to_le_bytes));
    out
}

fn beginning(out: &mut Vec<u8>, kind: u16) {
    let mut content = [0x0600_u16, kind, 0x0DBB, 0x07CC].map(u16::to_le_bytes).concat();
    content.resize(16, 0);
    record(out, 0x0809, &content);
}

fn record(out: &mut Vec<u8>, kind: u16, content: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(content.len()).expect("short").to_le_bytes());
    out.extend(content);
}
