//! The proof that a model is local: that a finding depends only on the rows of one partition.
//!
//! It walks the analysed logical plan from the ledgers upwards and keeps, for every node, which of its expressions still
//! carry the partition's value (*carriers*). A node passes when the rows of different partitions cannot meet in it:
//! - filters and projections are free;
//! - a join equates carriers of both sides, or has only tables of reference on one side, and does not keep that side's
//!   rows when they find no partner;
//! - an aggregate, a window, a DISTINCT has a carrier among its keys;
//! - a correlated subquery equates a carrier of its own with one of the outer row.
//!
//! Every other node is refused. The proof is conservative: what it refuses may still be local, and the page then says
//! `whole_ledger`. What it accepts is safe to run on some partitions only; the law `incremental = full` tests that.

mod carriers;
mod equalities;
mod flow;
mod subquery;

use std::collections::{BTreeMap, BTreeSet};

use mingcha_domain::{Day, Kind, Speaks, Trouble};
use mingcha_pack::{Locality, Model, PackSet};

use crate::error::{EngineError, SqlFault, with_near};
use crate::guard::nearest;
use crate::{Ask, Limits, OpsTable, Session, SessionPlan, Source};

use flow::Walk;

/// What a proof gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proved {
    /// The result column that carries the partition.
    pub column: String,
    /// Its place in the result.
    pub position: usize,
}

/// Why a model is not proved to be local.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotLocal {
    /// The SQL reads a ledger that is neither in `local_by` nor of reference.
    #[error("{ledger} is not in local_by")]
    LedgerLeftOut {
        /// The table.
        ledger: String,
    },
    /// `local_by` names a ledger that the SQL does not read.
    #[error("{ledger} is in local_by and not read")]
    LedgerNotRead {
        /// The ledger.
        ledger: String,
        /// The nearest ledger that is read, or empty.
        near: String,
    },
    /// An expression of `local_by` cannot be planned on its ledger's columns.
    #[error("local_by of {ledger}: {reason}")]
    Expression {
        /// The ledger.
        ledger: String,
        /// Why.
        reason: String,
    },
    /// The expressions of `local_by` have different types, so that no value is a partition of both.
    #[error("local_by of {ledger} is {this}, of {other} {that}")]
    TypesDiffer {
        /// One ledger.
        ledger: String,
        /// Its type.
        this: String,
        /// Another ledger.
        other: String,
        /// Its type.
        that: String,
    },
    /// A join that does not equate the partitions of its sides.
    #[error("a join does not equate the partitions: {on}")]
    Join {
        /// The join's condition, or `CROSS JOIN`.
        on: String,
    },
    /// An outer join that keeps the rows of a table of reference which found no partner.
    #[error("an outer join keeps rows of reference: {on}")]
    OuterJoin {
        /// The join's condition.
        on: String,
    },
    /// An aggregate, window or DISTINCT without the partition among its keys.
    #[error("{what} without the partition among its keys: {keys}")]
    Keys {
        /// `GROUP BY`, `PARTITION BY`, `DISTINCT`.
        what: &'static str,
        /// The keys it has.
        keys: String,
    },
    /// A subquery that is not tied to the partition of the outer row.
    #[error("a subquery is not tied to the outer row's partition")]
    Subquery {
        /// The subquery's kind.
        what: &'static str,
    },
    /// A UNION of partitioned rows with rows of reference.
    #[error("a UNION mixes ledgers and reference")]
    Union,
    /// A node that looks at all rows at once, such as LIMIT.
    #[error("{what} looks at all rows at once")]
    Node {
        /// Its name.
        what: String,
    },
    /// The result has no column that carries the partition.
    #[error("no result column carries the partition ({wanted})")]
    NoColumn {
        /// What the column should have been.
        wanted: String,
    },
}

impl Speaks for NotLocal {
    fn trouble(&self) -> Trouble {
        match self {
            Self::LedgerLeftOut { ledger } => Trouble::new("MC-ENGINE-030").with("ledger", ledger),
            Self::LedgerNotRead { ledger, near } => {
                with_near(Trouble::new("MC-ENGINE-031").with("ledger", ledger), near)
            }
            Self::Expression { ledger, reason } => {
                Trouble::new("MC-ENGINE-032").with("ledger", ledger).with("reason", reason)
            }
            Self::TypesDiffer { ledger, this, other, that } => Trouble::new("MC-ENGINE-033")
                .with("ledger", ledger)
                .with("this", this)
                .with("other", other)
                .with("that", that),
            Self::Join { on } => Trouble::new("MC-ENGINE-034").with("on", on),
            Self::OuterJoin { on } => Trouble::new("MC-ENGINE-035").with("on", on),
            Self::Keys { what, keys } => Trouble::new("MC-ENGINE-036").with("what", what).with("keys", keys),
            Self::Subquery { what } => Trouble::new("MC-ENGINE-037").with("what", what),
            Self::Union => Trouble::new("MC-ENGINE-038"),
            Self::Node { what } => Trouble::new("MC-ENGINE-039").with("what", what),
            Self::NoColumn { wanted } => Trouble::new("MC-ENGINE-040").with("wanted", wanted),
        }
    }

    fn kind(&self) -> Kind {
        Kind::Invalid
    }
}

/// Proves a local model, on empty tables; `None` for a model that says `whole_ledger`.
pub async fn prove(packs: &PackSet, ops: &[OpsTable], model: &Model) -> Result<Option<Proved>, EngineError> {
    let Locality::Local { by } = &model.locality else { return Ok(None) };
    let session = empty_session(packs, ops, &model.pack).await?;
    let plan = session.plan(&Ask { sql: &model.sql.value, params: &model.params, ..Ask::default() }).await.map_err(
        |mut faults: Vec<SqlFault>| -> EngineError {
            if faults.is_empty() {
                EngineError::Setup("refused without a reason".to_owned())
            } else {
                faults.remove(0).into()
            }
        },
    )?;
    let by: BTreeMap<&str, &str> = by.iter().map(|(ledger, text)| (ledger.as_str(), text.value.as_str())).collect();
    let partitions = partitions(packs, &session, &by).await?;
    let reference: BTreeSet<String> =
        packs.ledgers().filter(|ledger| ledger.reference).map(mingcha_pack::Ledger::full_name).collect();
    let walk = Walk::new(&model.pack, &partitions, &reference);
    Ok(Some(walk.whole(&plan.analysed)?))
}

/// A session of empty tables, on which SQL is planned and never run.
pub(crate) async fn empty_session(packs: &PackSet, ops: &[OpsTable], home: &str) -> Result<Session, EngineError> {
    Session::new(SessionPlan {
        packs,
        source: Source::Empty,
        // Any day: nothing runs.
        as_of: Day::from_days_since_epoch(0).ok_or_else(|| EngineError::Setup("no day".to_owned()))?,
        action: "",
        ops: ops.iter().map(|table| OpsTable { rows: Vec::new(), ..table.clone() }).collect(),
        only: None,
        home,
        limits: Limits::CASE,
    })
    .await
}

/// The partition expression of each ledger, planned on the ledger's own columns.
async fn partitions(
    packs: &PackSet,
    session: &Session,
    by: &BTreeMap<&str, &str>,
) -> Result<BTreeMap<String, flow::Partition>, NotLocal> {
    let mut planned: BTreeMap<String, flow::Partition> = BTreeMap::new();
    for (ledger, text) in by {
        let wrong = |reason: String| NotLocal::Expression { ledger: (*ledger).to_owned(), reason };
        if packs.ledger(ledger).is_none() {
            let names: Vec<String> = packs.ledgers().map(mingcha_pack::Ledger::full_name).collect();
            let near = nearest(ledger, names.iter().map(String::as_str));
            return Err(NotLocal::LedgerNotRead { ledger: (*ledger).to_owned(), near });
        }
        let sql = format!("SELECT ({text}) AS _partition FROM {ledger}");
        let plan = session
            .plan(&Ask { sql: &sql, ..Ask::default() })
            .await
            .map_err(|faults| wrong(faults.first().map_or_else(String::new, ToString::to_string)))?;
        let partition = flow::Partition::of(&plan.analysed).ok_or_else(|| wrong((*text).to_owned()))?;
        if let Some((other, before)) = planned.first_key_value()
            && !flow::same_type(&before.kind, &partition.kind)
        {
            return Err(NotLocal::TypesDiffer {
                ledger: (*ledger).to_owned(),
                this: partition.kind.to_string(),
                other: other.clone(),
                that: before.kind.to_string(),
            });
        }
        planned.insert((*ledger).to_owned(), partition);
    }
    Ok(planned)
}

#[cfg(test)]
mod tests;
