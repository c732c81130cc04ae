//! Worked cases of a model's page: small tables in, findings out, compared by the columns that the page lists.

use std::collections::BTreeMap;

use mingcha_domain::{BatchNo, Day, RowRef, Value};
use mingcha_pack::{Case, CaseTable, Expected, Ledger, Model, PackSet};
use rust_decimal::Decimal;

use crate::error::EngineError;
use crate::locality::{Proved, prove};
use crate::model::{EVIDENCE, Hit, evaluate};
use crate::{LakeRow, Limits, MemLedger, Session, SessionPlan, Source};

/// The business date of a case that names none: the demo year's.
const AS_OF_DEFAULT: (i32, u32, u32) = (2023, 12, 29);

/// What came of one case.
#[derive(Debug)]
pub struct CaseOutcome {
    /// The case's heading.
    pub title: String,
    /// Line of its heading in the page.
    pub line: usize,
    /// How the findings compare.
    pub result: CaseResult,
}

impl CaseOutcome {
    /// Whether the model gave exactly what the page says.
    #[must_use]
    pub fn passed(&self) -> bool {
        matches!(self.result, CaseResult::Passed)
    }
}

/// How the findings of a case compare with what the page says.
#[derive(Debug)]
pub enum CaseResult {
    /// The same.
    Passed,
    /// Others.
    Differs {
        /// The columns that were compared.
        columns: Vec<String>,
        /// Listed and not found.
        missing: Vec<Vec<String>>,
        /// Found and not listed.
        unexpected: Vec<Vec<String>>,
    },
    /// The model did not run.
    Failed(EngineError),
}

/// Runs every worked case of a model, each on tables of its own.
pub async fn run(packs: &PackSet, model: &Model) -> Vec<CaseOutcome> {
    // Locality is proved once; a page whose proof fails says so in every case.
    let mut outcomes = Vec::new();
    for case in &model.cases {
        let result = match prove(packs, &[], model).await {
            Ok(proved) => match one(packs, model, case, proved.as_ref()).await {
                Ok(result) => result,
                Err(error) => CaseResult::Failed(error),
            },
            Err(error) => CaseResult::Failed(error),
        };
        outcomes.push(CaseOutcome { title: case.title.clone(), line: case.line, result });
    }
    outcomes
}

async fn one(packs: &PackSet, model: &Model, case: &Case, proved: Option<&Proved>) -> Result<CaseResult, EngineError> {
    let (tables, labels) = given(packs, &case.given)?;
    let as_of = as_of(case)?;
    let session = Session::new(SessionPlan {
        packs,
        source: Source::Tables(tables),
        as_of,
        action: &as_of.year().to_string(),
        ops: Vec::new(),
        only: None,
        home: &model.pack,
        limits: Limits::CASE,
    })
    .await?;
    compare(&case.then, &evaluate(&session, model, proved).await?, &labels)
}

fn as_of(case: &Case) -> Result<Day, EngineError> {
    let (year, month, day) = AS_OF_DEFAULT;
    match case.as_of {
        Some(day) => Ok(day),
        None => Day::new(year, month, day).map_err(|error| EngineError::Setup(error.to_string())),
    }
}

/// The tables of a case as ledgers: table 1, 2 … is batch 1, 2 …, its rows count from 1. Columns that are not given are
/// null.
pub(crate) fn given(
    packs: &PackSet,
    tables: &[CaseTable],
) -> Result<(Vec<MemLedger>, BTreeMap<RowRef, String>), EngineError> {
    let mut ledgers: BTreeMap<String, Vec<LakeRow>> = BTreeMap::new();
    let mut labels = BTreeMap::new();
    for (batch, table) in (1..).zip(tables) {
        let ledger = packs.ledger(&table.ledger).ok_or_else(|| EngineError::NoLedger { name: table.ledger.clone() })?;
        let rows = ledgers.entry(table.ledger.clone()).or_default();
        for (line, row) in (1..).zip(&table.rows) {
            let at = RowRef { batch: BatchNo(batch), row: line };
            if let Some(label) = &row.label {
                labels.insert(at, label.clone());
            }
            rows.push(LakeRow { at, values: cells(ledger, table, &row.cells) });
        }
    }
    Ok((ledgers.into_iter().map(|(name, rows)| MemLedger { name, rows }).collect(), labels))
}

fn cells(ledger: &Ledger, table: &CaseTable, given: &[Value]) -> Vec<Value> {
    let mut values = vec![Value::Null; ledger.columns.len()];
    for (column, cell) in table.columns.iter().zip(given) {
        if let Some(value) = values.get_mut(column.position) {
            *value = cell.clone();
        }
    }
    values
}

fn compare(expected: &Expected, hits: &[Hit], labels: &BTreeMap<RowRef, String>) -> Result<CaseResult, EngineError> {
    let mut columns: Vec<String> = expected.columns.iter().map(|column| column.value.clone()).collect();
    let nothing_expected = expected.rows.is_empty() && columns.is_empty();
    if nothing_expected && let Some(hit) = hits.first() {
        // `then nothing` names no columns; what came all the same is shown whole.
        columns = hit.key.iter().chain(&hit.columns).map(|(name, _)| name.clone()).collect();
    }
    let with_evidence = nothing_expected || expected.rows.iter().any(|row| row.evidence.is_some());
    let mut found: Vec<Vec<Value>> = Vec::new();
    for hit in hits {
        let mut row = Vec::new();
        for name in &columns {
            let value = hit.key.iter().chain(&hit.columns).find(|(column, _)| column == name);
            let Some((_, value)) = value else {
                let have: Vec<&str> = hit.key.iter().chain(&hit.columns).map(|(column, _)| column.as_str()).collect();
                return Err(EngineError::ResultColumn { name: name.clone(), have: have.join(", ") });
            };
            row.push(value.clone());
        }
        if with_evidence {
            row.push(Value::Text(evidence(hit, labels)));
        }
        found.push(row);
    }
    if with_evidence {
        columns.push(EVIDENCE.to_owned());
    }
    let mut missing = Vec::new();
    for row in &expected.rows {
        let mut wanted = row.cells.clone();
        if with_evidence {
            // Labels in any order; a row that does not say its evidence is not held to it.
            wanted.push(row.evidence.as_ref().map_or_else(|| "*".to_owned(), |labels| sorted(labels.clone())));
        }
        match found.iter().position(|row| same(row, &wanted)) {
            Some(place) => {
                found.remove(place);
            }
            None => missing.push(wanted),
        }
    }
    if missing.is_empty() && found.is_empty() {
        Ok(CaseResult::Passed)
    } else {
        let unexpected = found.iter().map(|row| row.iter().map(Value::to_string).collect()).collect();
        Ok(CaseResult::Differs { columns, missing, unexpected })
    }
}

fn evidence(hit: &Hit, labels: &BTreeMap<RowRef, String>) -> String {
    let name = |at: &RowRef| labels.get(at).cloned().unwrap_or_else(|| format!("{}:{}", at.batch, at.row));
    sorted(hit.evidence.iter().map(name).collect())
}

fn sorted(mut labels: Vec<String>) -> String {
    labels.sort();
    labels.dedup();
    labels.join(" ")
}

/// Texts by text, numbers by value: `800`, `800.0` and `800.00` are the same amount.
fn same(found: &[Value], wanted: &[String]) -> bool {
    found.len() == wanted.len()
        && found.iter().zip(wanted).all(|(found, wanted)| {
            let number = || wanted.parse::<Decimal>().ok();
            wanted == "*" || found.to_string() == *wanted || found.as_decimal().is_some_and(|is| Some(is) == number())
        })
}

#[cfg(test)]
mod tests;
