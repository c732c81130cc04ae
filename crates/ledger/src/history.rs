//! A ledger as it was: its versions with what each did, its rows at one of them, what differs between two.

use mingcha_access::{Action, Desk};
use mingcha_domain::{BatchNo, Day, Instant, RowRef};
use mingcha_engine::LakeRow;
use mingcha_engine::lake::{ChangeAsk, ChangeCounts, PageAsk, RowChange};
use mingcha_pack::Ledger;
use mingcha_store::{Row, params};

use crate::ground::ask;
use crate::rows::{RowsError, Version, was_readable};
use crate::{Counts, Ground, Hindrance, known_lake, queries};

/// Most versions, rows or changes of one page.
pub const HISTORY_MAX: usize = 200;

/// One version of a ledger, and what led to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionLine {
    /// The version.
    pub version: Version,
    /// The file of the batch that came or went.
    pub file_name: String,
    /// What the batch changed when it came.
    pub counts: Counts,
    /// The version of this ledger before it; 0 before the first.
    pub before: i64,
}

/// The versions of a ledger below a given one, the newest first.
pub async fn version_list(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<VersionLine>, RowsError> {
    seen(desk, ground, ledger).await?;
    let (before, limit) = (before.unwrap_or(i64::MAX), limit.clamp(1, HISTORY_MAX));
    let rows = desk
        .tx()
        .all(
            &format!("{LINES} WHERE snapshot < $2 ORDER BY snapshot DESC LIMIT $3"),
            params![ledger, before, queries::number(limit + 1)],
        )
        .await?;
    Ok(lines(&rows, limit)?)
}

/// The version that everybody read at the end of a day; `None` when nothing had come by then.
pub async fn version_on(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    day: Day,
) -> Result<Option<VersionLine>, RowsError> {
    seen(desk, ground, ledger).await?;
    let end =
        Instant::parse(&format!("{}T00:00:00+08:00", day.plus_days(1))).ok_or_else(|| Hindrance::broken("day", day))?;
    let rows =
        desk.tx().all(&format!("{LINES} WHERE at < $2 ORDER BY snapshot DESC LIMIT 2"), params![ledger, end]).await?;
    Ok(lines(&rows, 1)?.pop())
}

/// Batches that came and went, each with the state that it made. `$1` is the ledger.
const LINES: &str = "SELECT * FROM (SELECT b.*, b.lake_snapshot AS snapshot, 0 AS went, b.committed_at AS at, \
     b.committed_by_name AS by_name FROM batch b WHERE b.ledger = $1 \
     UNION ALL SELECT b.*, b.withdrawn_snapshot, 1, b.withdrawn_at, b.withdrawn_by_name FROM batch b \
     WHERE b.ledger = $1 AND b.state = 'withdrawn') AS versions";

/// The first so many of the rows, the newest first; each one's version before it is that of the row after it.
fn lines(rows: &[Row], limit: usize) -> Result<Vec<VersionLine>, Hindrance> {
    let mut lines = rows.iter().map(line_of).collect::<Result<Vec<_>, Hindrance>>()?;
    for at in 0..lines.len() {
        lines[at].before = lines.get(at + 1).map_or(0, |older| older.version.snapshot);
    }
    lines.truncate(limit);
    Ok(lines)
}

fn line_of(row: &Row) -> Result<VersionLine, Hindrance> {
    let batch = queries::batch_from(row)?;
    let version = Version {
        snapshot: row.get("snapshot")?,
        batch: batch.id,
        withdrawn: row.int("went")? == 1,
        at: row.get("at")?,
        by_name: row.get("by_name")?,
    };
    Ok(VersionLine { version, file_name: batch.file_name, counts: batch.counts, before: 0 })
}

/// Rows of a ledger at a version.
#[derive(Clone, PartialEq, Debug)]
pub struct RowPage {
    /// The version that was read.
    pub version: i64,
    /// Its rows, by batch and line.
    pub rows: Vec<LakeRow>,
    /// The place after which the next page begins; none on the last.
    pub next: Option<RowRef>,
}

/// A page of a ledger's rows at a version, or now.
pub async fn row_page(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    version: Option<i64>,
    which: &PageAsk,
) -> Result<RowPage, RowsError> {
    let known = seen(desk, ground, ledger).await?;
    let version = version_or_now(desk, version).await?;
    let limit = which.limit.clamp(1, HISTORY_MAX);
    let one_more = PageAsk { limit: limit + 1, ..which.clone() };
    let mut rows = ground.lake.page(known, version, &one_more).await.map_err(Hindrance::from)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.at);
    Ok(RowPage { version, rows, next })
}

/// How many rows of a ledger a page is one of.
pub async fn row_count(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    version: Option<i64>,
    which: &PageAsk,
) -> Result<usize, RowsError> {
    let known = seen(desk, ground, ledger).await?;
    let version = version_or_now(desk, version).await?;
    Ok(ground.lake.count(known, version, which).await.map_err(Hindrance::from)?)
}

/// What differs between two versions of a ledger.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangePage {
    /// How many rows came, went, or have other content.
    pub counts: ChangeCounts,
    /// The page's changes, in the order of the rows' places.
    pub changes: Vec<RowChange>,
    /// The place after which the next page begins; none on the last.
    pub next: Option<RowRef>,
}

/// A page of what differs between two versions.
pub async fn changes(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    between: (i64, i64),
    which: &ChangeAsk,
) -> Result<ChangePage, RowsError> {
    let known = seen(desk, ground, ledger).await?;
    let (from, to) = (version_or_now(desk, Some(between.0)).await?, version_or_now(desk, Some(between.1)).await?);
    let limit = which.limit.clamp(1, HISTORY_MAX);
    let counts = ground.lake.change_counts(known, from, to).await.map_err(Hindrance::from)?;
    let one_more = ChangeAsk { limit: limit + 1, ..*which };
    let mut changes = ground.lake.changes(known, from, to, &one_more).await.map_err(Hindrance::from)?;
    let more = changes.len() > limit;
    changes.truncate(limit);
    let next = changes.last().filter(|_| more).and_then(RowChange::at);
    Ok(ChangePage { counts, changes, next })
}

/// The ledger of that name, if the actor may see it.
pub(crate) async fn seen<'a>(desk: &mut Desk, ground: Ground<'a>, ledger: &str) -> Result<&'a Ledger, Hindrance> {
    let ledger = ground.ledger(ledger)?;
    let unit = ground.unit(desk, ledger).await?;
    ask(desk, Action::LedgerSee, unit.as_deref())?;
    Ok(ledger)
}

pub(crate) async fn version_or_now(desk: &mut Desk, version: Option<i64>) -> Result<i64, RowsError> {
    let readable = known_lake::readable(desk.tx()).await?;
    let version = version.unwrap_or(readable);
    if version == readable || was_readable(desk.tx(), version).await? {
        return Ok(version);
    }
    Err(RowsError::NoSuchVersion { version, readable })
}

/// The batch that came last at a version; `None` before the first one.
pub(crate) async fn last_batch_at(desk: &mut Desk, ledger: &str, version: i64) -> Result<Option<BatchNo>, Hindrance> {
    let row = desk
        .tx()
        .one(
            "SELECT id FROM batch WHERE ledger = $1 AND lake_snapshot <= $2 \
             AND (withdrawn_snapshot IS NULL OR withdrawn_snapshot > $2) ORDER BY lake_snapshot DESC LIMIT 1",
            params![ledger, version],
        )
        .await?;
    Ok(row.map(|row| row.get("id")).transpose()?)
}
