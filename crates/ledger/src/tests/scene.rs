//! A town with one pack, and a clerk who sends sheets as text.

use std::collections::BTreeMap;

use mingcha_access::Actor;
use mingcha_domain::{BatchNo, Kind, Speaks, UploadId, Value};
use mingcha_engine::{Lake, LakeRow};
use mingcha_intake::Options;
use mingcha_pack::{Column, ColumnKind, Ledger, Load, Pack, PackSet, Project};
use mingcha_testkit::{Database, Town};

use crate::*;

pub(super) const GRANTS: &str = "vocational_training.grant";
pub(super) const LOG: &str = "vocational_training.log";
pub(super) const ROLL: &str = "vocational_training.roll";

pub(super) struct Scene {
    pub town: Town,
    pub packs: PackSet,
    pub lake: Lake,
}

pub(super) fn packs() -> PackSet {
    let column = |name: &str, title: &str, kind| Column {
        name: name.into(),
        title: title.into(),
        kind,
        required: name == "no",
        ..Column::default()
    };
    let ledger = |name: &str, load| Ledger {
        pack: "vocational_training".into(),
        name: name.into(),
        title: name.into(),
        columns: vec![
            column("no", "编号", ColumnKind::Text),
            column("amount", "金额", ColumnKind::Money),
            column("day", "日期", ColumnKind::Date),
        ],
        key: vec!["no".into()],
        load,
        ..Ledger::default()
    };
    let project = Project { lead_unit: "区人社保局".into(), ..Project::default() };
    let ledgers = vec![ledger("grant", Load::Merge), ledger("log", Load::Append), ledger("roll", Load::Snapshot)];
    let pack = Pack { key: "vocational_training".into(), project: Some(project), ledgers, ..Pack::default() };
    PackSet { packs: vec![pack] }
}

impl Scene {
    pub(super) async fn new() -> Self {
        Self::on(Database::Sqlite).await
    }

    pub(super) async fn on(database: Database) -> Self {
        let town = Town::on(database).await;
        let lake = Lake::open(&town.path("lake")).await.expect("a lake");
        Self { town, packs: packs(), lake }
    }

    pub(super) async fn clerk(&self) -> Actor {
        self.town.clerk().await
    }

    pub(super) fn sources(&self) -> std::path::PathBuf {
        self.town.path("sources")
    }

    /// Stages a sheet of `编号,金额,日期` lines, as the clerk.
    pub(super) async fn stages(&self, ledger: &str, lines: &str) -> Staged {
        let sources = self.sources();
        let file = hand_in(ledger, lines);
        stage(&self.town.office, &self.clerk().await, ground(self, &sources), file).await.expect("staged")
    }

    /// Stages a sheet that has these headings only.
    pub(super) async fn stages_under(&self, ledger: &str, headings: &str, lines: &str) -> Staged {
        let sources = self.sources();
        let bytes = format!("{headings}\n{lines}\n").into_bytes();
        let file = HandIn { bytes, ..hand_in(ledger, "") };
        stage(&self.town.office, &self.clerk().await, ground(self, &sources), file).await.expect("staged")
    }

    pub(super) async fn takes(&self, upload: UploadId) -> Result<Taken, CommitError> {
        let sources = self.sources();
        commit(&self.town.office, &self.clerk().await, ground(self, &sources), upload).await
    }

    /// Stages and commits.
    pub(super) async fn sends(&self, ledger: &str, lines: &str) -> Taken {
        let upload = self.stages(ledger, lines).await.upload.id;
        self.takes(upload).await.expect("taken")
    }

    pub(super) async fn previews(&self, upload: UploadId) -> Preview {
        let sources = self.sources();
        preview(&self.town.office, &self.clerk().await, ground(self, &sources), upload).await.expect("a preview")
    }

    pub(super) async fn withdraws(&self, batch: i64) -> Result<Withdrawn, WithdrawError> {
        let sources = self.sources();
        let ground = ground(self, &sources);
        withdraw(&self.town.office, &self.clerk().await, ground, BatchNo(batch), "发错了表").await
    }

    pub(super) async fn rows_at(&self, ledger: &str, version: Option<i64>) -> Vec<LakeRow> {
        let sources = self.sources();
        let mut desk = self.town.reading(&self.clerk().await).await;
        rows(&mut desk, ground(self, &sources), ledger, version).await.expect("rows")
    }

    /// The ledger as `编号=金额@batch/line`, sorted.
    pub(super) async fn ledger(&self, ledger: &str) -> Vec<String> {
        let mut said: Vec<String> = self.rows_at(ledger, None).await.iter().map(say).collect();
        said.sort();
        said
    }

    /// The ledger as a map from key to amount and day.
    pub(super) async fn cells(&self, ledger: &str) -> BTreeMap<String, [String; 2]> {
        let rows = self.rows_at(ledger, None).await;
        let cells = |row: &LakeRow| [row.values[1].to_string(), row.values[2].to_string()];
        rows.iter().map(|row| (row.values[0].to_string(), cells(row))).collect()
    }

    pub(super) async fn batch(&self, number: i64) -> Batch {
        batch(&mut self.town.reading(&self.clerk().await).await, BatchNo(number)).await.expect("a batch")
    }

    pub(super) async fn alterations(&self) -> Vec<Alteration> {
        let sources = self.sources();
        let mut tx = self.town.store().read().await.expect("a transaction");
        let mut found = file_alterations(&mut tx, ground(self, &sources)).await.expect("checked");
        found.extend(catalog_alterations(&mut tx, ground(self, &sources)).await.expect("checked"));
        found
    }

    /// The audit trail and the room's tables agree, and so do lake and store.
    pub(super) async fn is_sound(&self) {
        let mut tx = self.town.store().read().await.expect("a transaction");
        let mut tracked = mingcha_store::TRACKED.to_vec();
        tracked.extend(TRACKED);
        assert_eq!(mingcha_store::audit::verify(&mut tx, &tracked, None).await.expect("verified"), []);
        assert_eq!(self.alterations().await, []);
    }

    pub(super) async fn jobs(&self) -> Vec<String> {
        let mut tx = self.town.store().read().await.expect("a transaction");
        let rows = tx.all("SELECT key FROM job ORDER BY id", mingcha_store::params![]).await.expect("jobs");
        rows.iter().map(|row| row.get("key").expect("a key")).collect()
    }

    pub(super) async fn verbs(&self) -> Vec<String> {
        let mut tx = self.town.store().read().await.expect("a transaction");
        let sql = "SELECT verb FROM audit_entry WHERE verb LIKE 'ledger.%' ORDER BY seq";
        let rows = tx.all(sql, mingcha_store::params![]).await.expect("entries");
        rows.iter().map(|row| row.get("verb").expect("a verb")).collect()
    }
}

pub(super) fn ground<'a>(scene: &'a Scene, sources: &'a std::path::Path) -> Ground<'a> {
    Ground { packs: &scene.packs, lake: &scene.lake, sources, progress: None }
}

pub(super) fn hand_in<'a>(ledger: &'a str, lines: &str) -> HandIn<'a> {
    let bytes = format!("编号,金额,日期\n{lines}\n").into_bytes();
    HandIn { ledger, file_name: "补贴.csv", bytes, options: Options::default() }
}

pub(super) fn say(row: &LakeRow) -> String {
    format!("{}={}@{}/{}", row.values[0], row.values[1], row.at.batch, row.at.row)
}

/// Code and kind of an error, as a face would use them.
pub(super) fn told(error: &impl Speaks) -> (&'static str, Kind) {
    let trouble = error.trouble();
    let said = mingcha_words::say(mingcha_words::Lang::Zh, &trouble);
    assert!(!said.contains(trouble.code), "{said}");
    (trouble.code, error.kind())
}

pub(super) fn value(text: &str) -> Value {
    Value::Text(text.into())
}
