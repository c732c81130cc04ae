//! The cells of a BIFF sheet, and what stands around them.

use std::ops::ControlFlow;

use calamine::Dimensions;

use super::globals::Globals;
use super::records::{BOF, EOF, Record, Records};
use crate::IntakeError;
use crate::cell::Cell;
use crate::source::format::Shown;
use crate::source::gather::Gather;
use crate::source::guard::damaged;
use crate::source::hidden::Hidden;

const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007D;
const MERGEDCELLS: u16 = 0x00E5;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const RSTRING: u16 = 0x00D6;
const BOOLERR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027E;
const MULRK: u16 = 0x00BD;
const LABELSST: u16 = 0x00FD;
const FORMULA: [u16; 3] = [0x0006, 0x0206, 0x0406];
/// Cells that are put in order in memory, when a program wrote them in another.
const UNSORTED_CELLS_MAX: usize = 4 << 20;

/// What is to be known before the cells are read.
pub(super) struct Layout {
    pub merges: Vec<Dimensions>,
    pub hidden: Hidden,
    /// Whether the cells come row by row, as they should.
    pub is_in_order: bool,
}

impl Layout {
    pub(super) fn read(stream: &[u8], columns_max: usize) -> Result<Self, IntakeError> {
        let mut layout = Self { merges: Vec::new(), hidden: Hidden::default(), is_in_order: true };
        let (mut last, mut rows) = (0, Vec::new());
        own_records(stream, |record| {
            match record.kind {
                ROW if record.u8(12)? & 0x20 != 0 => rows.push(u32::from(record.u16(0)?) + 1),
                COLINFO if record.u16(8)? & 1 != 0 => {
                    layout.hidden.add_columns(record.u16(0)?.into(), record.u16(2)?.into(), columns_max);
                }
                MERGEDCELLS => {
                    for area in 0..usize::from(record.u16(0)?) {
                        let at = |i: usize| record.u16(2 + area * 8 + i * 2).map(u32::from);
                        layout.merges.push(Dimensions { start: (at(0)?, at(2)?), end: (at(1)?, at(3)?) });
                    }
                }
                kind if is_cell(kind) => {
                    let row = record.u16(0)?;
                    layout.is_in_order &= row >= last;
                    last = row;
                }
                _ => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        rows.sort_unstable();
        rows.into_iter().for_each(|row| layout.hidden.add_row(row));
        Ok(layout)
    }
}

fn is_cell(kind: u16) -> bool {
    matches!(kind, NUMBER | LABEL | RSTRING | BOOLERR | RK | MULRK | LABELSST) || FORMULA.contains(&kind)
}

/// Hands over the records of a sheet without those of the charts within it.
fn own_records<'a>(
    stream: &'a [u8],
    mut on: impl FnMut(Record<'a>) -> Result<ControlFlow<()>, IntakeError>,
) -> Result<(), IntakeError> {
    let mut records = Records::new(stream);
    let mut depth = 0u32;
    while let Some(record) = records.next()? {
        match record.kind {
            BOF => depth += 1,
            EOF => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Ok(());
                }
            }
            _ if depth <= 1 && on(record)?.is_break() => return Ok(()),
            _ => {}
        }
    }
    Err(damaged(&"a sheet has no end"))
}

/// Gathers the cells into rows.
pub(super) fn read(
    stream: &[u8],
    globals: &Globals,
    is_in_order: bool,
    mut gather: Gather<'_>,
) -> Result<(), IntakeError> {
    if is_in_order {
        let mut stopped = false;
        cells(stream, globals, &mut |(row, column), cell| {
            let go_on = gather.cell(row, column, cell)?;
            stopped = go_on.is_break();
            Ok(go_on)
        })?;
        return if stopped { Ok(()) } else { gather.end() };
    }
    let mut all = Vec::new();
    cells(stream, globals, &mut |place, cell| {
        all.push((place, cell));
        if all.len() > UNSORTED_CELLS_MAX {
            return Err(damaged(&"too many cells in disorder"));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    all.sort_by_key(|(place, _)| *place);
    for ((row, column), cell) in all {
        if gather.cell(row, column, cell)?.is_break() {
            return Ok(());
        }
    }
    gather.end()
}

type OnCell<'a> = &'a mut dyn FnMut((u32, usize), Cell) -> Result<ControlFlow<()>, IntakeError>;

fn cells(stream: &[u8], globals: &Globals, on: OnCell<'_>) -> Result<(), IntakeError> {
    // A formula whose text comes in a later record.
    let mut awaited: Option<(u32, usize)> = None;
    own_records(stream, |record| {
        if record.kind == STRING {
            let Some(place) = awaited.take() else { return Ok(ControlFlow::Continue(())) };
            return on(place, Cell::Text(text(&record, 0, globals)?));
        }
        if !is_cell(record.kind) {
            return Ok(ControlFlow::Continue(()));
        }
        if let Some(place) = awaited.take()
            && on(place, Cell::Uncomputed)?.is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let (row, column) = (u32::from(record.u16(0)?), usize::from(record.u16(2)?));
        if record.kind == MULRK {
            let count = record.data.len().saturating_sub(6) / 6;
            for i in 0..count {
                let at = 4 + i * 6;
                let cell = shown(globals, record.u16(at)?).cell(rk(record.u32(at + 2)?));
                if on((row, column + i), cell)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            return Ok(ControlFlow::Continue(()));
        }
        match cell(&record, globals)? {
            Some(cell) => on((row, column), cell),
            None => {
                awaited = Some((row, column));
                Ok(ControlFlow::Continue(()))
            }
        }
    })
}

/// The cell of a record; `None` for a formula whose text follows.
fn cell(record: &Record<'_>, globals: &Globals) -> Result<Option<Cell>, IntakeError> {
    let shown = shown(globals, record.u16(4)?);
    Ok(Some(match record.kind {
        NUMBER => shown.cell(f64::from_le_bytes(record.eight(6)?)),
        RK => shown.cell(rk(record.u32(6)?)),
        LABEL | RSTRING => Cell::Text(text(record, 6, globals)?),
        LABELSST => {
            let string = globals.strings.get(record.u32(6)? as usize);
            Cell::Text(string.ok_or_else(|| damaged(&"a shared string is not there"))?.to_owned())
        }
        BOOLERR if record.u8(7)? == 0 => Cell::Bool(record.u8(6)? != 0),
        BOOLERR => Cell::Error(error(record.u8(6)?).to_owned()),
        _ => match record.eight(6)? {
            [0, .., 0xFF, 0xFF] => return Ok(None),
            [1, _, yes, .., 0xFF, 0xFF] => Cell::Bool(yes != 0),
            [2, _, code, .., 0xFF, 0xFF] => Cell::Error(error(code).to_owned()),
            // An empty text.
            [3, .., 0xFF, 0xFF] => Cell::Empty,
            number => shown.cell(f64::from_le_bytes(number)),
        },
    }))
}

fn text(record: &Record<'_>, at: usize, globals: &Globals) -> Result<String, IntakeError> {
    let mut run = record.from(at);
    let count = usize::from(run.u16()?);
    globals.texts.read(&mut run, count)
}

fn shown(globals: &Globals, format: u16) -> Shown {
    globals.formats.get(usize::from(format)).copied().unwrap_or_default()
}

/// A number in four bytes: an integer or the upper half of a float, perhaps in hundredths.
fn rk(bits: u32) -> f64 {
    let number =
        if bits & 2 != 0 { f64::from(bits as i32 >> 2) } else { f64::from_bits(u64::from(bits & 0xFFFF_FFFC) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    fn a_number_in_four_bytes_is_read() {
        assert_eq!(rk(0x0000_0002 | (800 << 2)), 800.0);
        assert_eq!(rk(0x0000_0003 | (12_345 << 2)), 123.45);
        assert_eq!(rk((-5_i32 << 2) as u32 | 2), -5.0);
        assert_eq!(rk((1.5_f64.to_bits() >> 32) as u32), 1.5);
    }
}
