//! The rows of a sheet on their way into the lake: files that many threads fill, and values that known rows keep.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_engine::Lake;
use mingcha_engine::lake::{NewFile, RowFilter, Staging, WrittenFile, keep_values};
use mingcha_intake::bulk::Chunk;

use crate::Hindrance;
use crate::classify::{Classified, Fate};
use crate::sheet::{Sheet, busy};

/// Superseding rows whose old values are held at once.
const KEPT_ROWS: usize = 100_000;

/// Files of one commit, one in the making for each thread that reads.
#[derive(Debug)]
pub(crate) struct Writing {
    pub staging: Arc<Staging>,
    batch: BatchNo,
    open: Vec<Mutex<Option<NewFile>>>,
    written: Mutex<Vec<WrittenFile>>,
    /// By line: what a known row keeps in the columns that the sheet lacks.
    kept: HashMap<u32, Vec<Value>>,
    absent: Vec<usize>,
}

impl Writing {
    pub(crate) fn new(staging: Arc<Staging>, batch: BatchNo, sheet: &Sheet) -> Self {
        let there = sheet.opened.columns();
        let absent = (0..sheet.ledger.columns.len()).filter(|place| !there.contains(place)).collect();
        let open = (0..sheet.opened.threads()).map(|_| Mutex::new(None)).collect();
        Self { staging, batch, open, written: Mutex::default(), kept: HashMap::new(), absent }
    }

    /// Writes the rows of a chunk; those of one thread one after the other.
    pub(crate) fn write(&self, chunk: &Chunk) -> Result<(), Hindrance> {
        let mut columns = chunk.columns.clone();
        if !self.kept.is_empty() {
            for (nth, place) in self.absent.iter().enumerate() {
                let kept = |line: &u32| self.kept.get(line).and_then(|values| values.get(nth));
                columns[*place] = keep_values(&columns[*place], chunk.rows.iter().map(kept))?;
            }
        }
        let rows = self.staging.batch(&columns, self.batch, &chunk.rows)?;
        let own = self.open.get(chunk.thread).or(self.open.first());
        let Some(own) = own else { return Ok(()) };
        let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
        match own.as_mut() {
            Some(file) => file.write(&rows)?,
            None => *own = Some(self.staging.file(&rows)?),
        }
        if let Some(full) = own.take_if(|file| file.is_full()) {
            let whole = full.finish(&self.staging)?;
            self.written.lock().unwrap_or_else(PoisonError::into_inner).push(whole);
        }
        Ok(())
    }

    /// Ends every file.
    pub(crate) fn finish(&self) -> Result<Vec<WrittenFile>, Hindrance> {
        let mut files = std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        for own in &self.open {
            if let Some(last) = own.lock().unwrap_or_else(PoisonError::into_inner).take() {
                files.push(last.finish(&self.staging)?);
            }
        }
        Ok(files)
    }
}

/// Writes the new and the superseding rows of a sheet.
pub(crate) async fn write(
    sheet: &Sheet,
    classified: &Arc<Classified>,
    staging: &Arc<Staging>,
    batch: BatchNo,
    (lake, snapshot): (&Lake, i64),
) -> Result<Vec<WrittenFile>, Hindrance> {
    let mut files = Vec::new();
    let has_absent = sheet.opened.columns().len() < sheet.ledger.columns.len();
    let superseding = &classified.superseding;
    let step = if has_absent { KEPT_ROWS } else { superseding.len().max(1) };
    let mut from = 0;
    loop {
        let until = (from + step).min(superseding.len());
        let some = &superseding[from..until];
        let mut writing = Writing::new(Arc::clone(staging), batch, sheet);
        if has_absent && !some.is_empty() {
            writing.kept = kept(sheet, &writing.absent, some, (lake, snapshot)).await?;
        }
        let lines = some.first().map_or(0, |(line, _)| *line)..=some.last().map_or(0, |(line, _)| *line);
        let (opened, classified, is_first) = (Arc::clone(&sheet.opened), Arc::clone(classified), from == 0);
        files.extend(
            busy(move || {
                let wanted = |line: u32| match classified.fates.of(line) {
                    Fate::Added => is_first,
                    Fate::Superseding => lines.contains(&line),
                    Fate::Unchanged | Fate::Out => false,
                };
                opened.read(Some(&wanted), &|chunk| writing.write(&chunk))?;
                writing.finish()
            })
            .await?,
        );
        from = until;
        if from >= superseding.len() {
            return Ok(files);
        }
    }
}

/// What known rows have in the columns that the sheet lacks, by the line that takes their place; rows that have nothing
/// there are left out.
async fn kept(
    sheet: &Sheet,
    absent: &[usize],
    superseding: &[(u32, i64)],
    (lake, snapshot): (&Lake, i64),
) -> Result<HashMap<u32, Vec<Value>>, Hindrance> {
    let lines: HashMap<i64, u32> = superseding.iter().map(|(line, old)| (*old, *line)).collect();
    let refs = superseding.iter().map(|(_, old)| RowRef::unpack(*old)).collect();
    let mut kept = HashMap::new();
    for row in lake.rows(&sheet.ledger, snapshot, &RowFilter::Refs(refs)).await? {
        let values: Vec<Value> = absent.iter().filter_map(|place| row.values.get(*place).cloned()).collect();
        if let Some(line) = lines.get(&row.at.packed())
            && values.iter().any(|value| !value.is_null())
        {
            kept.insert(*line, values);
        }
    }
    Ok(kept)
}
