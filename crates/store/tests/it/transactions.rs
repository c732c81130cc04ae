//! What a transaction promises.

use std::time::Duration;

use mingcha_domain::{BatchNo, Day, Instant, Yuan};
use mingcha_store::{Store, StoreError, Touched, Why, params};

use crate::house::{House, at, on_both_databases, record};

on_both_databases!(
    a_change_without_an_audit_entry_is_not_committed,
    a_change_with_an_audit_entry_is,
    a_change_after_the_audit_entry_needs_another_one,
    a_change_by_a_question_needs_an_entry_too,
    a_reading_transaction_refuses_to_write,
    a_transaction_for_sessions_refuses_watched_writes,
    a_dropped_transaction_leaves_no_trace,
    a_reader_keeps_its_state_while_others_write,
    writers_take_turns,
    a_writer_that_waits_too_long_is_told_so,
    what_the_schema_refuses_is_told_in_its_own_error,
    values_come_back_as_they_went_in,
    a_cell_of_another_type_is_named,
    a_failed_statement_spoils_the_whole_change,
);

const ADD: &str = "INSERT INTO unit (id, name, kind) VALUES ($1, $2, '部门')";

async fn a_change_without_an_audit_entry_is_not_committed(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    tx.run(ADD, params!["a", "甲"]).await.expect("a change");
    assert_eq!(tx.commit().await, Err(StoreError::Unaudited));
    assert!(house.reads("SELECT id FROM unit").await.is_empty());
}

async fn a_change_with_an_audit_entry_is(house: House) {
    house.adds_unit("a", "甲").await;
    assert_eq!(house.reads("SELECT name FROM unit").await, ["甲"]);
    assert_eq!(house.reads("SELECT verb FROM audit_entry").await, ["unit.change"]);
}

async fn a_change_after_the_audit_entry_needs_another_one(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    tx.run(ADD, params!["a", "甲"]).await.expect("a change");
    record(&mut tx, &[Touched::new("unit", "a")]).await;
    tx.run("UPDATE unit SET name = $1 WHERE id = 'a'", params!["乙"]).await.expect("a change");
    assert_eq!(tx.commit().await, Err(StoreError::Unaudited));
    assert!(house.reads("SELECT id FROM unit").await.is_empty());
}

async fn a_change_by_a_question_needs_an_entry_too(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    let row = tx.one(&format!("{ADD} RETURNING id"), params!["a", "甲"]).await.expect("a change").expect("a row");
    assert_eq!(row.text("id"), Ok("a"));
    assert_eq!(tx.commit().await, Err(StoreError::Unaudited));
}

async fn a_reading_transaction_refuses_to_write(house: House) {
    let mut tx = house.store.read().await.expect("a transaction");
    let refused =
        |result: Result<u64, StoreError>| assert!(matches!(result, Err(StoreError::ReadOnly { .. })), "{result:?}");
    refused(tx.run(ADD, params!["a", "甲"]).await);
    refused(tx.run_unaudited(ADD, params!["a", "甲"], Why::Session).await);
    refused(tx.all(&format!("{ADD} RETURNING id"), params!["a", "甲"]).await.map(|_| 0));
    tx.commit().await.expect("nothing to commit");
    assert!(house.reads("SELECT id FROM unit").await.is_empty());
}

async fn a_transaction_for_sessions_refuses_watched_writes(house: House) {
    let mut tx = house.store.begin_unaudited().await.expect("a transaction");
    assert!(matches!(tx.run(ADD, params!["a", "甲"]).await, Err(StoreError::ReadOnly { .. })));
}

async fn a_dropped_transaction_leaves_no_trace(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    tx.run(ADD, params!["a", "甲"]).await.expect("a change");
    record(&mut tx, &[Touched::new("unit", "a")]).await;
    drop(tx);
    house.adds_unit("b", "乙").await;
    assert_eq!(house.reads("SELECT id FROM unit").await, ["b"]);
    assert_eq!(house.reads("SELECT seq FROM audit_entry").await, ["1"]);
}

async fn a_reader_keeps_its_state_while_others_write(house: House) {
    let mut before = house.store.read().await.expect("a transaction");
    house.adds_unit("a", "甲").await;
    assert!(before.all("SELECT id FROM unit", params![]).await.expect("rows").is_empty());
    assert_eq!(house.reads("SELECT id FROM unit").await, ["a"]);
}

/// Each writer reads a number, lets the others run, and writes it plus one: lost updates would show.
async fn writers_take_turns(house: House) {
    let mut writers = Vec::new();
    for _ in 0..4 {
        let store = house.store.clone();
        writers.push(tokio::spawn(async move {
            for _ in 0..5 {
                let mut tx = store.begin().await.expect("a transaction");
                let count: i64 =
                    tx.setting("count").await.expect("a setting").map_or(0, |text| text.parse().expect("a number"));
                tokio::task::yield_now().await;
                let touched = tx.set_setting("count", &(count + 1).to_string()).await.expect("a change");
                record(&mut tx, &[touched]).await;
                tx.commit().await.expect("a commit");
            }
        }));
    }
    for writer in writers {
        writer.await.expect("a writer ends");
    }
    assert_eq!(house.reads("SELECT value FROM setting WHERE key = 'count'").await, ["20"]);
    assert_eq!(house.reads("SELECT COUNT(*) AS n FROM audit_entry").await, ["20"]);
    assert_eq!(house.verifies(None).await, []);
}

async fn a_writer_that_waits_too_long_is_told_so(house: House) {
    let hasty = Store::open_waiting(house.store.address(), Duration::from_millis(200)).await.expect("a second opening");
    let first = house.store.begin().await.expect("a transaction");
    let error = hasty.begin().await.expect_err("the store is held");
    assert!(matches!(error, StoreError::Busy { .. }), "{error:?}");
    drop(first);
}

async fn what_the_schema_refuses_is_told_in_its_own_error(house: House) {
    house.adds_unit("a", "甲").await;
    for (id, parent, expected) in [("a", None, "Duplicate"), ("b", Some("zz"), "Dangling"), ("", None, "Constraint")] {
        let mut tx = house.store.begin().await.expect("a transaction");
        let sql = "INSERT INTO unit (id, name, kind, parent) VALUES ($1, '乙', '部门', $2)";
        let error = tx.run(sql, params![id, parent]).await.expect_err(expected);
        assert!(format!("{error:?}").starts_with(expected), "{expected}: {error:?}");
    }
    let mut tx = house.store.begin().await.expect("a transaction");
    assert_eq!(tx.run(ADD, params!["c", "甲\0乙"]).await, Err(StoreError::Nul));
}

async fn values_come_back_as_they_went_in(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    let day: Day = "2023-12-29".parse().expect("a day");
    let row = tx
        .one(
            "SELECT CAST($1 AS TEXT) AS words, CAST($2 AS BIGINT) AS least, CAST($3 AS TEXT) AS absent, \
             CAST($4 AS TEXT) AS day, CAST($5 AS TEXT) AS at, CAST($6 AS BIGINT) AS yes, CAST($7 AS BIGINT) AS fen, \
             CAST($8 AS BIGINT) AS batch",
            params!["引号'\"、𠮷", i64::MIN, None::<&str>, day, at(1), true, Yuan::from_fen(8_690_000), BatchNo(7)],
        )
        .await
        .expect("a query")
        .expect("a row");
    assert_eq!(row.text("words"), Ok("引号'\"、𠮷"));
    assert_eq!(row.int("least"), Ok(i64::MIN));
    assert_eq!(row.opt_text("absent"), Ok(None));
    assert_eq!(row.get::<Option<Day>>("absent"), Ok(None));
    assert_eq!(row.get::<Day>("day"), Ok(day));
    assert_eq!(row.get::<Instant>("at"), Ok(at(1)));
    assert_eq!(row.get::<bool>("yes"), Ok(true));
    assert_eq!(row.get::<Yuan>("fen"), Ok(Yuan::from_fen(8_690_000)));
    assert_eq!(row.get::<Option<BatchNo>>("batch"), Ok(Some(BatchNo(7))));
}

async fn a_cell_of_another_type_is_named(house: House) {
    let mut tx = house.store.read().await.expect("a transaction");
    let row = tx
        .one("SELECT CAST(5 AS BIGINT) AS number, CAST(NULL AS TEXT) AS absent", params![])
        .await
        .expect("a query")
        .expect("a row");
    let found = |result: Result<(), StoreError>| match result {
        Err(StoreError::Column { found, .. }) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(found(row.text("number").map(drop)), "5");
    assert_eq!(found(row.text("absent").map(drop)), "null");
    assert_eq!(found(row.int("other").map(drop)), "number, absent");
    let half = tx.one("SELECT 1.5 AS half", params![]).await.expect_err("neither TEXT nor BIGINT");
    assert!(matches!(half, StoreError::Column { .. }), "{half:?}");
}

async fn a_failed_statement_spoils_the_whole_change(house: House) {
    house.adds_unit("a", "甲").await;
    let result = async {
        let mut tx = house.store.begin().await?;
        tx.run(ADD, params!["b", "乙"]).await?;
        tx.run(ADD, params!["a", "又一个甲"]).await?;
        tx.commit().await
    }
    .await;
    assert!(matches!(result, Err(StoreError::Duplicate { .. })));
    assert_eq!(house.reads("SELECT id FROM unit").await, ["a"]);
}
