//! Rows are read on a thread of their own while those before them are taken: reading and checking cost about the same.

use std::ops::ControlFlow;
use std::sync::mpsc::{SyncSender, sync_channel};

use crate::IntakeError;
use crate::cell::Row;
use crate::source::gather::text_bytes;
use crate::source::guard::gave_up;
use crate::source::{OnRow, Sheets};

/// Rows that are handed over at once, and the bytes of their texts after which fewer are.
const BATCH_ROWS: usize = 256;
const BATCH_BYTES: usize = 1 << 20;
/// Batches that wait.
const WAITING_MAX: usize = 4;

/// Pushes every row of a sheet, as [`Sheets::each_row`] does.
pub(super) fn each_row(book: &mut dyn Sheets, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
    std::thread::scope(|both| {
        let (way, batches) = sync_channel(WAITING_MAX);
        let reader = both.spawn(move || read(book, sheet, fill, way));
        let mut taken = Ok(ControlFlow::Continue(()));
        for row in batches.into_iter().flatten() {
            taken = on(row);
            if !matches!(taken, Ok(ControlFlow::Continue(()))) {
                break;
            }
        }
        // The batches are gone by now, so a reader that was not at its end stops.
        let read = reader.join().unwrap_or_else(|_| Err(gave_up()));
        match taken? {
            ControlFlow::Continue(()) => read,
            ControlFlow::Break(()) => Ok(()),
        }
    })
}

fn read(book: &mut dyn Sheets, sheet: &str, fill: bool, way: SyncSender<Vec<Row>>) -> Result<(), IntakeError> {
    let (mut batch, mut bytes) = (Vec::with_capacity(BATCH_ROWS), 0);
    let read = book.each_row(sheet, fill, &mut |row| {
        bytes += row.cells.iter().map(text_bytes).sum::<usize>();
        batch.push(row);
        if batch.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            return Ok(ControlFlow::Continue(()));
        }
        bytes = 0;
        let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS));
        // Nobody takes them any more: whoever stopped knows why.
        Ok(if way.send(full).is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    // Rows before an error are handed over like those before the end.
    let _ = way.send(batch);
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Hidden;

    /// So many rows, and then perhaps an error or a panic.
    struct Many(u32, Option<&'static str>);

    impl Sheets for Many {
        fn names(&self) -> Vec<String> {
            vec![String::new()]
        }

        fn hidden(&mut self, _: &str) -> Result<Hidden, IntakeError> {
            Ok(Hidden::default())
        }

        fn each_row(&mut self, _: &str, _: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
            for number in 1..=self.0 {
                if on(Row { number, ..Row::default() })?.is_break() {
                    return Ok(());
                }
            }
            match self.1 {
                Some("panic") => panic!("as libraries do"),
                Some(why) => Err(IntakeError::Damaged { why: why.to_owned() }),
                None => Ok(()),
            }
        }
    }

    fn taken(mut many: Many, until: u32) -> (u32, Result<(), IntakeError>) {
        let mut last = 0;
        let read = each_row(&mut many, "", false, &mut |row| {
            assert_eq!(row.number, last + 1, "in their order, and none twice");
            last = row.number;
            Ok(if last == until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
        (last, read)
    }

    #[test]
    fn every_row_comes_in_its_order() {
        for rows in [0, 1, 255, 256, 257, 10_000] {
            assert_eq!(taken(Many(rows, None), 0), (rows, Ok(())));
        }
    }

    #[test]
    fn whoever_has_enough_gets_no_more() {
        assert_eq!(taken(Many(u32::MAX, None), 700), (700, Ok(())));
    }

    #[test]
    fn what_goes_wrong_is_told_after_the_rows_before_it() {
        let why = IntakeError::Damaged { why: "cut off".to_owned() };
        assert_eq!(taken(Many(300, Some("cut off")), 0), (300, Err(why)));
        assert!(matches!(taken(Many(512, Some("panic")), 0), (512, Err(IntakeError::Damaged { .. }))));
        let mut many = Many(u32::MAX, None);
        let refused = each_row(&mut many, "", false, &mut |_| Err(IntakeError::NothingInIt));
        assert_eq!(refused, Err(IntakeError::NothingInIt));
    }
}
