//! What was published, for everybody: no desk is needed to read it.

use mingcha_domain::{AccountId, Day, EditionId, Instant};
use mingcha_store::audit::Head;
use mingcha_store::{StoreError, Tx};

use crate::month::ByMonth;
use crate::{Bulletin, FigureValue, Quote, queries};

/// A published edition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edition {
    /// Its identifier.
    pub id: EditionId,
    /// Its number, counted from 1.
    pub no: i64,
    /// The year of the action.
    pub action: String,
    /// The business date of its figures.
    pub as_of: Day,
    /// The bulletin's title.
    pub title: String,
    /// Why it was published.
    pub note: String,
    /// When.
    pub published_at: Instant,
    /// By whom.
    pub published_by: AccountId,
    /// The name of whom.
    pub published_by_name: String,
    /// The lake's snapshot.
    pub lake_snapshot: i64,
    /// The head of the audit trail on which its figures rest.
    pub audit: Head,
}

/// A figure of an edition.
#[derive(Clone, PartialEq, Debug)]
pub struct PublishedFigure {
    /// The edition.
    pub edition: EditionId,
    /// Value, wording and definition as published.
    pub figure: FigureValue,
    /// The record query.
    pub records_sql: String,
    /// Root over the sorted salted commitments of its records, in hex.
    pub root: String,
    /// Month by month.
    pub by_month: ByMonth,
    /// The sentence of the bulletin that uses it.
    pub quote: Option<Quote>,
}

/// Editions, newest first: at most `limit`, of those with a number below `before`.
pub async fn editions(tx: &mut Tx, before: Option<i64>, limit: i64) -> Result<Vec<Edition>, StoreError> {
    queries::edition_list(tx, before, limit).await
}

/// The newest edition.
pub async fn newest(tx: &mut Tx) -> Result<Option<Edition>, StoreError> {
    Ok(editions(tx, None, 1).await?.into_iter().next())
}

/// The edition of that number.
pub async fn edition(tx: &mut Tx, no: i64) -> Result<Option<Edition>, StoreError> {
    Ok(editions(tx, Some(no.saturating_add(1)), 1).await?.into_iter().find(|edition| edition.no == no))
}

/// The figures of an edition, in the bulletin's order.
pub async fn figures_of(tx: &mut Tx, edition: EditionId) -> Result<Vec<PublishedFigure>, StoreError> {
    queries::figure_list(tx, edition).await
}

/// The bulletin of an edition.
pub async fn bulletin_of(tx: &mut Tx, edition: &Edition) -> Result<Option<Bulletin>, StoreError> {
    let markdown = queries::text_find(tx, edition.id, "bulletin").await?;
    Ok(markdown.map(|markdown| Bulletin { title: edition.title.clone(), markdown }))
}
