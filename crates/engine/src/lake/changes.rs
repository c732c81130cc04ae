//! What changed in a ledger from one snapshot to another, a page at a time: rows that came, rows that went, and rows of
//! one key whose content is another.
//!
//! Only the places of the earlier rows are held in memory (a number each); rows are read when they are shown. Against
//! ledgers that do not fit even so the lake refuses in words.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::common::JoinType;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::{Expr, Operator, binary_expr};
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext, ident, lit, when};
use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_pack::Ledger;

use super::arrow::{self, BATCH, ROW};
use super::{Lake, LakeError, LakeRow, RowFilter, register_files};

/// Working memory of a comparison.
const MEMORY_BYTES: usize = 512 << 20;

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ChangeKind {
    /// Its key was not there.
    Added,
    /// Its key is no longer there.
    Removed,
    /// Its key has other content.
    Changed,
}

/// One row that is another, or not there, in one of two states.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowChange {
    /// What became of it.
    pub kind: ChangeKind,
    /// As it was.
    pub old: Option<LakeRow>,
    /// As it is.
    pub new: Option<LakeRow>,
}

impl RowChange {
    /// The row's place, by which changes are ordered: where it stands now, or where it stood.
    #[must_use]
    pub fn at(&self) -> Option<RowRef> {
        self.new.as_ref().or(self.old.as_ref()).map(|row| row.at)
    }
}

/// How many rows changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ChangeCounts {
    /// Keys that came.
    pub added: usize,
    /// Keys that went.
    pub removed: usize,
    /// Keys with other content.
    pub changed: usize,
}

/// Which changes a page is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChangeAsk {
    /// Only of this kind.
    pub kind: Option<ChangeKind>,
    /// Only after this place.
    pub after: Option<RowRef>,
    /// How many at most.
    pub limit: usize,
}

const AT: &str = "_at";
const KIND: &str = "_kind";

impl Lake {
    /// How many rows came, went, or have other content.
    pub async fn change_counts(&self, ledger: &Ledger, from: i64, to: i64) -> Result<ChangeCounts, LakeError> {
        let pairs = self.pairs(ledger, from, to).await?;
        let counted = pairs.aggregate(vec![ident(KIND)], vec![count(lit(1)).alias("n")])?.collect().await?;
        let mut counts = ChangeCounts::default();
        for batch in &counted {
            let (kinds, numbers) = (integers(batch, KIND)?, integers(batch, "n")?);
            for (kind, number) in kinds.into_iter().zip(numbers) {
                let number = usize::try_from(number).unwrap_or(usize::MAX);
                match kind_of(kind) {
                    ChangeKind::Added => counts.added = number,
                    ChangeKind::Removed => counts.removed = number,
                    ChangeKind::Changed => counts.changed = number,
                }
            }
        }
        Ok(counts)
    }

    /// A page of what changed, in the order of the rows' places.
    pub async fn changes(
        &self,
        ledger: &Ledger,
        from: i64,
        to: i64,
        ask: &ChangeAsk,
    ) -> Result<Vec<RowChange>, LakeError> {
        let mut pairs = self.pairs(ledger, from, to).await?;
        if let Some(kind) = ask.kind {
            pairs = pairs.filter(ident(KIND).eq(lit(number_of(kind))))?;
        }
        if let Some(after) = ask.after {
            pairs = pairs.filter(ident(AT).gt(lit(after.packed())))?;
        }
        let page = pairs.sort(vec![ident(AT).sort(true, false)])?.limit(0, Some(ask.limit))?;
        let mut changes = Vec::new();
        for batch in page.collect().await? {
            let kinds = integers(&batch, KIND)?;
            for (row, kind) in kinds.into_iter().enumerate() {
                changes.push(RowChange {
                    kind: kind_of(kind),
                    old: side(ledger, &batch, "old", row)?,
                    new: side(ledger, &batch, "new", row)?,
                });
            }
        }
        Ok(changes)
    }

    /// Which of these batches' rows are there at a snapshot, counted; a batch without any is not named.
    pub async fn standing(
        &self,
        ledger: &Ledger,
        snapshot: i64,
        batches: &[BatchNo],
    ) -> Result<BTreeMap<BatchNo, usize>, LakeError> {
        let all = Self::session().read_table(self.table(ledger, snapshot).await?)?;
        let wanted: Vec<Expr> = batches.iter().map(|batch| lit(batch.0)).collect();
        let some = all.filter(ident(BATCH).in_list(wanted, false))?;
        let counted = some.aggregate(vec![ident(BATCH)], vec![count(lit(1)).alias("n")])?.collect().await?;
        let mut standing = BTreeMap::new();
        for batch in &counted {
            for (number, rows) in integers(batch, BATCH)?.into_iter().zip(integers(batch, "n")?) {
                standing.insert(BatchNo(number), usize::try_from(rows).unwrap_or(usize::MAX));
            }
        }
        Ok(standing)
    }

    /// The batch whose row stands in the place of one that `batch` had brought at `then` and that is gone `now`; `None`
    /// when all of its rows are there, or what went has no successor.
    pub async fn successor(
        &self,
        ledger: &Ledger,
        batch: BatchNo,
        then: i64,
        now: i64,
    ) -> Result<Option<BatchNo>, LakeError> {
        let session = Self::session();
        let own = async |snapshot: i64| {
            let table = session.read_table(self.table(ledger, snapshot).await?)?;
            Ok::<_, LakeError>(table.filter(ident(BATCH).eq(lit(batch.0)))?)
        };
        // The places that are there now are held, and the first one that is not among them is looked for.
        let there = own(now).await?.select_columns(&[ROW])?.with_column_renamed(ROW, "_there")?;
        let gone = there.join(own(then).await?, JoinType::RightAnti, &["_there"], &[ROW], None)?;
        let Some(first) = gone.limit(0, Some(1))?.collect().await?.into_iter().find(|some| some.num_rows() > 0) else {
            return Ok(None);
        };
        let first = arrow::rows_of(ledger, &first)?;
        let key: Vec<Value> = ledger
            .key
            .iter()
            .filter_map(|name| ledger.position(name))
            .filter_map(|place| first.first().and_then(|row| row.values.get(place)).cloned())
            .collect();
        if key.is_empty() {
            return Ok(None);
        }
        let successor = self.rows(ledger, now, &RowFilter::Keys(vec![key])).await?;
        Ok(successor.first().map(|row| row.at.batch))
    }

    /// Old and new rows side by side, those that are the same left out.
    async fn pairs(&self, ledger: &Ledger, from: i64, to: i64) -> Result<DataFrame, LakeError> {
        let session = session()?;
        let (before, after) = (self.table(ledger, from).await?, self.table(ledger, to).await?);
        let before = session.read_table(before)?.select(columns(ledger, "old"))?;
        let after = session.read_table(after)?.select(columns(ledger, "new"))?;
        let gone = not_in(before.clone(), "old__at", after.clone(), "new__at")?;
        let came = not_in(after, "new__at", before, "old__at")?;
        // Rows without a key cannot be told to be one row that changed: nothing then equals.
        let both = if ledger.key.is_empty() {
            let (left, right) = (lit(0_i64).alias("_none"), lit(1_i64).alias("_never"));
            let (came, gone) = (with(came, left)?, with(gone, right)?);
            came.join(gone, JoinType::Full, &["_none"], &["_never"], None)?
        } else {
            let named = |side: &str| -> Vec<String> { ledger.key.iter().map(|key| format!("{side}_{key}")).collect() };
            let (new, old) = (named("new"), named("old"));
            let (new, old): (Vec<&str>, Vec<&str>) =
                (new.iter().map(String::as_str).collect(), old.iter().map(String::as_str).collect());
            came.join(gone, JoinType::Full, &new, &old, None)?
        };
        let same = ledger.columns.iter().fold(lit(true), |same, column| {
            let (old, new) = (ident(format!("old_{}", column.name)), ident(format!("new_{}", column.name)));
            same.and(binary_expr(old, Operator::IsNotDistinctFrom, new))
        });
        let paired = ident("old__at").is_not_null().and(ident("new__at").is_not_null());
        let differ = both.filter(paired.clone().and(same).is_not_true())?;
        let kind = when(paired, lit(number_of(ChangeKind::Changed)))
            .when(ident("old__at").is_null(), lit(number_of(ChangeKind::Added)))
            .otherwise(lit(number_of(ChangeKind::Removed)))?;
        let at = when(ident("new__at").is_not_null(), ident("new__at")).otherwise(ident("old__at"))?;
        with(with(differ, kind.alias(KIND))?, at.alias(AT))
    }
}

fn with(frame: DataFrame, expression: Expr) -> Result<DataFrame, LakeError> {
    let mut all: Vec<Expr> = frame.schema().columns().into_iter().map(Expr::Column).collect();
    all.push(expression);
    Ok(frame.select(all)?)
}

/// Rows of `these` whose place is not among those of `those`; only the places of `those` are held.
fn not_in(these: DataFrame, at: &str, those: DataFrame, other_at: &str) -> Result<DataFrame, LakeError> {
    let places = those.select(vec![ident(other_at)])?;
    Ok(places.join(these, JoinType::RightAnti, &[other_at], &[at], None)?)
}

/// Every column under the name of its side, and the row's place as one number.
fn columns(ledger: &Ledger, side: &str) -> Vec<Expr> {
    let own = ledger.columns.iter().map(|column| ident(&column.name).alias(format!("{side}_{}", column.name)));
    let at = (ident(BATCH) * lit(RowRef::ROWS_MAX) + ident(ROW)).alias(format!("{side}__at"));
    own.chain(std::iter::once(at)).collect()
}

fn side(ledger: &Ledger, batch: &RecordBatch, side: &str, row: usize) -> Result<Option<LakeRow>, LakeError> {
    let cell = |name: &str| -> Result<Value, LakeError> {
        let column = batch.column_by_name(&format!("{side}_{name}"));
        let column = column.ok_or_else(|| LakeError::broken(format!("no column {side}_{name}")))?;
        arrow::value_at(column.as_ref(), row)
    };
    let Some(at) = cell("_at")?.as_int() else { return Ok(None) };
    let values = ledger.columns.iter().map(|column| cell(&column.name)).collect::<Result<_, _>>()?;
    Ok(Some(LakeRow { at: RowRef::unpack(at), values }))
}

fn integers(batch: &RecordBatch, name: &str) -> Result<Vec<i64>, LakeError> {
    let column = batch.column_by_name(name).ok_or_else(|| LakeError::broken(format!("no column {name}")))?;
    let numbers = column.as_primitive_opt::<Int64Type>();
    let numbers = numbers.ok_or_else(|| LakeError::broken(format!("{name} is no number")))?;
    Ok(numbers.values().to_vec())
}

fn number_of(kind: ChangeKind) -> i64 {
    match kind {
        ChangeKind::Added => 1,
        ChangeKind::Removed => 2,
        ChangeKind::Changed => 3,
    }
}

fn kind_of(number: i64) -> ChangeKind {
    match number {
        1 => ChangeKind::Added,
        2 => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    }
}

fn session() -> Result<SessionContext, LakeError> {
    let runtime = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(MEMORY_BYTES))).build_arc()?;
    register_files(&runtime);
    // As in the lake's own session: what a join learns may be pushed into the wrong scan.
    let config = SessionConfig::new()
        .with_information_schema(false)
        .set_bool("datafusion.optimizer.enable_join_dynamic_filter_pushdown", false);
    Ok(SessionContext::new_with_config_rt(config, runtime))
}
