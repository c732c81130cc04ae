//! Reading a ledger: now, or as it was at an earlier version.

use futures::TryStreamExt;
use mingcha_access::{Action, Desk};
use mingcha_domain::{BatchNo, Instant, Kind, Speaks, Trouble};
use mingcha_engine::LakeRow;
use mingcha_engine::lake::{RowFilter, RowStream};
use mingcha_store::{Tx, params};

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::{Ground, Hindrance, known_lake};

/// A state of a ledger that can be read again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// The lake's snapshot: what `--as-of` takes.
    pub snapshot: i64,
    /// The batch that came or went.
    pub batch: BatchNo,
    /// Whether it went.
    pub withdrawn: bool,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by_name: String,
}

/// Why rows cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// No such version was ever readable.
    #[error("no version {version}; the newest is {readable}")]
    NoSuchVersion {
        /// The number given.
        version: i64,
        /// The newest one.
        readable: i64,
    },
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(RowsError);

impl Speaks for RowsError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NoSuchVersion { version, readable } => {
                Trouble::new("MC-LEDGER-008").with("version", version).with("readable", readable)
            }
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchVersion { .. } => Kind::NotFound,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// The snapshot at which everybody reads.
pub async fn readable(tx: &mut Tx) -> Result<i64, Hindrance> {
    known_lake::readable(tx).await
}

/// The rows of a ledger, by batch and line; at a version, or now.
pub async fn rows(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    version: Option<i64>,
) -> Result<Vec<LakeRow>, RowsError> {
    let rows = stream(desk, ground, ledger, version, &RowFilter::All).await?;
    rows.try_concat().await.map_err(|error| RowsError::Hindered(error.into()))
}

/// The same for ledgers of any size, and for some of the rows.
pub async fn stream(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    version: Option<i64>,
    which: &RowFilter,
) -> Result<RowStream, RowsError> {
    let ledger = ground.ledger(ledger)?;
    let unit = ground.unit(desk, ledger).await?;
    ask(desk, Action::LedgerSee, unit.as_deref())?;
    let readable = known_lake::readable(desk.tx()).await?;
    let version = version.unwrap_or(readable);
    if version != readable && !was_readable(desk.tx(), version).await? {
        return Err(RowsError::NoSuchVersion { version, readable });
    }
    Ok(ground.lake.stream(ledger, version, which).await?)
}

/// The versions of a ledger, the newest first.
pub async fn versions(desk: &mut Desk, ground: Ground<'_>, ledger: &str) -> Result<Vec<Version>, RowsError> {
    let unit = ground.unit(desk, ground.ledger(ledger)?).await?;
    ask(desk, Action::LedgerSee, unit.as_deref())?;
    let rows = desk
        .tx()
        .all(
            "SELECT lake_snapshot AS snapshot, id, 0 AS withdrawn, committed_at AS at, committed_by_name AS by_name \
             FROM batch WHERE ledger = $1 UNION ALL \
             SELECT withdrawn_snapshot, id, 1, withdrawn_at, withdrawn_by_name FROM batch \
             WHERE ledger = $1 AND state = 'withdrawn' ORDER BY 1 DESC",
            params![ledger],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Version {
                snapshot: row.get("snapshot")?,
                batch: row.get("id")?,
                withdrawn: row.get("withdrawn")?,
                at: row.get("at")?,
                by_name: row.get("by_name")?,
            })
        })
        .collect()
}

/// Snapshots between two commits of ours (a column was added, a crash was undone) were never read by anybody. One that
/// merged files was, though no batch knows of it: its files do.
pub(crate) async fn was_readable(tx: &mut Tx, version: i64) -> Result<bool, Hindrance> {
    if version == 0 {
        return Ok(true);
    }
    let row = tx
        .one(
            "SELECT lake_snapshot AS snapshot FROM batch WHERE lake_snapshot = $1 \
             UNION ALL SELECT withdrawn_snapshot FROM batch WHERE withdrawn_snapshot = $1 \
             UNION ALL SELECT snapshot FROM lake_file WHERE snapshot = $1 LIMIT 1",
            params![version],
        )
        .await?;
    Ok(row.is_some())
}
