//! Holding the trail against itself, the tracked tables against the trail, and the trail against a head kept elsewhere.

mod entries;
mod tables;

use mingcha_domain::Trouble;

use super::entry::Tracked;
use super::head::Head;
use crate::{StoreError, Tx};

/// Something that is not as the trail says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Altered {
    /// The table.
    pub table: String,
    /// The row's key; for the tree `level/index`, for a head its size.
    pub id: String,
    /// What is wrong with it.
    pub what: Alteration,
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Alteration {
    /// The row's content differs from what the entry `since` recorded.
    RowChanged {
        /// The last entry about the row.
        since: i64,
    },
    /// The row is gone although no entry tells of it.
    RowMissing {
        /// The last entry about the row.
        since: i64,
    },
    /// The row is there although the entry `since` recorded its deletion.
    RowBack {
        /// The entry of the deletion.
        since: i64,
    },
    /// No entry tells where the row comes from.
    RowUnrecorded,
    /// An entry's facts or reason differ from their hash.
    BodyChanged,
    /// An entry's body is gone although no entry records its erasure.
    BodyMissing,
    /// The list of rows that an entry touched differs from its hash.
    TouchesChanged,
    /// An entry's time, actor, verb, subject or hashes differ from its leaf.
    EntryChanged,
    /// An entry is missing.
    EntryMissing,
    /// A node of the tree differs from what is below it, or is missing.
    NodeChanged,
    /// The trail is shorter than the head that was kept elsewhere.
    ShorterThanHead {
        /// Entries that are left.
        size: i64,
    },
    /// The trail's beginning has another root than the head that was kept elsewhere.
    OtherThanHead,
}

impl Altered {
    /// What to tell a person.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        let code = match self.what {
            Alteration::RowChanged { .. } => "MC-STORE-101",
            Alteration::RowMissing { .. } => "MC-STORE-102",
            Alteration::RowBack { .. } => "MC-STORE-103",
            Alteration::RowUnrecorded => "MC-STORE-104",
            Alteration::BodyChanged => "MC-STORE-105",
            Alteration::BodyMissing => "MC-STORE-106",
            Alteration::TouchesChanged => "MC-STORE-107",
            Alteration::EntryChanged => "MC-STORE-108",
            Alteration::EntryMissing => "MC-STORE-109",
            Alteration::NodeChanged => "MC-STORE-110",
            Alteration::ShorterThanHead { .. } => "MC-STORE-111",
            Alteration::OtherThanHead => "MC-STORE-112",
        };
        let trouble = Trouble::new(code).with("table", &self.table).with("id", &self.id);
        match self.what {
            Alteration::RowChanged { since } | Alteration::RowMissing { since } | Alteration::RowBack { since } => {
                trouble.with("since", since)
            }
            Alteration::ShorterThanHead { size } => trouble.with("size", size),
            _ => trouble,
        }
    }
}

/// Everything that was altered outside the program: entries, the tree, and rows of the tracked tables; and, with a head
/// that was kept elsewhere, whether the trail still begins with what it stood for. Empty when all is as recorded.
pub async fn verify(tx: &mut Tx, tracked: &[Tracked], kept: Option<Head>) -> Result<Vec<Altered>, StoreError> {
    let mut found = entries::altered(tx, kept).await?;
    for table in tracked {
        found.extend(tables::altered(tx, *table).await?);
    }
    Ok(found)
}
