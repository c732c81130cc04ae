//! One page of a ledger's rows at a snapshot: the database keeps the page, not the ledger, whatever its size.

use datafusion::functions::expr_fn::starts_with;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{DataFrame, cast, ident, lit};
use mingcha_domain::{BatchNo, RowRef};
use mingcha_pack::{ColumnKind, Ledger};

use super::arrow::{self, BATCH, ROW};
use super::{Lake, LakeError, LakeRow};

/// Which rows of a ledger a page is of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageAsk {
    /// Only rows that this batch brought.
    pub batch: Option<BatchNo>,
    /// Only rows whose key begins with this text, or that carry exactly this identifier.
    pub text: Option<String>,
    /// Only rows after this one.
    pub after: Option<RowRef>,
    /// How many at most.
    pub limit: usize,
}

impl Lake {
    /// Rows of a ledger at a snapshot, by batch and line, from after a given one.
    pub async fn page(&self, ledger: &Ledger, snapshot: i64, ask: &PageAsk) -> Result<Vec<LakeRow>, LakeError> {
        let mut frame = Self::session().read_table(self.table(ledger, snapshot).await?)?;
        if let Some(batch) = ask.batch {
            frame = frame.filter(ident(BATCH).eq(lit(batch.0)))?;
        }
        if let Some(RowRef { batch, row }) = ask.after {
            let later = ident(BATCH).gt(lit(batch.0));
            frame = frame.filter(later.or(ident(BATCH).eq(lit(batch.0)).and(ident(ROW).gt(lit(row)))))?;
        }
        if let Some(text) = &ask.text {
            frame = frame.filter(found(ledger, text))?;
        }
        let frame = frame.sort(vec![ident(BATCH).sort(true, false), ident(ROW).sort(true, false)])?;
        rows(ledger, frame.limit(0, Some(ask.limit))?).await
    }

    /// How many rows of a ledger there are at a snapshot.
    pub async fn count(&self, ledger: &Ledger, snapshot: i64, ask: &PageAsk) -> Result<usize, LakeError> {
        let mut frame = Self::session().read_table(self.table(ledger, snapshot).await?)?;
        if let Some(batch) = ask.batch {
            frame = frame.filter(ident(BATCH).eq(lit(batch.0)))?;
        }
        if let Some(text) = &ask.text {
            frame = frame.filter(found(ledger, text))?;
        }
        Ok(frame.count().await?)
    }
}

async fn rows(ledger: &Ledger, frame: DataFrame) -> Result<Vec<LakeRow>, LakeError> {
    let mut rows = Vec::new();
    for batch in frame.collect().await? {
        rows.extend(arrow::rows_of(ledger, &batch)?);
    }
    Ok(rows)
}

/// A person types the beginning of a number, or a whole identifier.
fn found(ledger: &Ledger, text: &str) -> Expr {
    let mut any = lit(false);
    for column in &ledger.columns {
        if ledger.key.contains(&column.name) {
            let written = cast(ident(&column.name), datafusion::arrow::datatypes::DataType::Utf8);
            any = any.or(starts_with(written, lit(text)));
        } else if matches!(column.kind, ColumnKind::ResidentId | ColumnKind::Uscc) {
            any = any.or(ident(&column.name).eq(lit(text)));
        }
    }
    any
}
