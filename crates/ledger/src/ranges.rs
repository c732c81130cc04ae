//! Rows that a sheet repeated unchanged, as text: `16777218+3 16777230+1` for ranges of packed references.
//!
//! A clerk sends the whole sheet again each month; that most of it stands as before must be remembered, or a batch could
//! be withdrawn whose rows a later sheet has confirmed. As ranges, a million rows take a few bytes.

use mingcha_domain::{BatchNo, RowRef};
use mingcha_engine::lake::RowSet;

/// Writes references as ranges.
pub(crate) fn write(rows: &RowSet) -> String {
    rows.ranges().map(|(start, length)| format!("{start}+{length}")).collect::<Vec<_>>().join(" ")
}

/// Whether the ranges name a row of this batch; `None` when the text is none of ours.
pub(crate) fn touch(ranges: &str, batch: BatchNo) -> Option<bool> {
    let first = RowRef { batch, row: 0 }.packed();
    let end = first + RowRef::ROWS_MAX;
    for range in ranges.split_whitespace() {
        let (start, length) = range.split_once('+')?;
        let (start, length): (i64, i64) = (start.parse().ok()?, length.parse().ok()?);
        if start < end && start + length > first {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(batch: i64, row: i64) -> RowRef {
        RowRef { batch: BatchNo(batch), row }
    }

    #[test]
    fn neighbours_are_one_range_and_each_batch_is_found_in_it() {
        let refs = [at(3, 4), at(1, 2), at(1, 3), at(1, 4), at(3, 9)].into_iter().collect();
        let ranges = write(&refs);
        assert_eq!(ranges.split(' ').count(), 3);
        let touched: Vec<_> = (0..5).map(|batch| touch(&ranges, BatchNo(batch))).collect();
        assert_eq!(touched, [false, true, false, true, false].map(Some));
        assert_eq!(touch("", BatchNo(1)), Some(false));
        assert_eq!(touch("x", BatchNo(1)), None);
    }
}
