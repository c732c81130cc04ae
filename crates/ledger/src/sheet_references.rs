//! Rows of a sheet that point to rows which are not there, told before the sheet goes in. A note, never a rejection
//! ([`crate::references`]).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use mingcha_access::{Action, Desk};
use mingcha_domain::{UploadId, Value};
use mingcha_engine::lake::arrow::value_at;
use mingcha_intake::bulk::{self, Chunk};
use mingcha_pack::Ledger;

use crate::ground::ask;
use crate::reading::Reading;
use crate::references::{Reference, references_of};
use crate::stage::visible;
use crate::{Ground, Hindrance, known_lake, sources};

/// Different values of a column that are held while a sheet is read; what comes after them is not looked at.
const VALUES_MAX: usize = 500_000;
/// Rows that are named.
const SHOWN: usize = 5;

/// How the references of one column of a sheet stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetReference {
    /// Name of the column.
    pub column: String,
    /// Full name of the ledger it points to.
    pub ledger: String,
    /// Rows that point somewhere and were looked at.
    pub given: usize,
    /// Rows that point to a row which is not there.
    pub missing: usize,
    /// The first of them: the line and what stands there.
    pub first: Vec<(u32, Value)>,
}

/// Where a value stands first, and in how many rows.
#[derive(Clone, Copy, Default)]
struct Seen {
    first: u32,
    rows: usize,
}

type Values = HashMap<Value, Seen>;

/// The references of a sheet that was handed in, held against the ledgers as everybody reads them now; columns without a
/// missing one are left out.
pub async fn sheet_references(
    desk: &mut Desk,
    ground: Ground<'_>,
    upload: UploadId,
) -> Result<Vec<SheetReference>, Hindrance> {
    let upload = visible(desk, upload).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    let ledger = ground.ledger(&upload.ledger)?;
    let references: Vec<Reference<'_>> =
        references_of(ground.packs, ledger).into_iter().filter(|reference| reference.key.is_some()).collect();
    if references.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<usize> = references.iter().filter_map(|one| ledger.position(&one.column.name)).collect();
    let own = ledger.key.first().and_then(|key| ledger.position(key));
    let options = Reading::from_json(&upload.reading)?.options();
    let (path, known) = (sources::place(ground.sources, &upload.sm3), ledger.clone());
    let read = tokio::task::spawn_blocking(move || read(&path, &known, &options, &places, own));
    let (pointing, own) = read.await.map_err(|error| Hindrance::Interrupted { detail: error.to_string() })??;
    let readable = known_lake::readable(desk.tx()).await?;
    let mut all = Vec::new();
    for (reference, values) in references.iter().zip(pointing) {
        let Some(key) = reference.key else { continue };
        let itself = reference.ledger.full_name() == upload.ledger;
        let wanted: Vec<Value> = values.keys().filter(|value| !(itself && own.contains_key(value))).cloned().collect();
        let absent = ground.lake.absent(reference.ledger, readable, key, &wanted).await?;
        let mut first: Vec<(u32, Value)> = Vec::new();
        let mut missing = 0;
        for value in absent {
            let Some(seen) = values.get(&value) else { continue };
            missing += seen.rows;
            first.push((seen.first, value));
        }
        if missing == 0 {
            continue;
        }
        first.sort();
        first.truncate(SHOWN);
        let given = values.values().map(|seen| seen.rows).sum();
        let (column, ledger) = (reference.column.name.clone(), reference.ledger.full_name());
        all.push(SheetReference { column, ledger, given, missing, first });
    }
    Ok(all)
}

/// The values of the columns at these places, and those of the sheet's own key.
fn read(
    path: &std::path::Path,
    ledger: &Ledger,
    options: &mingcha_intake::Options,
    places: &[usize],
    own: Option<usize>,
) -> Result<(Vec<Values>, Values), Hindrance> {
    let seen = Mutex::new((vec![Values::new(); places.len()], Values::new()));
    let on = |chunk: Chunk| -> Result<(), Hindrance> {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (pointing, keys) = &mut *seen;
        for (values, place) in pointing.iter_mut().zip(places) {
            gather(values, &chunk, *place)?;
        }
        match own {
            Some(own) => gather(keys, &chunk, own),
            None => Ok(()),
        }
    };
    bulk::open(path, ledger, options)?.read(None, &on)?;
    Ok(seen.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn gather(values: &mut Values, chunk: &Chunk, place: usize) -> Result<(), Hindrance> {
    let Some(column) = chunk.columns.get(place) else { return Ok(()) };
    for (at, line) in chunk.rows.iter().enumerate() {
        let value = value_at(column.as_ref(), at)?;
        let full = values.len() >= VALUES_MAX;
        if value.is_null() || (full && !values.contains_key(&value)) {
            continue;
        }
        let seen = values.entry(value).or_insert(Seen { first: *line, rows: 0 });
        seen.first = seen.first.min(*line);
        seen.rows += 1;
    }
    Ok(())
}
