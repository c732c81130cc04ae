//! A store of its own for each test, and short words for what tests do to it.

use mingcha_domain::Instant;
use mingcha_store::audit::{Altered, Head, verify};
use mingcha_store::{Entry, Param, Store, StoreAddress, TRACKED, Touched, Tx, Why};
use mingcha_testkit::Cluster;
use serde_json::json;
use tempfile::TempDir;

/// Runs each law on both databases, as two tests of one name.
macro_rules! on_both_databases {
    ($($law:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $law() { super::$law(crate::house::House::sqlite().await).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $law() { super::$law(crate::house::House::postgres().await).await; })+
        }
    };
}
pub(crate) use on_both_databases;

pub struct House {
    pub store: Store,
    pub folder: TempDir,
}

impl House {
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a folder");
        let address = StoreAddress::file(&folder.path().join("mingcha.sqlite"));
        Self { store: Store::open(&address).await.expect("a store"), folder }
    }

    pub async fn postgres() -> Self {
        let address = StoreAddress::Postgres(Cluster::of_this_run().make_database().await);
        Self { store: Store::open(&address).await.expect("a store"), folder: TempDir::new().expect("a folder") }
    }

    /// Adds a unit, with its audit entry.
    pub async fn adds_unit(&self, code: &str, name: &str) {
        self.changes(
            "INSERT INTO unit (id, name, kind) VALUES ($1, $2, '部门') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            vec![code.into(), name.into()],
            Touched::new("unit", code),
        )
        .await;
    }

    /// Removes a unit, with its audit entry.
    pub async fn removes_unit(&self, code: &str) {
        self.changes("DELETE FROM unit WHERE id = $1", vec![code.into()], Touched::new("unit", code)).await;
    }

    async fn changes(&self, sql: &str, params: Vec<Param>, touched: Touched) {
        let mut tx = self.store.begin().await.expect("a transaction");
        tx.run(sql, params).await.expect("a change");
        record(&mut tx, &[touched]).await;
        tx.commit().await.expect("a commit");
    }

    /// Changes rows behind the program's back.
    pub async fn tampers(&self, sql: &str) {
        let mut tx = self.store.begin_unaudited().await.expect("a transaction");
        let rows = tx.run_unaudited(sql, vec![], Why::Bookkeeping).await.expect(sql);
        assert!(rows > 0, "{sql} changed nothing");
        tx.commit().await.expect("a commit");
    }

    pub async fn verifies(&self, kept: Option<Head>) -> Vec<Altered> {
        let mut tx = self.store.read().await.expect("a transaction");
        verify(&mut tx, TRACKED, kept).await.expect("verification runs")
    }

    /// The first column of a query, as text, line by line.
    pub async fn reads(&self, sql: &str) -> Vec<String> {
        let mut tx = self.store.read().await.expect("a transaction");
        let rows = tx.all(sql, vec![]).await.expect(sql);
        rows.iter()
            .map(|row| match row.cells().next() {
                Some((_, mingcha_store::Cell::Int(number))) => number.to_string(),
                Some((_, mingcha_store::Cell::Text(text))) => text.clone(),
                _ => "-".to_owned(),
            })
            .collect()
    }
}

/// The moment `seconds` after the test day's beginning.
pub fn at(seconds: i64) -> Instant {
    Instant::parse("2023-12-29T01:00:00Z").expect("a time").plus_seconds(seconds)
}

pub async fn record(tx: &mut Tx, touched: &[Touched]) {
    tx.record(Entry {
        at: at(0),
        actor: "wang.fang",
        verb: "unit.change",
        subject: "unit:*",
        why: Some("测试"),
        touched,
        facts: json!({ "rows": touched.len() }),
    })
    .await
    .expect("an entry");
}
