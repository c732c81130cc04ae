//! A later sheet settles rows that earlier ones had kept back: it brings the same key and goes in, or is kept back again
//! and waits there.
//!
//! A row whose key is itself what was wrong is known again by its place: the same line of a sheet of the same name, all
//! other cells as they were.
//!
//! And the other way round: a row that comes again as it was when somebody dealt with it (mended it on the page, set it
//! aside) is dealt with; nobody is asked twice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use mingcha_access::{Action, Actor, Desk, Office, Record};
use mingcha_domain::{Day, UploadId, Value};
use mingcha_intake::bulk::Chunk;
use mingcha_intake::{Mapped, Outcome, RejectedRow, key_of};
use mingcha_pack::Ledger;
use mingcha_store::jobs::{Job, SheetTaken};
use serde_json::json;

use crate::ground::ask;
use crate::quarantine::ends::{self, End, How, NewEnd};
use crate::queries::{self, Upload, UploadState};
use crate::reading::Reading;
use crate::sheet::{Sheet, busy};
use crate::stage::visible;
use crate::{Ground, Hindrance, classify, sources};

/// Queues the look at what a sheet settles, in the transaction that takes it in; nothing when no sheet of the ledger ever
/// kept a row back.
pub(crate) async fn queue(desk: &mut Desk, upload: &Upload) -> Result<(), Hindrance> {
    if ends::any_kept(desk.tx(), &upload.ledger, upload.id).await? {
        desk.enqueue(&Job::of(&SheetTaken { upload: upload.id.to_string() })?).await?;
    }
    Ok(())
}

/// Writes down which rows of earlier sheets a sheet settles; returns how many. Doing it twice is doing it once.
pub async fn settle(office: &Office, actor: &Actor, ground: Ground<'_>, upload: UploadId) -> Result<usize, Hindrance> {
    let mut desk = office.reading(actor).await?;
    let taken = visible(&mut desk, upload).await?;
    // A ledger of a pack that is gone has nobody to send its rows again.
    let Ok(ledger) = ground.ledger(&taken.ledger) else { return Ok(0) };
    if taken.state != UploadState::Taken {
        return Ok(0);
    }
    let open = ends::open_before(desk.tx(), &taken.ledger, upload).await?;
    let kept = ends::kept_rows(desk.tx(), upload).await?;
    let known =
        if kept.is_empty() { HashMap::new() } else { ends::dealt_with(desk.tx(), &taken.ledger, upload).await? };
    let again: Vec<(u32, End)> = kept
        .iter()
        .filter(|kept| kept.end.is_none())
        .filter_map(|kept| Some((kept.reject.row, known.get(&ends::bare(&kept.reject.raw))?.clone())))
        .collect();
    if open.is_empty() {
        drop(desk);
        return write_down(office, actor, &taken, Found::new(), again).await;
    }
    let waiting = Waiting::of(&mut desk, ground, ledger, &taken, open).await?;
    let kept: Vec<RejectedRow> = kept.into_iter().map(|kept| kept.reject).collect();
    drop(desk);
    let path = sources::checked(ground.sources, &taken.sm3).await?;
    let sheet = Sheet::open(&path, ledger, &Reading::from_json(&taken.reading)?, None).await?;
    let found = busy(move || waiting.look(&sheet, &kept)).await?;
    write_down(office, actor, &taken, found, again).await
}

/// A row that waits: sheet and line.
type Place = (UploadId, u32);
/// What became of a row: how, and on which line of the later sheet.
type Found = BTreeMap<Place, (How, u32)>;

/// Rows that wait in earlier sheets.
struct Waiting {
    by_key: HashMap<Vec<Value>, Vec<Place>>,
    /// By line, for rows without a key: the row's cells, and which of them were wrong.
    by_line: BTreeMap<u32, Vec<(Place, RejectedRow)>>,
}

impl Waiting {
    async fn of(
        desk: &mut Desk,
        ground: Ground<'_>,
        ledger: &Ledger,
        taken: &Upload,
        open: Vec<(UploadId, RejectedRow)>,
    ) -> Result<Self, Hindrance> {
        let mut waiting = Self { by_key: HashMap::new(), by_line: BTreeMap::new() };
        let mut headings: Option<(UploadId, bool, Vec<Mapped>)> = None;
        for (upload, reject) in open {
            let known = headings.take().filter(|(of, ..)| *of == upload);
            let (of, same_name, mapping) = match known {
                Some(known) => known,
                None => {
                    let earlier = queries::upload_find(desk.tx(), upload).await?;
                    let earlier =
                        earlier.ok_or_else(|| Hindrance::broken("quarantine", "its file is not on record"))?;
                    let path = sources::checked(ground.sources, &earlier.sm3).await?;
                    let sheet = Sheet::open(&path, ledger, &Reading::from_json(&earlier.reading)?, None).await?;
                    (upload, earlier.file_name == taken.file_name, sheet.opened.mapping().to_vec())
                }
            };
            let place = (upload, reject.row);
            match key_of(ledger, &mapping, &reject) {
                Some(key) => waiting.by_key.entry(key).or_default().push(place),
                None if same_name => waiting.by_line.entry(reject.row).or_default().push((place, reject)),
                None => {}
            }
            headings = Some((of, same_name, mapping));
        }
        Ok(waiting)
    }

    fn look(&self, sheet: &Sheet, kept: &[RejectedRow]) -> Result<Found, Hindrance> {
        let mut found = Found::new();
        if self.by_key.is_empty() && self.by_line.is_empty() {
            return Ok(found);
        }
        let (ledger, mapping) = (&sheet.ledger, sheet.opened.mapping());
        for reject in kept {
            let key = key_of(ledger, mapping, reject);
            self.meet(key.as_ref(), reject.row, &reject.raw, How::KeptAgain, &mut found);
        }
        let is_kept: BTreeSet<u32> = kept.iter().map(|reject| reject.row).collect();
        let mut lines = self.lines_of_keys(sheet)?;
        lines.extend(self.by_line.keys());
        lines.retain(|line| !is_kept.contains(line));
        for (line, outcome) in sheet.opened.rows(&lines)? {
            if let Outcome::Row(row) = outcome {
                let key = classify::key(ledger, &row.values);
                self.meet(Some(&key), line, &row.raw, How::SentAgain, &mut found);
            }
        }
        Ok(found)
    }

    fn meet(&self, key: Option<&Vec<Value>>, line: u32, raw: &[String], how: How, found: &mut Found) {
        let by_key = key.and_then(|key| self.by_key.get(key)).into_iter().flatten().copied();
        let by_line = self.by_line.get(&line).into_iter().flatten();
        let by_line = by_line.filter(|(_, earlier)| is_same_but_for_its_faults(earlier, raw)).map(|(place, _)| *place);
        for place in by_key.chain(by_line) {
            // A sheet that has a key both as it should be and wrong has brought it.
            if how == How::SentAgain || !found.contains_key(&place) {
                found.insert(place, (how, line));
            }
        }
    }

    /// Lines whose first key cell is one that waits; the whole key is looked at afterwards.
    fn lines_of_keys(&self, sheet: &Sheet) -> Result<BTreeSet<u32>, Hindrance> {
        let lines = Mutex::new(BTreeSet::new());
        let first = sheet.ledger.key.first().and_then(|name| sheet.ledger.position(name));
        let Some(first) = first.filter(|_| !self.by_key.is_empty()) else { return Ok(BTreeSet::new()) };
        let keys: HashSet<&Value> = self.by_key.keys().filter_map(|key| key.first()).collect();
        let texts: HashSet<&str> = keys.iter().filter_map(|key| text(key)).collect();
        let on = |chunk: Chunk| -> Result<(), Hindrance> {
            let column = &chunk.columns[first];
            let is_one = |row: usize| match column.as_string_view_opt() {
                Some(column) => !column.is_null(row) && texts.contains(column.value(row)),
                None => value(column, row).is_none_or(|value| keys.contains(&value)),
            };
            let here = chunk.rows.iter().enumerate().filter(|(row, _)| is_one(*row)).map(|(_, line)| *line);
            lines.lock().unwrap_or_else(PoisonError::into_inner).extend(here);
            Ok(())
        };
        sheet.opened.read(None, &on)?;
        Ok(lines.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A cell of a column that is no text; `None` of a kind that no ledger's key begins with.
fn value(column: &ArrayRef, row: usize) -> Option<Value> {
    if column.is_null(row) {
        return Some(Value::Null);
    }
    let number = || column.as_primitive_opt::<Int64Type>().map(|column| Value::Int(column.value(row)));
    let day = || {
        let days = column.as_primitive_opt::<Date32Type>()?.value(row);
        Day::from_days_since_epoch(days).map(Value::Day)
    };
    number().or_else(day)
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether the cells are those of an earlier row, but for the ones that were wrong there.
fn is_same_but_for_its_faults(earlier: &RejectedRow, raw: &[String]) -> bool {
    let wrong: BTreeSet<usize> = earlier.problems.iter().filter_map(|problem| problem.at).collect();
    let cell = |cells: &[String], at: usize| cells.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
    let others = (0..earlier.raw.len().max(raw.len())).filter(|at| !wrong.contains(at));
    let (mut same, mut filled) = (true, 0);
    for at in others {
        let (then, now) = (cell(&earlier.raw, at), cell(raw, at));
        same &= then == now;
        filled += usize::from(!then.is_empty());
    }
    // Two cells that agree are the least by which a row is known.
    same && filled >= 2
}

async fn write_down(
    office: &Office,
    actor: &Actor,
    taken: &Upload,
    found: Found,
    again: Vec<(u32, End)>,
) -> Result<usize, Hindrance> {
    if found.is_empty() && again.is_empty() {
        return Ok(0);
    }
    let mut desk = office.desk(actor).await?;
    let permit = ask(&desk, Action::LedgerImport, taken.unit.as_deref())?;
    let still: BTreeSet<Place> = ends::open_before(desk.tx(), &taken.ledger, taken.id)
        .await?
        .into_iter()
        .map(|(upload, reject)| (upload, reject.row))
        .collect();
    let (at, login) = (desk.now, desk.actor.login.clone());
    let by_name = taken.taken_by_name.clone().unwrap_or_default();
    let mut touched = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for ((upload, row), (how, line)) in found.into_iter().filter(|(place, _)| still.contains(place)) {
        let end = NewEnd { upload, row, how, sheet: Some((taken.id, line)), cells: &[], why: None };
        touched.push(ends::add(desk.tx(), &permit, &end, (at, &login, &by_name)).await?);
        *counts.entry(how.name()).or_default() += 1;
    }
    let waits: BTreeSet<u32> = ends::kept_rows(desk.tx(), taken.id)
        .await?
        .into_iter()
        .filter(|kept| kept.end.is_none())
        .map(|kept| kept.reject.row)
        .collect();
    for (row, before) in again.into_iter().filter(|(row, _)| waits.contains(row)) {
        let End { how, sheet, why, by_name, .. } = &before;
        let end = NewEnd { upload: taken.id, row, how: *how, sheet: *sheet, cells: &before.cells, why: why.as_deref() };
        touched.push(ends::add(desk.tx(), &permit, &end, (before.at, &login, by_name)).await?);
        *counts.entry("again").or_default() += 1;
    }
    if touched.is_empty() {
        return Ok(0);
    }
    let subject = format!("upload:{}", taken.id);
    let facts = json!({ "ledger": taken.ledger, "file": taken.file_name, "rows": counts });
    desk.record(&permit, Record { verb: "ledger.settle", subject: &subject, why: None, touched: &touched, facts })
        .await?;
    desk.commit().await?;
    Ok(touched.len())
}
