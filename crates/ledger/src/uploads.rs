//! The list of everything that was ever handed in, with what became of it: taken in, the same as before, taken out again,
//! set aside, or still waiting for somebody to decide.

use std::collections::BTreeMap;

use mingcha_access::{Action, Desk};
use mingcha_domain::{BatchNo, Instant, UploadId};
use mingcha_store::{Row, Tx, params};

use crate::batches::{Batch, BatchState};
use crate::queries::{self, Upload};
use crate::{Ground, Hindrance, ranges};

/// Most uploads of one page.
pub const UPLOADS_MAX: usize = 100;

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Nobody has decided yet.
    Waiting,
    /// Its rows are in.
    InUse,
    /// It was taken in and changed nothing.
    NothingNew,
    /// Its rows were taken out again.
    Withdrawn,
    /// Somebody said that it is not to be taken in.
    Discarded,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::InUse, Self::NothingNew, Self::Withdrawn, Self::Discarded];

    /// Its name in addresses and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::InUse => "in_use",
            Self::NothingNew => "nothing_new",
            Self::Withdrawn => "withdrawn",
            Self::Discarded => "discarded",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.name() == name)
    }
}

/// A file that was handed in, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastUpload {
    /// The file.
    pub upload: Upload,
    /// Its batch, if its rows changed anything.
    pub batch: Option<Batch>,
    /// What became of it.
    pub fate: Fate,
}

/// Which uploads a list is of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UploadQuery {
    /// Only of this ledger.
    pub ledger: Option<String>,
    /// Only with this fate.
    pub fate: Option<Fate>,
    /// Only those below this cursor, which came with the page before.
    pub before: Option<String>,
    /// How many; at most [`UPLOADS_MAX`].
    pub limit: usize,
}

/// A page of the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UploadList {
    /// The newest first.
    pub uploads: Vec<PastUpload>,
    /// The cursor of the page after; none on the last.
    pub next: Option<String>,
}

/// Uploads that the actor sees, the newest first.
pub async fn uploads(desk: &mut Desk, query: &UploadQuery) -> Result<UploadList, Hindrance> {
    let scope = desk.scope(Action::LedgerSee);
    let (all, unit) = scope.unit_filter();
    let limit = query.limit.clamp(1, UPLOADS_MAX);
    let (at, id) = query.before.as_deref().and_then(|cursor| cursor.split_once('~')).unwrap_or(("9", ""));
    let fate = query.fate.map_or("", Fate::name);
    let rows = desk
        .tx()
        .all(
            "SELECT * FROM (SELECT u.*, d.discarded_at, d.discarded_by_name, CASE \
               WHEN d.upload IS NOT NULL THEN 'discarded' WHEN u.state = 'staged' THEN 'waiting' \
               WHEN b.state = 'withdrawn' THEN 'withdrawn' WHEN b.state = 'committed' THEN 'in_use' \
               ELSE 'nothing_new' END AS fate \
             FROM upload u LEFT JOIN batch b ON b.id = u.batch LEFT JOIN upload_discarded d ON d.upload = u.id \
             WHERE ($1 = 1 OR u.unit = $2) AND ($3 = '' OR u.ledger = $3)) AS handed_in \
             WHERE ($4 = '' OR fate = $4) AND (handed_in_at < $5 OR (handed_in_at = $5 AND id < $6)) \
             ORDER BY handed_in_at DESC, id DESC LIMIT $7",
            params![all, unit, query.ledger.as_deref().unwrap_or_default(), fate, at, id, queries::number(limit + 1)],
        )
        .await?;
    let mut uploads = Vec::with_capacity(rows.len());
    for row in rows.iter().take(limit) {
        uploads.push(past(desk.tx(), row).await?);
    }
    let next = (rows.len() > limit).then(|| uploads.last().map(cursor)).flatten();
    Ok(UploadList { uploads, next })
}

async fn past(tx: &mut Tx, row: &Row) -> Result<PastUpload, Hindrance> {
    let upload = queries::upload_from(row)?;
    let fate = Fate::named(row.text("fate")?)
        .ok_or_else(|| Hindrance::broken(format!("upload:{}", upload.id), "an unknown fate"))?;
    let batch = match upload.batch {
        Some(batch) => queries::batch_find(tx, batch).await?,
        None => None,
    };
    Ok(PastUpload { upload, batch, fate })
}

fn cursor(last: &PastUpload) -> String {
    format!("{}~{}", last.upload.handed_in_at, last.upload.id)
}

/// Whether a batch that is in can be taken out again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Undo {
    /// It can.
    Can,
    /// A later batch repeated, replaced or ended some of its rows.
    Touched {
        /// How many of its rows are no longer as it brought them; 0 when they were only repeated.
        rows: usize,
        /// The later batch with its file, where it is known at once.
        later: Option<(BatchNo, String)>,
    },
}

/// For each of these batches that is in, whether it can be taken out again. A look from afar, for a list: it counts the
/// rows that are still there. The withdrawal itself looks at each row ([`crate::withdraw`]).
pub async fn undo_of(
    desk: &mut Desk,
    ground: Ground<'_>,
    batches: &[Batch],
) -> Result<BTreeMap<BatchNo, Undo>, Hindrance> {
    let mut by_ledger: BTreeMap<&str, Vec<&Batch>> = BTreeMap::new();
    for batch in batches.iter().filter(|batch| batch.state == BatchState::Committed) {
        by_ledger.entry(&batch.ledger).or_default().push(batch);
    }
    let readable = crate::known_lake::readable(desk.tx()).await?;
    let mut undo = BTreeMap::new();
    for (ledger, batches) in by_ledger {
        let ledger = ground.ledger(ledger)?;
        // Only a later batch that took rows away can have taken some of these: the others need no look at the lake.
        let last = last_that_took_rows(desk.tx(), &ledger.full_name()).await?;
        let numbers: Vec<BatchNo> = batches.iter().map(|batch| batch.id).filter(|id| *id < last).collect();
        let standing = match numbers.is_empty() {
            true => BTreeMap::new(),
            false => ground.lake.standing(ledger, readable, &numbers).await?,
        };
        for batch in batches {
            let brought = batch.counts.added + batch.counts.superseded;
            let there = if batch.id < last { standing.get(&batch.id).copied().unwrap_or(0) } else { brought };
            let rows = brought.saturating_sub(there);
            let repeated = repeated_by(desk.tx(), batch).await?;
            let later = match (rows, repeated) {
                (0, None) => {
                    undo.insert(batch.id, Undo::Can);
                    continue;
                }
                (_, Some(later)) => Some(later),
                (_, None) => {
                    let successor = ground.lake.successor(ledger, batch.id, batch.lake_snapshot, readable).await?;
                    match successor {
                        Some(number) => queries::batch_find(desk.tx(), number).await?.map(|it| (number, it.file_name)),
                        None => None,
                    }
                }
            };
            undo.insert(batch.id, Undo::Touched { rows, later });
        }
    }
    Ok(undo)
}

/// The newest batch of a ledger that is in and replaced or ended rows.
async fn last_that_took_rows(tx: &mut Tx, ledger: &str) -> Result<BatchNo, Hindrance> {
    let row = tx
        .one(
            "SELECT COALESCE(MAX(id), 0) AS last FROM batch WHERE ledger = $1 AND state = 'committed' \
             AND superseded + ended > 0",
            params![ledger],
        )
        .await?;
    Ok(row.map(|row| row.get("last")).transpose()?.unwrap_or(BatchNo(0)))
}

/// The first later batch that repeated a row of this one unchanged.
async fn repeated_by(tx: &mut Tx, batch: &Batch) -> Result<Option<(BatchNo, String)>, Hindrance> {
    let rows = tx
        .all(
            "SELECT id, file_name, confirmed FROM batch WHERE ledger = $1 AND id > $2 AND state = 'committed' \
             AND confirmed <> '' ORDER BY id",
            params![&batch.ledger, batch.id],
        )
        .await?;
    for row in &rows {
        let later: BatchNo = row.get("id")?;
        let touches = ranges::touch(row.text("confirmed")?, batch.id)
            .ok_or_else(|| Hindrance::broken(format!("batch:{later}"), "unreadable ranges"))?;
        if touches {
            return Ok(Some((later, row.get("file_name")?)));
        }
    }
    Ok(None)
}

/// Who set a file aside, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Discarded {
    /// By whom.
    pub by_name: String,
    /// When.
    pub at: Instant,
}

/// That a file was set aside, if it was.
pub async fn discarded(desk: &mut Desk, upload: UploadId) -> Result<Option<Discarded>, Hindrance> {
    let row = desk
        .tx()
        .one("SELECT discarded_at, discarded_by_name FROM upload_discarded WHERE upload = $1", params![upload])
        .await?;
    row.map(|row| Ok(Discarded { by_name: row.get("discarded_by_name")?, at: row.get("discarded_at")? })).transpose()
}
