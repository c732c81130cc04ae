//! A sheet on disk: read once from top to bottom, and held against the ledger, in memory that does not grow with either.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use futures::TryStreamExt;
use mingcha_domain::{BatchNo, RowRef, Trouble};
use mingcha_engine::Lake;
use mingcha_engine::lake::{RowFilter, number_column};
use mingcha_intake::bulk::{self, Chunk, Opened};
use mingcha_intake::{Fingers, KeysTwice, Outcome, PARTS, ParsedRow, Prints, RejectedRow};
use mingcha_pack::{Ledger, Load};

use crate::classify::{self, Classified, Fate, Fates, Meeting, Superseding};
use crate::progress::Progress;
use crate::reading::Reading;
use crate::write::Writing;
use crate::{Hindrance, Step};

/// An opened sheet.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub opened: Arc<Opened>,
    pub ledger: Arc<Ledger>,
    progress: Option<Arc<Progress>>,
}

/// What one walk through the sheet brought.
pub(crate) struct Walk {
    pub fates: Fates,
    pub prints: Prints,
    pub fingers: Fingers,
    pub rejects: Vec<RejectedRow>,
    pub notes: Vec<Trouble>,
}

impl Sheet {
    /// Opens a file that is kept, and finds its header.
    pub(crate) async fn open(
        path: &Path,
        ledger: &Ledger,
        reading: &Reading,
        progress: Option<&Arc<Progress>>,
    ) -> Result<Self, Hindrance> {
        let (path, ledger, options) = (path.to_owned(), Arc::new(ledger.clone()), reading.options());
        let own = Arc::clone(&ledger);
        let opened = busy(move || Ok(bulk::open(&path, &own, &options)?)).await?;
        Ok(Self { opened: Arc::new(opened), ledger, progress: progress.cloned() })
    }

    /// The same sheet of a file that was given its lasting name.
    pub(crate) fn moved(self, to: std::path::PathBuf) -> Result<Self, Hindrance> {
        let opened = Arc::try_unwrap(self.opened).map_err(|_| Hindrance::broken("upload", "its file is being read"))?;
        Ok(Self { opened: Arc::new(opened.moved(to)), ..self })
    }

    /// Reads every row. With `writing`, good rows are written at once, as if all of them were new.
    pub(crate) async fn walk(&self, scratch: &Path, writing: Option<Arc<Writing>>) -> Result<Walk, Hindrance> {
        let (sheet, scratch) = (self.clone(), scratch.to_owned());
        busy(move || sheet.walk_through(&scratch, writing.as_deref())).await
    }

    fn walk_through(&self, scratch: &Path, writing: Option<&Writing>) -> Result<Walk, Hindrance> {
        let (key, content) = (self.key(), self.opened.columns());
        let fingers = Fingers::default();
        let seen = Mutex::new((Fates::default(), Prints::new(scratch), 0_u64));
        let on = |chunk: Chunk| -> Result<(), Hindrance> {
            let columns = |places: &[usize]| places.iter().map(|place| Arc::clone(&chunk.columns[*place])).collect();
            let mut prints = Vec::new();
            if !key.is_empty() {
                let (key, content): (Vec<_>, Vec<_>) = (columns(&key), columns(&content));
                fingers.of_columns(&key, &content, |row| i64::from(chunk.rows[row]), &mut prints);
            }
            {
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                let (fates, all, rows) = &mut *seen;
                chunk.rows.iter().for_each(|line| fates.set(*line, Fate::Added));
                all.extend(&prints).map_err(|error| Hindrance::source(&error))?;
                *rows += chunk.rows.len() as u64;
                if let Some(progress) = &self.progress {
                    progress.rows(*rows);
                }
            }
            match writing {
                Some(writing) => writing.write(&chunk),
                None => Ok(()),
            }
        };
        let done = self.opened.read(None, &on)?;
        let (fates, prints, _) = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Walk { fates, prints, fingers, rejects: done.rejects, notes: done.notes })
    }

    /// Holds what was read against the ledger at a snapshot. `same` is a batch of the same sheet of the same file.
    pub(crate) async fn classify(
        &self,
        walk: Walk,
        lake: &Lake,
        snapshot: i64,
        same: Option<BatchNo>,
    ) -> Result<(Classified, Vec<Trouble>), Hindrance> {
        let ledger = &self.ledger;
        if let Some(progress) = &self.progress {
            progress.begin(Step::Checking);
        }
        let (walk, twice) = self.see_twice(walk).await?;
        let Walk { mut fates, prints, fingers, mut rejects, mut notes } = walk;
        notes.extend(twice.note());
        let duplicated = twice.repeats.len();
        let appends = ledger.load == Load::Append || ledger.key.is_empty();
        if appends && let Some(same) = same {
            let unchanged = fates.all_unchanged(same);
            return Ok((Classified { fates, unchanged, rejects, duplicated, ..Classified::default() }, notes));
        }
        let mut meeting = Meeting::default();
        if !ledger.key.is_empty() && !lake.is_bare(ledger, snapshot).await? {
            let known = self.prints_of_ledger(lake, snapshot, &fingers, prints.folder()).await?;
            let load = ledger.load;
            (meeting, fates) = busy(move || {
                for part in 0..PARTS {
                    let sorted = |prints: &Prints| prints.part(part).map_err(|error| Hindrance::source(&error));
                    meeting.meet(load, &sorted(&prints)?, &sorted(&known)?, &mut fates);
                }
                Ok((meeting, fates))
            })
            .await?;
        }
        rejects.extend(self.known_keys(&meeting).await?);
        rejects.sort_by_key(|reject| reject.row);
        Ok((meeting.end(fates, rejects, duplicated), notes))
    }

    /// Takes out of the new rows those whose key comes twice in the sheet.
    async fn see_twice(&self, walk: Walk) -> Result<(Walk, KeysTwice), Hindrance> {
        let opened = Arc::clone(&self.opened);
        busy(move || {
            let mut walk = walk;
            let twice = walk.prints.twice().map_err(|error| Hindrance::source(&error))?;
            let differing = twice.differing.iter().map(|(line, _)| *line);
            twice.repeats.iter().copied().chain(differing).for_each(|line| walk.fates.set(line, Fate::Out));
            opened.check_rejects((walk.rejects.len() + twice.differing.len()) as u64)?;
            walk.rejects.extend(opened.must_differ(&twice)?);
            walk.rejects.sort_by_key(|reject| reject.row);
            Ok((walk, twice))
        })
        .await
    }

    /// Prints of the ledger's rows, by the columns that the sheet has; each stands at its packed reference.
    async fn prints_of_ledger(
        &self,
        lake: &Lake,
        snapshot: i64,
        fingers: &Fingers,
        scratch: &Path,
    ) -> Result<Prints, Hindrance> {
        let name = |place: &usize| self.ledger.columns[*place].name.as_str();
        let (key, content) = (self.key(), self.opened.columns());
        let wanted: BTreeSet<usize> = key.iter().chain(&content).copied().collect();
        let names: Vec<&str> = wanted.iter().map(name).collect();
        let at: Vec<usize> = wanted.into_iter().collect();
        let place = |column: &usize| at.binary_search(column).unwrap_or_default();
        let mut prints = Prints::new(scratch);
        let mut rows = lake.columns(&self.ledger, snapshot, &names).await?;
        let mut some = Vec::new();
        while let Some(batch) = rows.try_next().await.map_err(mingcha_engine::LakeError::from)? {
            let columns = |places: &[usize]| places.iter().map(|p| Arc::clone(batch.column(place(p)))).collect();
            let (key, content): (Vec<_>, Vec<_>) = (columns(&key), columns(&content));
            let (batches, lines) = (number_column(&batch, names.len())?, number_column(&batch, names.len() + 1)?);
            let packed = |row: usize| RowRef { batch: BatchNo(batches.value(row)), row: lines.value(row) }.packed();
            some.clear();
            fingers.of_columns(&key, &content, packed, &mut some);
            prints.extend(&some).map_err(|error| Hindrance::source(&error))?;
        }
        Ok(prints)
    }

    /// Rows whose key may not come again.
    async fn known_keys(&self, meeting: &Meeting) -> Result<Vec<RejectedRow>, Hindrance> {
        self.opened.check_rejects(meeting.known.len() as u64)?;
        let rows = self.rows(meeting.known.iter().map(|(line, _)| *line).collect()).await?;
        let known: std::collections::BTreeMap<u32, i64> = meeting.known.iter().copied().collect();
        let mapping = self.opened.mapping();
        let told = rows.into_iter().filter_map(|row| {
            let known = RowRef::unpack(*known.get(&row.row)?);
            Some(classify::known_key(&self.ledger, mapping, row, known))
        });
        Ok(told.collect())
    }

    /// Some good rows with their cells, by line.
    pub(crate) async fn rows(&self, lines: BTreeSet<u32>) -> Result<Vec<ParsedRow>, Hindrance> {
        let opened = Arc::clone(&self.opened);
        let found = busy(move || Ok(opened.rows(&lines)?)).await?;
        let good = found.into_values().filter_map(|outcome| match outcome {
            Outcome::Row(row) => Some(row),
            Outcome::Reject(_) => None,
        });
        Ok(good.collect())
    }

    /// The first so many new rows, as they stand in the sheet.
    pub(crate) async fn added(&self, classified: &Classified, limit: usize) -> Result<Vec<ParsedRow>, Hindrance> {
        self.rows(classified.fates.lines(Fate::Added).take(limit).collect()).await
    }

    /// The first so many rows that take the place of others, with the cells that differ.
    pub(crate) async fn superseding(
        &self,
        classified: &Classified,
        (lake, snapshot): (&Lake, i64),
        limit: usize,
    ) -> Result<Vec<Superseding>, Hindrance> {
        let some = &classified.superseding[..classified.superseding.len().min(limit)];
        if some.is_empty() {
            return Ok(Vec::new());
        }
        let refs = some.iter().map(|(_, old)| RowRef::unpack(*old)).collect();
        let old = lake.rows(&self.ledger, snapshot, &RowFilter::Refs(refs)).await?;
        let new = self.rows(some.iter().map(|(line, _)| *line).collect()).await?;
        let columns = self.opened.columns();
        let told = some.iter().filter_map(|(line, at)| {
            let new = new.iter().find(|row| row.row == *line)?;
            let old = old.iter().find(|row| row.at.packed() == *at)?;
            let changed = classify::changed(&self.ledger, &columns, &old.values, &new.values);
            let key = classify::key(&self.ledger, &new.values);
            Some(Superseding { row: i64::from(*line), old: old.at, key, changed })
        });
        Ok(told.collect())
    }

    fn key(&self) -> Vec<usize> {
        self.ledger.key.iter().filter_map(|name| self.ledger.position(name)).collect()
    }
}

/// Does work that may keep a thread busy for long.
pub(crate) async fn busy<T, W>(work: W) -> Result<T, Hindrance>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, Hindrance> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Hindrance::Interrupted { detail: error.to_string() })?
}
