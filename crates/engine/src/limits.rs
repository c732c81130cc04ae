//! Every limit of the engine, with its unit. At a limit the engine refuses in words; it never just grows.

/// Most partitions that are evaluated one by one after a batch; above it a full run is cheaper to plan.
pub const PARTITIONS_MAX: usize = 50_000;

/// Up to so many partitions the filter is a list of literals, which Parquet statistics can prune by; above it a semi-join.
pub(crate) const PARTITION_LITERALS_MAX: usize = 512;

/// Bytes of one SQL text.
pub const SQL_BYTES_MAX: usize = 64 * 1024;

const _: () = assert!(PARTITION_LITERALS_MAX < PARTITIONS_MAX);

/// What one query may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Wall-clock seconds.
    pub seconds: u64,
    /// Bytes of working memory; sorts, joins and aggregates spill to disk before they reach it where they can.
    pub memory_bytes: usize,
    /// Rows of the result.
    pub rows: usize,
}

impl Limits {
    /// A model over the ledgers.
    pub const MODEL: Self = Self { seconds: 1800, memory_bytes: 3 << 30, rows: 1_000_000 };
    /// A figure over ledgers and casework.
    pub const FIGURE: Self = Self { seconds: 60, memory_bytes: 1 << 30, rows: 1_000_000 };
    /// A worked case, on a handful of rows.
    pub const CASE: Self = Self { seconds: 10, memory_bytes: 64 << 20, rows: 10_000 };
    /// One sheet of a demo plan.
    pub const DEMO: Self = Self { seconds: 3600, memory_bytes: 2 << 30, rows: 100_000_000 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::MODEL
    }
}
