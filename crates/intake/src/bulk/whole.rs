//! A workbook: one thread reads it row by row, another one takes what it brings.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

use super::builder::Builder;
use super::{Chunk, OnChunk, Opened, Wanted};
use crate::parse::{Begun, begin};
use crate::pass::{Pass, Tally};
use crate::{IntakeError, Outcome, RejectedRow};

/// Rows of a chunk.
const CHUNK_ROWS: usize = 1 << 16;

pub(super) fn read<E: From<IntakeError> + Send>(
    opened: &Opened,
    wanted: Option<Wanted<'_>>,
    on: OnChunk<'_, E>,
) -> Result<(Tally, Vec<RejectedRow>), E> {
    let (way, chunks) = sync_channel::<Chunk>(1);
    std::thread::scope(|scope| {
        let taker = scope.spawn(move || chunks.into_iter().try_for_each(on));
        let walked = walk(opened, wanted, &mut |chunk| {
            // Whoever takes them and is gone has told why.
            if way.send(chunk).is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        drop(way);
        match taker.join() {
            Ok(taken) => taken?,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Ok(walked?)
    })
}

fn walk(
    opened: &Opened,
    wanted: Option<Wanted<'_>>,
    on: &mut dyn FnMut(Chunk) -> ControlFlow<()>,
) -> Result<(Tally, Vec<RejectedRow>), IntakeError> {
    let Opened { ledger, options, .. } = opened;
    let bytes = std::fs::read(&opened.path).map_err(|why| super::unreadable(&opened.path, &why))?;
    let Begun { mut source, sheet, header, .. } = begin(&bytes, ledger, options)?;
    let mut pass = Pass::new(ledger, &header, (source.epoch(), source.is_text()), options.limits.rows);
    let places = opened.columns();
    let mut builders: Vec<Builder> =
        ledger.columns.iter().enumerate().map(|(i, column)| Builder::of(column, places.contains(&i))).collect();
    let (mut rows, mut rejects, mut unfit) = (Vec::new(), Vec::new(), false);
    source.each_row(&sheet, true, &mut |row| {
        if row.number <= header.row || wanted.is_some_and(|wanted| !wanted(row.number)) {
            return Ok(ControlFlow::Continue(()));
        }
        pass.take(row, &mut |outcome| match outcome {
            Outcome::Row(row) => {
                rows.push(row.row);
                unfit |= !builders.iter_mut().zip(&row.values).all(|(builder, value)| builder.push_value(value));
            }
            Outcome::Reject(row) => rejects.push(row),
        })?;
        opened.check_rejects(rejects.len() as u64)?;
        if rows.len() < CHUNK_ROWS {
            return Ok(ControlFlow::Continue(()));
        }
        let columns = builders.iter_mut().map(Builder::finish).collect();
        Ok(on(Chunk { thread: 0, rows: std::mem::take(&mut rows), columns }))
    })?;
    if unfit {
        return Err(IntakeError::Damaged { why: "a value that its column cannot hold".to_owned() });
    }
    if !rows.is_empty() {
        let columns = builders.iter_mut().map(Builder::finish).collect();
        // The last chunk: whether it was taken is told by its taker.
        let _ = on(Chunk { thread: 0, rows, columns });
    }
    Ok((pass.tally, rejects))
}

pub(super) fn rows(opened: &Opened, lines: &BTreeSet<u32>, on: &dyn Fn(u32, Outcome)) -> Result<(), IntakeError> {
    let bytes = std::fs::read(&opened.path).map_err(|why| super::unreadable(&opened.path, &why))?;
    let Begun { mut source, sheet, header, .. } = begin(&bytes, &opened.ledger, &opened.options)?;
    let pass = Pass::new(&opened.ledger, &header, (source.epoch(), source.is_text()), u64::MAX);
    let last = lines.last().copied().unwrap_or(0);
    source.each_row(&sheet, true, &mut |row| {
        if row.number > header.row && lines.contains(&row.number) {
            on(row.number, pass.reader.read(&row));
        }
        Ok(if row.number >= last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })
}
