//! Holds a data folder against its own audit trail, and against a head that was kept elsewhere.
//!
//! The store's rows, the audit tree, the source files, the evidence, the lake's Parquet files and its catalogue: what
//! differs from what was recorded is named, one line each.

use mingcha_casework::{EvidenceRoom, evidence_check};
use mingcha_domain::Trouble;
use mingcha_ledger::{Alteration, Hindrance, read_source};
use mingcha_store::audit::{Altered, Head, head, verify as verify_store};
use mingcha_store::{Tracked, Tx, params};

use crate::{Platform, WiringError};

/// Every table whose rows the audit trail watches.
#[must_use]
pub fn tracked() -> Vec<Tracked> {
    [
        mingcha_store::TRACKED,
        mingcha_ledger::TRACKED,
        mingcha_detect::TRACKED,
        mingcha_casework::TRACKED,
        mingcha_publish::TRACKED,
    ]
    .concat()
}

/// The outcome of a check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// What was altered; empty when all agrees.
    pub altered: Vec<Trouble>,
    /// The head as it is now.
    pub head: Head,
}

impl Platform {
    /// Checks everything. `kept` is a head from elsewhere.
    pub async fn verify(&self, kept: Option<Head>) -> Result<Verified, WiringError> {
        let sources = self.sources();
        let ground = self.ledger_ground(&sources);
        let room = |error: Hindrance| WiringError::room(&error);
        // Between a writer's two commits the lake is ahead of the store: nobody may be there at the moment that is checked.
        let lease = self.lake.lease("核验 verify").await?;
        let mut tx = self.office.store().read().await?;
        let mut ledgers = mingcha_ledger::catalog_alterations(&mut tx, ground).await.map_err(room)?;
        drop(lease);
        let rows = verify_store(&mut tx, &tracked(), kept).await?;
        let mut altered: Vec<Trouble> = rows.iter().map(Altered::trouble).collect();
        ledgers.extend(mingcha_ledger::file_alterations(&mut tx, ground).await.map_err(room)?);
        altered.extend(ledgers.iter().map(Alteration::trouble));
        altered.extend(self.past_sheets_altered(&mut tx).await?);
        for fault in evidence_check(&mut tx, &EvidenceRoom::in_data(self.folder.root())).await? {
            let code = if fault.missing { "MC-WIRING-102" } else { "MC-WIRING-101" };
            altered.push(Trouble::new(code).with("file", &fault.name).with("sm3", &fault.sm3));
        }
        let head = head(&mut tx).await?;
        Ok(Verified { altered, head })
    }

    /// The source files of past casework still hash to their names.
    async fn past_sheets_altered(&self, tx: &mut Tx) -> Result<Vec<Trouble>, WiringError> {
        let mut altered = Vec::new();
        for row in
            tx.all("SELECT sm3, MIN(file_name) AS file FROM past_sheet GROUP BY sm3 ORDER BY 1", params![]).await?
        {
            let (sm3, file): (String, String) = (row.get("sm3")?, row.get("file")?);
            let code = match read_source(&self.sources(), &sm3) {
                Ok(_) => continue,
                Err(Hindrance::SourceAltered { .. }) => "MC-WIRING-103",
                Err(_) => "MC-WIRING-104",
            };
            altered.push(Trouble::new(code).with("file", &file).with("sm3", &sm3));
        }
        Ok(altered)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use mingcha_domain::{BatchNo, RowRef, Value};
    use mingcha_engine::LakeRow;
    use mingcha_engine::lake::{Change, Committed};
    use mingcha_pack::{Column, Ledger};
    use mingcha_store::{Entry, Touched};
    use mingcha_testkit::{SeededChance, TickingClock};

    use super::*;
    use crate::DataFolder;

    #[tokio::test]
    async fn a_check_waits_for_the_writer_that_is_between_its_two_commits() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("data");
        DataFolder::create(&root, None).expect("a data folder");
        let pack = root.join("packs/training");
        std::fs::create_dir(&pack).expect("a pack");
        let text = "format = 1\nkey = \"training\"\ntitle = \"培训\"\ntitle_en = \"Training\"\norder = 1\n";
        std::fs::write(pack.join("pack.toml"), text).expect("written");
        let (clock, chance) = (Arc::new(TickingClock::default()), Arc::new(SeededChance::new(7)));
        let platform = Platform::open(&root, clock, chance).await.expect("a platform");
        let lease = platform.lake.lease("test").await.expect("the lease");
        let ledger = Ledger {
            pack: "training".into(),
            name: "grant".into(),
            columns: vec![Column { name: "grant_no".into(), ..Column::default() }],
            key: vec!["grant_no".into()],
            ..Ledger::default()
        };
        let insert = vec![LakeRow { at: RowRef { batch: BatchNo(1), row: 2 }, values: vec![Value::Text("B1".into())] }];
        let (author, message, tag) = ("test".to_owned(), "test".to_owned(), "batch:1".to_owned());
        let change = Change { ledger: &ledger, insert, delete: Vec::new(), author, message, tag };
        let committed = platform.lake.commit(&lease, change).await.expect("a commit");
        let writer = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            write_down(&platform, &committed).await;
            drop(lease);
        };
        let (verified, ()) = tokio::join!(platform.verify(None), writer);
        assert_eq!(verified.expect("checked").altered, []);
    }

    /// The store's half of a commit.
    async fn write_down(platform: &Platform, committed: &Committed) {
        let mut tx = platform.office.store().begin().await.expect("a transaction");
        let mut touched =
            vec![tx.set_setting("readable_snapshot", &committed.snapshot.to_string()).await.expect("a setting")];
        for file in &committed.files {
            let values = params![&file.path, committed.snapshot, 0_i64, &file.sm3];
            tx.run("INSERT INTO lake_file (path, snapshot, bytes, sm3) VALUES ($1, $2, $3, $4)", values)
                .await
                .expect("a row");
            touched.push(Touched::new("lake_file", &file.path));
        }
        let (at, facts) = (platform.office.now(), serde_json::Value::Null);
        let (actor, verb, subject) = ("console", "ledger.commit", "batch:1");
        tx.record(Entry { at, actor, verb, subject, why: None, touched: &touched, facts }).await.expect("an entry");
        tx.commit().await.expect("a commit");
    }
}
