//! Ledgers at rest: a DuckLake, Parquet files plus a catalog in SQL that DuckDB and others read without us.
//!
//! `lake.sqlite` is the catalog, the folder `lake/` beside it holds the files. Nothing is ever overwritten: a commit adds
//! files and one snapshot row, so that whoever reads at snapshot *n* is never disturbed by whoever writes *n + 1*
//! ([`Lake::table`], [`Lake::rows`]). One process writes at a time, under a [`Lease`]. A snapshot carries our batch as the
//! tag of its commit ([`Lake::unknown_since`]), by which the store recognises it again after a crash.
//!
//! Deliberately absent: what a batch is, what supersedes what, who may: that is the room `ledger`. The store, audit, time.
//! Start reading at [`Lake::open`] and [`Lake::commit`].

pub mod arrow;

mod absent;
mod calm;
mod changes;
mod chosen;
mod commit;
mod commit_delete;
mod commit_files;
mod compact;
mod compact_plan;
mod digest;
mod error;
mod files;
mod lease;
mod open;
mod page;
mod place;
mod revert;
mod rows;
mod rows_set;
mod snapshots;
mod span;
mod tables;
mod tidy;
mod widen;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use datafusion_ducklake::{MetadataProvider, MetadataWriter};
use sea_orm::sqlx::SqlitePool;

pub use changes::{ChangeAsk, ChangeCounts, ChangeKind, RowChange};
pub use commit::{Change, Committed, Landing};
pub use commit_files::{NewFile, Staging, WrittenFile};
pub use compact::Compacted;
pub use compact_plan::{CROWD, SMALL_BYTES, Which};
pub use error::LakeError;
pub use files::FileHash;
pub use lease::Lease;
pub use page::PageAsk;
pub use place::register_files;
pub use rows::{Difference, LakeRow, RowFilter, RowStream, keep_values, number_column};
pub use rows_set::RowSet;
pub use snapshots::LakeSnapshot;
pub use span::{BatchStream, Span};

/// How long a writer waits for another one before it gives up and says who holds the lake.
const LEASE_WAIT: Duration = Duration::from_secs(30);

/// The ledgers of one data folder.
#[derive(Clone, Debug)]
pub struct Lake {
    home: PathBuf,
    provider: Arc<dyn MetadataProvider>,
    writer: Arc<dyn MetadataWriter>,
    catalog: SqlitePool,
    lease_wait: Duration,
}

impl Lake {
    /// The folder that holds catalog and files.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Waits at most this long for the lease.
    #[must_use]
    pub fn with_lease_wait(mut self, wait: Duration) -> Self {
        self.lease_wait = wait;
        self
    }

    /// Where the Parquet files lie.
    pub(crate) fn files_dir(&self) -> PathBuf {
        self.home.join(open::FILES)
    }
}

#[cfg(test)]
mod tests;
