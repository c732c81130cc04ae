//! One newtype per identifier, declared in one list, so that two of them cannot change places.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

macro_rules! random_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an identifier from 16 random bytes; the caller owns the chance.
            #[must_use]
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

random_ids!(
    /// A person who signs in.
    AccountId,
    /// A case: what people do about one finding.
    CaseId,
    /// A published edition of the figures and the bulletin.
    EditionId,
    /// An import that somebody asked for.
    ImportId,
    /// A finding: what a model says about the data (疑点).
    FindingId,
    /// A supervision inspection (督导检查).
    InspectionId,
    /// A verified problem (问题) under rectification.
    ProblemId,
    /// Money that came back (追回).
    RecoveryId,
    /// One run of models.
    RunId,
    /// A token with which another system calls.
    TokenId,
    /// A file that was handed in and not yet committed.
    UploadId,
);

/// The number of a ledger batch, counted from 1 in one data folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BatchNo(pub i64);

impl fmt::Display for BatchNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a ledger row came from: its batch and the line of its source sheet (1-based, as the spreadsheet counts).
///
/// In SQL it is the column `_ref`, one BIGINT: `batch * 2^24 + row`, so that it sorts, joins and counts as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowRef {
    /// The batch that brought the row in.
    pub batch: BatchNo,
    /// The line in the source sheet, 1-based.
    pub row: i64,
}

impl RowRef {
    /// Lines per sheet that fit in a reference; an XLSX sheet has 2^20, a CSV file may have more.
    pub const ROWS_MAX: i64 = 1 << 24;

    /// Returns the number that stands for this reference in SQL.
    #[must_use]
    pub fn packed(self) -> i64 {
        self.batch.0 * Self::ROWS_MAX + self.row
    }

    /// Reads the number that [`Self::packed`] made.
    #[must_use]
    pub fn unpack(packed: i64) -> Self {
        Self { batch: BatchNo(packed.div_euclid(Self::ROWS_MAX)), row: packed.rem_euclid(Self::ROWS_MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reference_survives_packing() {
        for (batch, row) in [(1, 1), (1, RowRef::ROWS_MAX - 1), (40_000, 2), (500_000_000, 1_048_576)] {
            let at = RowRef { batch: BatchNo(batch), row };
            assert_eq!(RowRef::unpack(at.packed()), at);
        }
    }
}
