//! A town with a lake, the packs of this house, and a clerk's bookkeeping of batches: what supersedes what.

use std::collections::BTreeMap;

use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_engine::lake::Change;
use mingcha_engine::{Lake, LakeRow};
use mingcha_pack::{Ledger, PackSet};
use mingcha_testkit::{Database, Town};

use crate::{Finding, FindingQuery, Mode, Models, Request, Run, RunCause, finding_list, run};

pub(super) const SUBSIDY: &str = "vocational_training.training_subsidy";
pub(super) const THREE: &str = "vocational_training.more_than_three_a_year";

pub(super) struct Bed {
    pub town: Town,
    pub lake: Lake,
    pub packs: PackSet,
    /// Rows that are there, by ledger and key.
    now: BTreeMap<String, BTreeMap<String, LakeRow>>,
    batches: Vec<Batch>,
}

struct Batch {
    ledger: String,
    /// Keys of the rows it brought.
    brought: Vec<String>,
    /// Rows that it superseded.
    superseded: Vec<LakeRow>,
    withdrawn: bool,
}

pub(super) fn house_packs() -> PackSet {
    let loaded = PackSet::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs"));
    assert!(loaded.faults.is_empty(), "{:#?}", loaded.faults);
    loaded.set
}

impl Bed {
    pub async fn new() -> Self {
        Self::on(Database::Sqlite).await
    }

    pub async fn on(database: Database) -> Self {
        let town = Town::on(database).await;
        let lake = Lake::open(town.folder()).await.expect("a lake");
        Self { town, lake, packs: house_packs(), now: BTreeMap::new(), batches: Vec::new() }
    }

    /// Commits rows as the next batch: known keys with other content supersede. Returns its number; `None` when nothing
    /// is new.
    pub async fn commit(&mut self, ledger: &str, rows: Vec<Vec<Value>>) -> Option<BatchNo> {
        let number = BatchNo(i64::try_from(self.batches.len()).expect("few") + 1);
        let found = self.packs.ledger(ledger).expect("a ledger").clone();
        let now = self.now.entry(ledger.to_owned()).or_default();
        let mut batch = Batch { ledger: ledger.into(), brought: vec![], superseded: vec![], withdrawn: false };
        let mut insert = Vec::new();
        for (line, values) in (2..).zip(rows) {
            let key = key_of(&found, &values);
            let known = now.get(&key);
            if batch.brought.contains(&key) || known.is_some_and(|row| row.values == values) {
                continue;
            }
            batch.superseded.extend(known.cloned());
            let row = LakeRow { at: RowRef { batch: number, row: line }, values };
            insert.push(row.clone());
            now.insert(key.clone(), row);
            batch.brought.push(key);
        }
        if insert.is_empty() {
            return None;
        }
        let delete = batch.superseded.iter().map(|row| row.at).collect();
        self.batches.push(batch);
        self.write(&found, insert, delete).await;
        Some(number)
    }

    /// Withdraws a batch and brings back what it superseded. False when a later batch touched its keys, or twice.
    pub async fn withdraw(&mut self, number: BatchNo) -> bool {
        let place = usize::try_from(number.0 - 1).expect("a batch");
        let Some(batch) = self.batches.get_mut(place) else { return false };
        let found = self.packs.ledger(&batch.ledger).expect("a ledger").clone();
        let now = self.now.entry(batch.ledger.clone()).or_default();
        let own = |key: &String| now.get(key).is_some_and(|row| row.at.batch == number);
        if batch.withdrawn || !batch.brought.iter().all(own) {
            return false;
        }
        batch.withdrawn = true;
        let delete = batch.brought.iter().filter_map(|key| now.remove(key)).map(|row| row.at).collect();
        let back = batch.superseded.clone();
        for row in &back {
            now.insert(key_of(&found, &row.values), row.clone());
        }
        self.write(&found, back, delete).await;
        true
    }

    async fn write(&self, ledger: &Ledger, insert: Vec<LakeRow>, delete: Vec<RowRef>) {
        let lease = self.lake.lease("test").await.expect("a lease");
        let change = Change {
            ledger,
            insert,
            delete,
            author: "wang.fang".into(),
            message: "a batch".into(),
            tag: "batch".into(),
        };
        let committed = self.lake.commit(&lease, change).await.expect("a commit");
        self.town.set("readable_snapshot", &committed.snapshot.to_string()).await;
    }

    pub async fn run(&self, mode: Mode, cause: RunCause) -> Run {
        let request = Request { models: Models::All, mode, cause, ops: Vec::new() };
        let actor = self.town.supervisor().await;
        run(&self.town.office, &actor, &self.lake, &self.packs, request).await.expect("a run")
    }

    pub async fn findings(&self, model: &str) -> Vec<Finding> {
        let mut desk = self.town.reading(&self.town.supervisor().await).await;
        let query = FindingQuery { model: Some(model.into()), limit: 200, ..FindingQuery::default() };
        finding_list(&mut desk, &query).await.expect("findings").lines
    }

    /// The three-a-year page, made to find every grant by its number and to be local by the person.
    pub fn find_each_grant(&mut self) {
        for model in self.packs.packs.iter_mut().flat_map(|pack| &mut pack.models).filter(|m| m.full_name() == THREE) {
            model.sql.value = "SELECT grant_no, resident_id, evidence(_ref) AS evidence FROM training_subsidy \
                               GROUP BY grant_no, resident_id"
                .into();
            model.key.truncate(1);
            model.key[0].value = "grant_no".into();
        }
    }

    /// A row of a ledger with some of its columns; the others are null.
    pub fn row(&self, ledger: &str, cells: &[(&str, Value)]) -> Vec<Value> {
        let ledger = self.packs.ledger(ledger).expect("a ledger");
        let mut row = vec![Value::Null; ledger.columns.len()];
        for (name, value) in cells {
            row[ledger.position(name).expect("a column")] = value.clone();
        }
        row
    }

    /// One paid subsidy of 800 yuan.
    pub fn subsidy(&self, no: &str, resident: &str, on: &str) -> Vec<Value> {
        let text = |text: &str| Value::Text(text.into());
        self.row(
            SUBSIDY,
            &[
                ("grant_no", text(no)),
                ("kind", text("培训补贴")),
                ("resident_id", text(resident)),
                ("name", text("王小明")),
                ("granted_on", Value::Day(on.parse().expect("a day"))),
                ("amount", Value::Decimal("800.00".parse().expect("a number"))),
            ],
        )
    }
}

fn key_of(ledger: &Ledger, values: &[Value]) -> String {
    let cells = ledger.key.iter().map(|name| values[ledger.position(name).expect("a column")].to_string());
    cells.collect::<Vec<_>>().join("|")
}
