//! Figures: one record query and one aggregate.

use mingcha_domain::wording::Said;

use super::Text;

/// A named number of the bulletin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// The pack it belongs to.
    pub pack: String,
    /// Key within the pack.
    pub key: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Unit of the number: 个, 人, 万元 …
    pub unit: String,
    /// What is counted, in words that a citizen understands.
    pub definition: String,
    /// SQL that gives the contributing records, one row each.
    pub records: Text,
    /// What is made of the records.
    pub aggregate: Aggregate,
    /// The aggregate is divided by this (10000 for 万元); never zero.
    pub divide: i64,
    /// Decimals of the value; half is rounded away from zero.
    pub decimals: u32,
    /// How the bulletin says it.
    pub said: Said,
    /// Place in the file, from 0.
    pub order: usize,
}

impl Figure {
    /// `pack.figure`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.pack, self.key)
    }
}

/// What is made of the records; the named column is one of the record query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Aggregate {
    /// How many records.
    #[default]
    Count,
    /// How many different values that are not null.
    CountDistinct(String),
    /// The sum; null counts as nothing.
    Sum(String),
    /// The mean of what is not null.
    Mean(String),
}

impl Aggregate {
    /// The column it needs.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Count => None,
            Self::CountDistinct(column) | Self::Sum(column) | Self::Mean(column) => Some(column),
        }
    }
}
