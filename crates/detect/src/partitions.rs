//! Which partitions a model has to look at again: those of the rows that came, went or changed between two snapshots.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_domain::{Day, Value};
use mingcha_engine::lake::Difference;
use mingcha_engine::limits::PARTITIONS_MAX;
use mingcha_engine::{Lake, LakeRow, Limits, MemLedger, Partitions, Session, SessionPlan, Source};
use mingcha_pack::{Locality, Model, PackSet};

use crate::DetectError;

/// Differences of ledgers between two snapshots, read once for all models.
pub(crate) struct Changes<'a> {
    packs: &'a PackSet,
    lake: &'a Lake,
    to: i64,
    known: BTreeMap<(String, i64), Difference>,
}

impl<'a> Changes<'a> {
    pub(crate) fn new(packs: &'a PackSet, lake: &'a Lake, to: i64) -> Self {
        Self { packs, lake, to, known: BTreeMap::new() }
    }

    async fn of(&mut self, ledger: &str, from: i64) -> Result<&Difference, DetectError> {
        let key = (ledger.to_owned(), from);
        if !self.known.contains_key(&key) {
            let difference = match self.packs.ledger(ledger) {
                Some(found) if from != self.to => self.lake.difference(found, from, self.to).await?,
                _ => Difference::default(),
            };
            self.known.insert(key.clone(), difference);
        }
        Ok(self.known.entry(key).or_default())
    }

    /// The partitions of a local model that rows of old and new touched since a snapshot; `None` when they are so many
    /// that a full run is cheaper, or when the model is not local.
    pub(crate) async fn touched(&mut self, model: &Model, since: i64) -> Result<Option<Partitions>, DetectError> {
        let Locality::Local { by } = &model.locality else { return Ok(None) };
        let mut values: BTreeSet<Value> = BTreeSet::new();
        for (ledger, expression) in by {
            let packs = self.packs;
            let difference = self.of(ledger, since).await?;
            let rows: Vec<LakeRow> = difference.gone.iter().chain(&difference.came).cloned().collect();
            if !rows.is_empty() {
                values.extend(partition_values(packs, model, ledger, &expression.value, rows).await?);
            }
            if values.len() > PARTITIONS_MAX {
                return Ok(None);
            }
        }
        let by = by.iter().map(|(ledger, expression)| (ledger.clone(), expression.value.clone())).collect();
        Ok(Some(Partitions { by, values }))
    }
}

/// The partitions of some rows: the engine computes the expression, so that it is computed as in the run.
async fn partition_values(
    packs: &PackSet,
    model: &Model,
    ledger: &str,
    expression: &str,
    rows: Vec<LakeRow>,
) -> Result<Vec<Value>, DetectError> {
    let session = Session::new(SessionPlan {
        packs,
        source: Source::Tables(vec![MemLedger { name: ledger.to_owned(), rows }]),
        // The expression is over one row's columns: neither date nor action can be in it.
        as_of: Day::from_days_since_epoch(0).ok_or(DetectError::Unreadable { what: "day", detail: String::new() })?,
        action: "",
        ops: Vec::new(),
        only: None,
        home: &model.pack,
        limits: Limits::MODEL,
    })
    .await?;
    let found = session.query(&format!("SELECT DISTINCT ({expression}) AS part FROM {ledger}")).await?;
    Ok(found.rows.into_iter().filter_map(|row| row.into_iter().next()).collect())
}
