//! Runs the SQL of the demo plans and writes what it gives as the sheets that clerks hand in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mingcha_domain::{BatchNo, Day, RowRef, Value};
use mingcha_engine::{Ask, LakeRow, Limits, MemLedger, Rows, Session, SessionPlan, Source};
use mingcha_intake::{CsvEncoding, write_csv, write_xlsx};
use mingcha_pack::{Demo, DemoSheet, Ledger, Pack, PackSet, SheetFormat};

use crate::WiringError;

/// How large a demo year is, and which one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// Rows of the largest ledger; the plan's own number when absent. Planted rows and casework do not grow with it.
    pub rows: Option<i64>,
    /// The seed of all invented values.
    pub seed: i64,
    /// The business date of the year.
    pub as_of: Day,
}

/// What was written.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Generated {
    /// The sheets, in the order in which they are handed in.
    pub sheets: Vec<GeneratedSheet>,
    /// The findings that must come out, and no others.
    pub planted: Vec<Planted>,
    /// The rows that nearly fire, by the heading that says why they must not.
    pub near_misses: Vec<String>,
}

/// One file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GeneratedSheet {
    /// Full name of the ledger, or of a casework sheet.
    pub ledger: String,
    /// The file.
    pub path: PathBuf,
    /// Its rows.
    pub rows: usize,
}

/// A finding that was planted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Planted {
    /// Full name of the model.
    pub model: String,
    /// The finding's key, its values joined by `|`.
    pub key: String,
}

/// Writes every sheet of every pack's plan below `out`, and `planted.csv`, the list of what is to be found.
/// `casework` are the schemas of the `ops.*` sheets.
pub async fn generate(
    packs: &PackSet,
    casework: &[Ledger],
    out: &Path,
    size: Size,
    mut progress: impl FnMut(&str),
) -> Result<Generated, WiringError> {
    std::fs::create_dir_all(out).map_err(|error| WiringError::file(out, &error))?;
    let mut made = Generated::default();
    for pack in &packs.packs {
        let Some(demo) = &pack.demo else { continue };
        let mut plan = Plan { packs, casework, pack, demo, size, filled: BTreeMap::new() };
        let mut sheets: Vec<&DemoSheet> = demo.sheets.iter().collect();
        sheets.sort_by_key(|sheet| sheet.order);
        for sheet in sheets {
            progress(&sheet.file);
            made.sheets.push(plan.write(sheet, out).await?);
        }
        made.planted.extend(plan.planted().await?);
        made.near_misses.extend(demo.near_misses.iter().map(|near| near.title.clone()));
    }
    made.planted.sort();
    write_planted(&made.planted, &out.join("planted.csv"))?;
    Ok(made)
}

struct Plan<'a> {
    packs: &'a PackSet,
    casework: &'a [Ledger],
    pack: &'a Pack,
    demo: &'a Demo,
    size: Size,
    /// Rows of the sheets written so far, which later SQL may read.
    filled: BTreeMap<String, Vec<LakeRow>>,
}

impl Plan<'_> {
    async fn write(&mut self, sheet: &DemoSheet, out: &Path) -> Result<GeneratedSheet, WiringError> {
        let ledger = self.schema(sheet)?;
        let result = self.query(&sheet.sql.value, self.rows_of(sheet)).await?;
        let mut rows = in_order(&ledger, result, &sheet.file)?;
        if self.is_first(sheet) {
            rows.extend(self.near_misses(&ledger));
        }
        let bytes = match sheet.format {
            SheetFormat::Xlsx => write_xlsx(&ledger, rows.iter().cloned()),
            SheetFormat::Csv => write_csv(&ledger, rows.iter().cloned(), CsvEncoding::Utf8),
            SheetFormat::CsvGb18030 => write_csv(&ledger, rows.iter().cloned(), CsvEncoding::Gb18030),
        }
        .map_err(|error| WiringError::room(&error))?;
        let path = out.join(&sheet.file);
        std::fs::write(&path, bytes).map_err(|error| WiringError::file(&path, &error))?;
        let written = GeneratedSheet { ledger: sheet.ledger.clone(), path, rows: rows.len() };
        self.remember(&sheet.ledger, rows);
        Ok(written)
    }

    fn schema(&self, sheet: &DemoSheet) -> Result<Ledger, WiringError> {
        let casework = self.casework.iter().find(|ledger| ledger.full_name() == sheet.ledger);
        casework.or_else(|| self.packs.ledger(&sheet.ledger)).cloned().ok_or_else(|| WiringError::Demo {
            sheet: sheet.file.clone(),
            detail: format!("no ledger {}", sheet.ledger),
        })
    }

    /// Rows handed to the SQL: a share of the wanted size for ledgers that scale.
    fn rows_of(&self, sheet: &DemoSheet) -> i64 {
        let Some(wanted) = self.size.rows.filter(|_| sheet.scales) else { return sheet.rows };
        let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
        for scaling in self.demo.sheets.iter().filter(|sheet| sheet.scales) {
            *totals.entry(&scaling.ledger).or_default() += scaling.rows;
        }
        let largest = totals.values().copied().max().unwrap_or(sheet.rows).max(1);
        (i128::from(sheet.rows) * i128::from(wanted) / i128::from(largest)).try_into().unwrap_or(i64::MAX).max(1)
    }

    fn is_first(&self, sheet: &DemoSheet) -> bool {
        !self.filled.contains_key(&sheet.ledger)
    }

    fn near_misses(&self, ledger: &Ledger) -> Vec<Vec<Value>> {
        let full_name = ledger.full_name();
        let tables =
            self.demo.near_misses.iter().flat_map(|near| &near.given).filter(|table| table.ledger == full_name);
        let mut rows = Vec::new();
        for table in tables {
            for given in &table.rows {
                let mut row = vec![Value::Null; ledger.columns.len()];
                for (column, cell) in table.columns.iter().zip(&given.cells) {
                    row[column.position] = cell.clone();
                }
                rows.push(row);
            }
        }
        rows
    }

    fn remember(&mut self, ledger: &str, rows: Vec<Vec<Value>>) {
        let filled = self.filled.entry(ledger.to_owned()).or_default();
        let offset = filled.len() as i64;
        filled.extend(
            rows.into_iter()
                .zip(1..)
                .map(|(values, line)| LakeRow { at: RowRef { batch: BatchNo(0), row: offset + line }, values }),
        );
    }

    async fn query(&self, sql: &str, rows: i64) -> Result<Rows, WiringError> {
        let tables = self
            .filled
            .iter()
            .filter(|(name, _)| self.packs.ledger(name).is_some())
            .map(|(name, rows)| MemLedger { name: name.clone(), rows: rows.clone() })
            .collect();
        let session = Session::new(SessionPlan {
            packs: self.packs,
            source: Source::Tables(tables),
            as_of: self.size.as_of,
            action: &self.size.as_of.year().to_string(),
            ops: Vec::new(),
            only: None,
            home: &self.pack.key,
            limits: Limits::DEMO,
        })
        .await?;
        let scalars = vec![("rows", Value::Int(rows)), ("seed", Value::Int(self.size.seed))];
        Ok(session.ask(&Ask { sql, scalars, series: true, ..Ask::default() }).await?)
    }

    async fn planted(&self) -> Result<Vec<Planted>, WiringError> {
        let mut all = Vec::new();
        for expected in &self.demo.expected {
            let Some(model) = self.packs.model(&expected.model) else { continue };
            let rows = self.query(&expected.sql.value, 0).await?;
            let positions: Vec<usize> = model.key.iter().filter_map(|key| rows.position(&key.value)).collect();
            if positions.len() != model.key.len() {
                let detail = format!("the list of {} lacks a column of its key", expected.model);
                return Err(WiringError::Demo { sheet: expected.model.clone(), detail });
            }
            for row in &rows.rows {
                let key: Vec<String> = positions.iter().map(|position| row[*position].to_string()).collect();
                all.push(Planted { model: expected.model.clone(), key: key.join("|") });
            }
        }
        Ok(all)
    }
}

/// Brings a result's columns into the ledger's order; a column that the SQL does not give is empty.
fn in_order(ledger: &Ledger, result: Rows, sheet: &str) -> Result<Vec<Vec<Value>>, WiringError> {
    if let Some(unknown) = result.columns.iter().find(|name| ledger.column(name).is_none()) {
        let detail = format!("its SQL gives a column {unknown}, which {} does not have", ledger.full_name());
        return Err(WiringError::Demo { sheet: sheet.to_owned(), detail });
    }
    let positions: Vec<Option<usize>> = ledger.columns.iter().map(|column| result.position(&column.name)).collect();
    Ok(result
        .rows
        .into_iter()
        .map(|row| positions.iter().map(|position| position.map_or(Value::Null, |at| row[at].clone())).collect())
        .collect())
}

fn write_planted(planted: &[Planted], path: &Path) -> Result<(), WiringError> {
    let mut text = String::from("model,key\n");
    for finding in planted {
        text.push_str(&format!("{},{}\n", finding.model, finding.key));
    }
    std::fs::write(path, text).map_err(|error| WiringError::file(path, &error))
}
