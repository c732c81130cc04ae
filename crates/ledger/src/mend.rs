//! Rows that were kept back are mended on the page, cell by cell, and go in.
//!
//! The row is read again from its own sheet, with the cells that were written anew: under the same header, in the same
//! units. What is understood becomes a small sheet of its own, which goes in as any other does: its file is kept, its
//! batch can be withdrawn, and it names the sheet and line that each of its rows mends. What stood in the cells stays
//! where it was.

use std::collections::BTreeMap;

use mingcha_access::{Action, Actor, Desk, Office, Record};
use mingcha_domain::{Instant, Kind, Speaks, Trouble, UploadId};
use mingcha_intake::bulk::Changes;
use mingcha_intake::{CellProblem, Mapped, Options, Outcome, ParsedRow, RejectedRow, write_mended};
use mingcha_pack::Ledger;
use serde_json::json;

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::quarantine::ends::{self, End, How, KeptRow, MendedCell, NewEnd};
use crate::queries::{Upload, UploadState};
use crate::reading::Reading;
use crate::sheet::{Sheet, busy};
use crate::stage::visible;
use crate::{CommitError, Ground, HandIn, Hindrance, PreviewError, StageError, Taken};
use crate::{batches, commit, discard, preview, sources, stage};

/// What became of rows that were mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// What became of the small sheet; nothing when no row of it can go in.
    pub taken: Option<Taken>,
    /// Lines of the rows that went in.
    pub rows: Vec<u32>,
    /// Rows with what is still wrong with them, their cells as they were written anew.
    pub still: Vec<RejectedRow>,
    /// Rows that no longer waited: somebody else was faster.
    pub ended: Vec<(u32, Ended)>,
}

/// Who dealt with a row before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ended {
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
    /// In which way.
    pub how: How,
}

impl Ended {
    /// What is said of it beside the row.
    #[must_use]
    pub fn said(&self, row: u32) -> Trouble {
        let trouble = Trouble::new("MC-LEDGER-041").with("row", row).with("by", &self.by);
        trouble.with("at", self.at.for_people()).with("how", self.how.name())
    }
}

/// Why nothing was mended.
#[derive(Debug, thiserror::Error)]
pub enum MendError {
    /// No row was given.
    #[error("nothing to mend")]
    Nothing,
    /// The sheet's good rows did not go in yet.
    #[error("not taken in yet")]
    NotTaken,
    /// The sheet's batch was taken out again.
    #[error("withdrawn")]
    Withdrawn,
    /// No such row was kept back.
    #[error("no row {row} was kept back")]
    NoSuchRow {
        /// The line asked for.
        row: u32,
    },
    /// The row does not wait any more.
    #[error("row {row} was dealt with by {}", .ended.by)]
    Ended {
        /// The line.
        row: u32,
        /// Who dealt with it.
        ended: Ended,
    },
    /// No reason was given.
    #[error("no reason")]
    NoReason,
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(MendError);

impl Speaks for MendError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Nothing => Trouble::new("MC-LEDGER-040"),
            Self::Ended { row, ended } => ended.said(*row),
            Self::NotTaken => Trouble::new("MC-LEDGER-042"),
            Self::Withdrawn => Trouble::new("MC-LEDGER-043"),
            Self::NoSuchRow { row } => Trouble::new("MC-LEDGER-044").with("row", row),
            Self::NoReason => Trouble::new("MC-LEDGER-045"),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Nothing | Self::NoReason => Kind::Invalid,
            Self::NotTaken | Self::Withdrawn | Self::Ended { .. } => Kind::Stale,
            Self::NoSuchRow { .. } => Kind::NotFound,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// For how long rows of which somebody makes a small sheet are left alone; longer than that takes only who was killed.
const UNDER_WAY_SECONDS: i64 = 300;

/// Takes rows in whose cells were written anew; each that is still wrong comes back.
pub async fn mend(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    upload: UploadId,
    changes: Changes,
) -> Result<Mended, MendError> {
    if changes.is_empty() {
        return Err(MendError::Nothing);
    }
    let mut desk = office.reading(actor).await?;
    let origin = waiting(&mut desk, upload).await?;
    let (changes, ended) = still_open(&mut desk, upload, changes).await?;
    drop(desk);
    let mut mended = Mended { ended, ..Mended::default() };
    if changes.is_empty() {
        return Ok(mended);
    }
    let ledger = ground.ledger(&origin.ledger)?;
    let path = sources::checked(ground.sources, &origin.sm3).await?;
    let sheet = Sheet::open(&path, ledger, &Reading::from_json(&origin.reading)?, None).await?;
    let (opened, own) = (sheet.opened.clone(), changes.clone());
    let read = busy(move || Ok(opened.mended(&own)?)).await?;
    let mut good = Vec::new();
    for outcome in read.into_values() {
        match outcome {
            Outcome::Row(row) => good.push(row),
            Outcome::Reject(row) => mended.still.push(row),
        }
    }
    let Some(small) = Small::stage(office, actor, ground, (&origin, &sheet), good, &mut mended.still).await? else {
        return Ok(mended);
    };
    let written = small.write_down(office, actor, (&origin, &sheet), &changes).await;
    let taken = match written {
        Ok(ended) if ended.is_empty() => commit(office, actor, ground, small.upload).await.map_err(of_commit),
        // Somebody was faster by a moment: nothing of this goes in, and everything is shown again.
        Ok(ended) => {
            discard(office, actor, small.upload).await.map_err(|error| of_speaking(&error))?;
            mended.ended.extend(ended);
            return Ok(mended);
        }
        Err(error) => Err(error),
    };
    match taken {
        Ok(taken) => {
            mended.rows = small.rows.iter().map(|row| row.row).collect();
            mended.taken = Some(taken);
            mended.still.sort_by_key(|row| row.row);
            Ok(mended)
        }
        Err(error) => {
            // Left as it is, it would wait in the list of uploads for somebody who knows nothing of it.
            if let Err(left) = discard(office, actor, small.upload).await {
                tracing::warn!(%left, upload = %small.upload, "a small sheet could not be set aside");
            }
            Err(error)
        }
    }
}

/// The sheet, if its rows can be mended.
pub(crate) async fn waiting(desk: &mut Desk, upload: UploadId) -> Result<Upload, MendError> {
    let upload = visible(desk, upload).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    if upload.state != UploadState::Taken {
        return Err(MendError::NotTaken);
    }
    if let Some(batch) = upload.batch
        && batches::batch(desk, batch).await?.state != batches::BatchState::Committed
    {
        return Err(MendError::Withdrawn);
    }
    Ok(upload)
}

/// The rows that still wait, and who was faster with the others.
async fn still_open(
    desk: &mut Desk,
    upload: UploadId,
    changes: Changes,
) -> Result<(Changes, Vec<(u32, Ended)>), MendError> {
    let since = desk.now.plus_seconds(-UNDER_WAY_SECONDS);
    let kept = ends::kept_rows(desk.tx(), upload).await?;
    let under_way = ends::under_way(desk.tx(), upload, since).await?;
    let (mut open, mut ended) = (Changes::new(), Vec::new());
    for (row, cells) in changes {
        match state_of(&kept, &under_way, row)? {
            Some(before) => ended.push((row, before)),
            None => {
                open.insert(row, cells);
            }
        }
    }
    Ok((open, ended))
}

pub(crate) fn state_of(
    kept: &[KeptRow],
    under_way: &[(u32, String, Instant)],
    row: u32,
) -> Result<Option<Ended>, MendError> {
    let found = kept.iter().find(|kept| kept.reject.row == row).ok_or(MendError::NoSuchRow { row })?;
    if let Some(End { how, at, by_name, .. }) = &found.end {
        return Ok(Some(Ended { by: by_name.clone(), at: *at, how: *how }));
    }
    let busy = under_way.iter().find(|(line, ..)| *line == row);
    Ok(busy.map(|(_, by, at)| Ended { by: by.clone(), at: *at, how: How::Mended }))
}

/// The small sheet that mended rows become.
struct Small {
    upload: UploadId,
    /// Its rows, the first on line 2; their own lines are those of the sheet they mend.
    rows: Vec<ParsedRow>,
}

/// The line of a small sheet on which its first row stands.
const FIRST_LINE: usize = 2;

impl Small {
    /// Keeps the small sheet of some rows. Those that the ledger does not take (a key that may not come again) are left
    /// out and come back; nothing when none is left.
    async fn stage(
        office: &Office,
        actor: &Actor,
        ground: Ground<'_>,
        (origin, sheet): (&Upload, &Sheet),
        mut rows: Vec<ParsedRow>,
        still: &mut Vec<RejectedRow>,
    ) -> Result<Option<Self>, MendError> {
        let columns = sheet.opened.columns();
        let mut by_name = false;
        while !rows.is_empty() {
            let lines: Vec<(u32, &[_])> = rows.iter().map(|row| (row.row, row.values.as_slice())).collect();
            let bytes = write_mended(&sheet.ledger, &columns, &lines, by_name)?;
            let name = file_name(&origin.file_name, &rows);
            let file = HandIn { ledger: &origin.ledger, file_name: &name, bytes, options: Options::default() };
            let staged = stage(office, actor, ground, file).await.map_err(of_stage)?;
            let upload = staged.upload.id;
            let mapping = staged.sheet.map(|sheet| sheet.mapping);
            if !is_as_meant(mapping.as_deref().ok(), &sheet.ledger, &columns) {
                // The unit once said that one of our headings means another column: then they are called as in SQL.
                discard(office, actor, upload).await.map_err(|error| of_speaking(&error))?;
                if std::mem::replace(&mut by_name, true) {
                    return Err(Hindrance::broken(format!("upload:{upload}"), "its own columns are not known").into());
                }
                continue;
            }
            let looked = preview(office, actor, ground, upload).await.map_err(of_preview)?;
            if looked.rejects.is_empty() {
                return Ok(Some(Self { upload, rows }));
            }
            discard(office, actor, upload).await.map_err(|error| of_speaking(&error))?;
            let back: BTreeMap<u32, Vec<CellProblem>> =
                looked.rejects.into_iter().map(|reject| (reject.row, reject.problems)).collect();
            let lines: Vec<u32> = rows.iter().map(|row| row.row).collect();
            let mut line = FIRST_LINE as u32 - 1;
            rows.retain(|row| {
                line += 1;
                let Some(problems) = back.get(&line) else { return true };
                let problems = problems.iter().map(|problem| seen_from(sheet, &lines, row, problem)).collect();
                still.push(RejectedRow { row: row.row, raw: row.raw.clone(), problems });
                false
            });
        }
        Ok(None)
    }

    /// Writes down which rows it mends; returns those of which somebody was faster, and then writes nothing.
    async fn write_down(
        &self,
        office: &Office,
        actor: &Actor,
        (origin, sheet): (&Upload, &Sheet),
        changes: &Changes,
    ) -> Result<Vec<(u32, Ended)>, MendError> {
        let mut desk = office.desk(actor).await?;
        waiting(&mut desk, origin.id).await?;
        let permit = ask(&desk, Action::LedgerImport, origin.unit.as_deref())?;
        let lines: Changes = self.rows.iter().map(|row| (row.row, BTreeMap::new())).collect();
        let (_, ended) = still_open(&mut desk, origin.id, lines).await?;
        if !ended.is_empty() {
            return Ok(ended);
        }
        let kept = ends::kept_rows(desk.tx(), origin.id).await?;
        let (at, login, name) = (desk.now, desk.actor.login.clone(), desk.actor.name.clone());
        let mut touched = Vec::with_capacity(self.rows.len());
        let mut told = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            let line = u32::try_from(i + FIRST_LINE).unwrap_or(u32::MAX);
            let raw = kept.iter().find(|kept| kept.reject.row == row.row).map_or(&[][..], |kept| &kept.reject.raw);
            let cells = cells(sheet.opened.mapping(), raw, changes.get(&row.row));
            told.push(json!({ "row": row.row, "line": line, "cells": cells.len() }));
            let sheet = Some((self.upload, line));
            let end = NewEnd { upload: origin.id, row: row.row, how: How::Mended, sheet, cells: &cells, why: None };
            touched.push(ends::add(desk.tx(), &permit, &end, (at, &login, &name)).await?);
        }
        let subject = format!("upload:{}", self.upload);
        let facts =
            json!({ "ledger": origin.ledger, "file": origin.file_name, "of": origin.id.to_string(), "rows": told });
        let record = Record { verb: "ledger.mend", subject: &subject, why: None, touched: &touched, facts };
        desk.record(&permit, record).await?;
        desk.commit().await?;
        Ok(Vec::new())
    }
}

/// The cells that were written anew: those that are not as they stood.
fn cells(mapping: &[Mapped], raw: &[String], changes: Option<&BTreeMap<usize, String>>) -> Vec<MendedCell> {
    let changed = changes.into_iter().flatten();
    let cells = changed.filter_map(|(at, text)| {
        let raw = raw.get(*at).cloned().unwrap_or_default();
        let mapped = mapping.iter().find(|mapped| mapped.at == *at)?;
        let column = mapped.column.clone()?;
        (raw != *text).then(|| MendedCell { at: *at, heading: mapped.heading.clone(), column, raw, text: text.clone() })
    });
    cells.collect()
}

/// Whether a small sheet's headings are what they are meant to be; the first one tells the line and is not read.
fn is_as_meant(mapping: Option<&[Mapped]>, ledger: &Ledger, columns: &[usize]) -> bool {
    let Some(mapping) = mapping else { return false };
    columns.iter().enumerate().all(|(i, column)| {
        let here = mapping.iter().find(|mapped| mapped.at == i + 1);
        here.and_then(|mapped| mapped.column.as_deref()) == Some(ledger.columns[*column].name.as_str())
    })
}

/// What is wrong with a row of the small sheet, as it is seen from the sheet that it mends.
fn seen_from(sheet: &Sheet, lines: &[u32], row: &ParsedRow, problem: &CellProblem) -> CellProblem {
    let mapped = sheet.opened.mapping().iter().find(|mapped| mapped.column.as_deref() == Some(&problem.column));
    let mut seen = CellProblem { at: mapped.map(|mapped| mapped.at), ..problem.clone() };
    for (name, value) in &mut seen.trouble.facts {
        let line = match *name {
            "row" => Some(row.row),
            // The other row with the same key, in the small sheet.
            "first" => value.parse::<usize>().ok().and_then(|at| lines.get(at.checked_sub(FIRST_LINE)?)).copied(),
            _ => None,
        };
        if let Some(line) = line {
            *value = line.to_string();
        }
    }
    seen
}

fn file_name(origin: &str, rows: &[ParsedRow]) -> String {
    let stem = origin.rsplit_once('.').map_or(origin, |(stem, _)| stem);
    match rows {
        [row] => format!("{stem}-第{}行更正.csv", row.row),
        rows => format!("{stem}-更正{}行.csv", rows.len()),
    }
}

fn of_stage(error: StageError) -> MendError {
    match error {
        StageError::Hindered(hindrance) => MendError::Hindered(hindrance),
        StageError::TakenAlready { by } => Hindrance::broken("a small sheet", format!("taken by {by}")).into(),
    }
}

fn of_preview(error: PreviewError) -> MendError {
    let PreviewError::Hindered(hindrance) = error;
    MendError::Hindered(hindrance)
}

fn of_commit(error: CommitError) -> MendError {
    match error {
        CommitError::Hindered(hindrance) => MendError::Hindered(hindrance),
        CommitError::TakenAlready { by } => Hindrance::broken("a small sheet", format!("taken by {by}")).into(),
    }
}

fn of_speaking(error: &crate::DiscardError) -> MendError {
    Hindrance::broken("a small sheet", error.to_string()).into()
}
