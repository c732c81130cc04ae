//! Text in pieces: one thread cuts, the others read, each its own pieces in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};

use super::builder::Builder;
use super::cutter::{Cutter, Piece};
use super::decode::Coding;
use super::line::Lines;
use super::{Chunk, OnChunk, Opened, Wanted, together};
use crate::cell::{Cell, Epoch, Row};
use crate::pass::{Pass, Tally};
use crate::row_kind::RowKind;
use crate::source::delimited::Splitter;
use crate::{IntakeError, Outcome, RejectedRow};

pub(super) fn read<E: From<IntakeError> + Send>(
    opened: &Opened,
    (coding, delimiter): (Coding, char),
    wanted: Option<Wanted<'_>>,
    on: OnChunk<'_, E>,
) -> Result<(Tally, Vec<RejectedRow>), E> {
    let cutter = Cutter::new(coding.reader(&opened.path)?, delimiter);
    read_pieces(opened, cutter, delimiter, wanted, on)
}

pub(super) fn read_pieces<R: std::io::Read, E: From<IntakeError> + Send>(
    opened: &Opened,
    mut cutter: Cutter<R>,
    delimiter: char,
    wanted: Option<Wanted<'_>>,
    on: OnChunk<'_, E>,
) -> Result<(Tally, Vec<RejectedRow>), E> {
    let lines = Lines::new(&opened.ledger, &opened.header, delimiter);
    let shared = Shared::default();
    let task = Task { opened, lines: &lines, delimiter, wanted, shared: &shared };
    let mut failed: Vec<(usize, E)> = Vec::new();
    let (mut tallies, mut rejects) = (Vec::new(), Vec::new());
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        let mut ways = Vec::new();
        for thread in 0..opened.threads() {
            let (way, pieces) = sync_channel(1);
            ways.push(way);
            threads.push(scope.spawn(move || task.work(thread, pieces, on)));
        }
        if let Err((at, error)) = hand_out(&mut cutter, ways, &shared) {
            failed.push((at, error.into()));
        }
        for thread in threads {
            match thread.join() {
                Ok(Worked { tallies: seen, rejects: bad, failed: wrong }) => {
                    tallies.extend(seen);
                    rejects.extend(bad);
                    failed.extend(wrong);
                }
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    match failed.into_iter().min_by_key(|(at, _)| *at) {
        Some((_, error)) => Err(error),
        None => Ok((together(tallies), rejects)),
    }
}

/// Gives each thread its pieces in turn, so that which piece goes where does not depend on chance.
fn hand_out<R: std::io::Read>(
    cutter: &mut Cutter<R>,
    ways: Vec<SyncSender<Piece>>,
    shared: &Shared,
) -> Result<(), (usize, IntakeError)> {
    let mut at = 0;
    while !shared.is_stopped() {
        match cutter.next() {
            Ok(Some(piece)) => {
                at = piece.at + 1;
                // A thread that is gone has told why.
                if ways[piece.at % ways.len()].send(piece).is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => {
                return Err((at, error));
            }
        }
    }
    Ok(())
}

/// What the threads tell each other.
#[derive(Default)]
struct Shared {
    stopped: AtomicBool,
    rows: AtomicU64,
    rejects: AtomicU64,
    /// By piece: whether its last row was a remark, whose further lines may follow.
    ends: Mutex<BTreeMap<usize, bool>>,
    changed: Condvar,
}

impl Shared {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.changed.notify_all();
    }

    fn end(&self, piece: usize, in_remarks: bool) {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner).insert(piece, in_remarks);
        self.changed.notify_all();
    }

    /// How the piece before ended; waits until that is known.
    fn end_before(&self, piece: usize) -> bool {
        let Some(before) = piece.checked_sub(1) else { return false };
        let mut ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(in_remarks) = ends.get(&before) {
                return *in_remarks;
            }
            if self.is_stopped() {
                return false;
            }
            let wait = std::time::Duration::from_millis(100);
            ends = self.changed.wait_timeout(ends, wait).map_or_else(|held| held.into_inner().0, |held| held.0);
        }
    }
}

#[derive(Clone, Copy)]
struct Task<'a> {
    opened: &'a Opened,
    lines: &'a Lines,
    delimiter: char,
    wanted: Option<Wanted<'a>>,
    shared: &'a Shared,
}

struct Worked<E> {
    tallies: Vec<(usize, Tally)>,
    rejects: Vec<RejectedRow>,
    failed: Option<(usize, E)>,
}

impl<'a> Task<'a> {
    fn work<E: From<IntakeError> + Send>(
        self,
        thread: usize,
        pieces: Receiver<Piece>,
        on: OnChunk<'_, E>,
    ) -> Worked<E> {
        let mut worked = Worked { tallies: Vec::new(), rejects: Vec::new(), failed: None };
        let mut builders = self.lines.builders(&self.opened.ledger, &self.opened.header);
        for piece in pieces {
            let at = piece.at;
            let taken = self.piece(piece, &mut builders).map_err(E::from).and_then(|taken| {
                let Taken { rows, rejects, tally, .. } = taken;
                worked.rejects.extend(rejects);
                worked.tallies.push((at, tally));
                let columns = builders.iter_mut().map(Builder::finish).collect();
                if rows.is_empty() { Ok(()) } else { on(Chunk { thread, rows, columns }) }
            });
            if let Err(error) = taken {
                worked.failed = Some((at, error));
                self.shared.stop();
                break;
            }
        }
        worked
    }

    fn piece(self, piece: Piece, builders: &mut [Builder]) -> Result<Taken, IntakeError> {
        let Opened { ledger, header, options, .. } = self.opened;
        let text = std::str::from_utf8(&piece.text).map_err(|_| self.opened.broken())?;
        let mut pass = Pass::new(ledger, header, (Epoch::Year1900, true), u64::MAX);
        let mut taken = Taken::default();
        let mut cells = Vec::with_capacity(ledger.columns.len());
        // Whether the state of the remarks is known; before the first row with content it is that of the piece before.
        let mut is_known = piece.at == 0;
        let mut unfit = false;
        each_line(text, self.delimiter, piece.first_row, &mut |number, line| {
            if number <= header.row || self.wanted.is_some_and(|wanted| !wanted(number)) {
                return Ok(ControlFlow::Continue(()));
            }
            let row = match &line {
                Line::Bare(text) => {
                    if self.lines.plain(text, &mut cells).is_some() {
                        taken.push(number, builders, &cells);
                        (pass.kinds.in_remarks, is_known) = (false, true);
                        return Ok(ControlFlow::Continue(()));
                    }
                    &bare_row(text, self.delimiter, number)?
                }
                Line::Row(row) => {
                    let mut cells = Vec::with_capacity(ledger.columns.len());
                    if self.lines.plain_cells(row, &mut cells).is_some() {
                        taken.push(number, builders, &cells);
                        (pass.kinds.in_remarks, is_known) = (false, true);
                        return Ok(ControlFlow::Continue(()));
                    }
                    row
                }
            };
            check_width(row, options.limits.columns)?;
            if !is_known {
                is_known = self.tell(&mut pass, row, piece.at);
            }
            pass.take(row.clone(), &mut |outcome| match outcome {
                Outcome::Row(row) => {
                    taken.rows.push(number);
                    unfit |= !builders.iter_mut().zip(&row.values).all(|(builder, value)| builder.push_value(value));
                }
                Outcome::Reject(row) => taken.rejects.push(row),
            })?;
            Ok(ControlFlow::Continue(()))
        })?;
        if unfit {
            return Err(IntakeError::Damaged { why: "a value that its column cannot hold".to_owned() });
        }
        let in_remarks = if is_known { pass.kinds.in_remarks } else { self.shared.end_before(piece.at) };
        self.shared.end(piece.at, in_remarks);
        let plain = taken.plain;
        pass.tally.rows += plain;
        let rows = self.shared.rows.fetch_add(pass.tally.rows, Ordering::Relaxed) + pass.tally.rows;
        if rows > options.limits.rows {
            return Err(IntakeError::TooManyRows { rows_max: options.limits.rows });
        }
        let bad = taken.rejects.len() as u64;
        self.opened.check_rejects(self.shared.rejects.fetch_add(bad, Ordering::Relaxed) + bad)?;
        taken.tally = pass.tally;
        Ok(taken)
    }

    /// Sets the state of the remarks before the first rows of a piece. It rarely matters; where it does, the piece before
    /// is waited for. Tells whether it is known from here on.
    fn tell(self, pass: &mut Pass<'_>, row: &Row, piece: usize) -> bool {
        let mut kind = |in_remarks| {
            pass.kinds.in_remarks = in_remarks;
            pass.kinds.tell(row, &pass.reader)
        };
        let (outside, inside) = (kind(false), kind(true));
        pass.kinds.in_remarks = outside != inside && self.shared.end_before(piece);
        outside != inside || outside != RowKind::Blank
    }
}

/// What became of a piece.
#[derive(Default)]
struct Taken {
    rows: Vec<u32>,
    rejects: Vec<RejectedRow>,
    tally: Tally,
    /// Rows that did not pass the ordinary reader.
    plain: u64,
}

impl Taken {
    fn push(&mut self, number: u32, builders: &mut [Builder], cells: &[super::plain::Plain<'_>]) {
        self.rows.push(number);
        self.plain += 1;
        builders.iter_mut().zip(cells).for_each(|(builder, cell)| builder.push(*cell));
    }
}

/// One row of a text.
enum Line<'a> {
    /// Without quotes, and without its line end.
    Bare(&'a str),
    /// Split already, because quotes may hold delimiters and line breaks.
    Row(Row),
}

/// Walks through the rows of a text that begins with one and ends with one.
fn each_line<'a>(
    text: &'a str,
    delimiter: char,
    first_row: u32,
    on: &mut dyn FnMut(u32, Line<'a>) -> Result<ControlFlow<()>, IntakeError>,
) -> Result<(), IntakeError> {
    let (mut rest, mut number) = (text, first_row);
    while !rest.is_empty() {
        let (line, after) = match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(end) => (&rest[..end], &rest[end + 1..]),
            None => (rest, ""),
        };
        let line = line.strip_suffix('\r').unwrap_or(line);
        let flow = if memchr::memchr2(b'"', b'\r', line.as_bytes()).is_none() {
            rest = after;
            on(number, Line::Bare(line))?
        } else {
            let mut splitter = Splitter::new(rest, delimiter, number);
            let Some(row) = splitter.next_row()? else { break };
            rest = splitter.rest();
            on(number, Line::Row(row))?
        };
        if flow.is_break() {
            break;
        }
        number = number.saturating_add(1);
    }
    Ok(())
}

fn bare_row(line: &str, delimiter: char, number: u32) -> Result<Row, IntakeError> {
    let empty = || Row { number, cells: vec![Cell::Empty], ..Row::default() };
    Ok(Splitter::new(line, delimiter, number).next_row()?.unwrap_or_else(empty))
}

fn check_width(row: &Row, columns_max: usize) -> Result<(), IntakeError> {
    let beyond = row.cells.get(columns_max..).unwrap_or_default();
    if beyond.iter().any(|cell| !cell.is_blank()) {
        return Err(IntakeError::TooManyColumns { row: row.number, columns_max });
    }
    Ok(())
}

/// Reads some rows with their cells, from the top down to the last of them.
pub(super) fn rows(
    opened: &Opened,
    (coding, delimiter): (Coding, char),
    lines: &BTreeSet<u32>,
    on: &dyn Fn(u32, Outcome),
) -> Result<(), IntakeError> {
    let last = lines.last().copied().unwrap_or(0);
    let mut cutter = Cutter::new(coding.reader(&opened.path)?, delimiter);
    let mut pass = Pass::new(&opened.ledger, &opened.header, (Epoch::Year1900, true), u64::MAX);
    while let Some(piece) = cutter.next()? {
        if piece.first_row > last {
            break;
        }
        let text = std::str::from_utf8(&piece.text).map_err(|_| opened.broken())?;
        each_line(text, delimiter, piece.first_row, &mut |number, line| {
            if number > last {
                return Ok(ControlFlow::Break(()));
            }
            if number > opened.header.row && lines.contains(&number) {
                let row = match line {
                    Line::Bare(text) => bare_row(text, delimiter, number)?,
                    Line::Row(row) => row,
                };
                on(number, pass.reader.read(&row));
            }
            Ok(ControlFlow::Continue(()))
        })?;
    }
    // Kinds are not asked: whoever names a line knows that it is one of data.
    pass.kinds.in_remarks = false;
    Ok(())
}
