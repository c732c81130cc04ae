//! What the audit trail shows, and what nobody can hide from it.

use mingcha_store::audit::tree::{is_consistent, root_by_inclusion};
use mingcha_store::audit::{
    Alteration, Altered, AuditSeq, EntryFilter, Erasure, Head, consistency, erase, head, head_at, inclusion, list,
};
use mingcha_store::{StoreError, Touched, params};

use crate::house::{House, at, on_both_databases, record};

on_both_databases!(
    an_honest_history_verifies,
    every_entry_is_proved_to_be_in_every_later_trail,
    whatever_is_altered_is_named,
    a_body_can_be_erased_by_law_and_all_proofs_still_hold,
    a_body_that_vanished_without_a_record_is_named,
    a_trail_cut_off_with_care_is_only_seen_by_a_head_kept_elsewhere,
    a_rewritten_trail_differs_from_a_head_kept_elsewhere,
    nothing_is_added_to_a_trail_that_was_cut_off,
    the_trail_is_read_newest_first_in_pages,
    a_table_without_a_single_key_cannot_be_touched,
    many_rows_fit_in_one_entry,
);

async fn history(house: &House) {
    house.adds_unit("a", "甲").await;
    house.adds_unit("b", "乙").await;
    house.adds_unit("a", "甲，改名").await;
    house.removes_unit("b").await;
    house.adds_unit("c", "丙").await;
}

async fn an_honest_history_verifies(house: House) {
    assert_eq!(house.verifies(None).await, []);
    history(&house).await;
    let kept = head_now(&house).await;
    assert_eq!(house.verifies(Some(kept)).await, []);
    house.adds_unit("b", "乙，又来").await;
    assert_eq!(house.verifies(Some(kept)).await, []);
}

async fn every_entry_is_proved_to_be_in_every_later_trail(house: House) {
    history(&house).await;
    let mut tx = house.store.read().await.expect("a transaction");
    let leaves: Vec<[u8; 32]> = tx
        .all("SELECT hash FROM audit_node WHERE level = 0 ORDER BY idx", params![])
        .await
        .expect("leaves")
        .iter()
        .map(|row| hex::decode(row.text("hash").expect("text")).expect("hex").try_into().expect("32 bytes"))
        .collect();
    assert_eq!(leaves.len(), 5);
    for new in 1..=5_i64 {
        let now = head_at(&mut tx, new).await.expect("a head");
        for old in 1..=new {
            let path = inclusion(&mut tx, AuditSeq(old), new).await.expect("a query").expect("a proof");
            let leaf = &leaves[usize::try_from(old - 1).expect("small")];
            let (index, size) = (u64::try_from(old - 1).expect("small"), u64::try_from(new).expect("small"));
            assert_eq!(root_by_inclusion(leaf, index, size, &path), Some(now.root), "{old} in {new}");

            let before = head_at(&mut tx, old).await.expect("a head");
            let proof = consistency(&mut tx, old, new).await.expect("a query").expect("a proof");
            assert!(is_consistent((index + 1, &before.root), (size, &now.root), &proof), "{old} begins {new}");
        }
        assert_eq!(inclusion(&mut tx, AuditSeq(new + 1), new).await, Ok(None));
    }
}

async fn whatever_is_altered_is_named(house: House) {
    history(&house).await;
    let row = |id: &str, what| Altered { table: "unit".to_owned(), id: id.to_owned(), what };
    let entry = |id: i64, what| Altered { table: "audit_entry".to_owned(), id: id.to_string(), what };
    let cases = [
        (
            "UPDATE unit SET name = '甲' WHERE id = 'a'",
            "UPDATE unit SET name = '甲，改名' WHERE id = 'a'",
            row("a", Alteration::RowChanged { since: 3 }),
        ),
        (
            "DELETE FROM unit WHERE id = 'c'",
            "INSERT INTO unit (id, name, kind) VALUES ('c', '丙', '部门')",
            row("c", Alteration::RowMissing { since: 5 }),
        ),
        (
            "INSERT INTO unit (id, name, kind) VALUES ('b', '乙', '部门')",
            "DELETE FROM unit WHERE id = 'b'",
            row("b", Alteration::RowBack { since: 4 }),
        ),
        (
            "INSERT INTO unit (id, name, kind) VALUES ('z', '子', '部门')",
            "DELETE FROM unit WHERE id = 'z'",
            row("z", Alteration::RowUnrecorded),
        ),
        (
            "UPDATE audit_entry SET body = replace(body, '测试', '另一理由') WHERE seq = 2",
            "UPDATE audit_entry SET body = replace(body, '另一理由', '测试') WHERE seq = 2",
            entry(2, Alteration::BodyChanged),
        ),
        (
            "UPDATE audit_entry SET actor = 'chen.jing' WHERE seq = 3",
            "UPDATE audit_entry SET actor = 'wang.fang' WHERE seq = 3",
            entry(3, Alteration::EntryChanged),
        ),
        (
            "UPDATE audit_touch SET row_id = 'x' WHERE seq = 2",
            "UPDATE audit_touch SET row_id = 'b' WHERE seq = 2",
            entry(2, Alteration::TouchesChanged),
        ),
        (
            "UPDATE audit_node SET hash = 'f' || hash WHERE level = 1 AND idx = 1",
            "UPDATE audit_node SET hash = substr(hash, 2) WHERE level = 1 AND idx = 1",
            Altered { table: "audit_node".to_owned(), id: "1/1".to_owned(), what: Alteration::NodeChanged },
        ),
    ];
    for (alter, mend, expected) in cases {
        house.tampers(alter).await;
        let found = house.verifies(None).await;
        assert!(found.contains(&expected), "{alter}: {found:?}");
        assert!(found.len() <= 2, "{alter} was blamed on more than it touched: {found:?}");
        house.tampers(mend).await;
        assert_eq!(house.verifies(None).await, [], "after {mend}");
    }
    house.tampers("DELETE FROM audit_entry WHERE seq = 2").await;
    assert!(house.verifies(None).await.contains(&entry(2, Alteration::EntryMissing)));
}

async fn a_body_can_be_erased_by_law_and_all_proofs_still_hold(house: House) {
    history(&house).await;
    let kept = head_now(&house).await;
    let mut tx = house.store.begin().await.expect("a transaction");
    let erasure =
        Erasure { seq: AuditSeq(2), at: at(9), actor: "xu.lei", ground: "个人信息保护法第四十七条" };
    let by = erase(&mut tx, erasure.clone()).await.expect("an erasure");
    assert_eq!(by, Some(AuditSeq(6)));
    assert_eq!(erase(&mut tx, erasure).await, Ok(None), "it is gone already");
    tx.commit().await.expect("a commit");

    assert_eq!(house.reads("SELECT body FROM audit_entry WHERE seq = 2").await, ["-"]);
    assert_eq!(house.reads("SELECT salt FROM audit_entry WHERE seq = 2").await, ["-"]);
    assert_eq!(house.verifies(Some(kept)).await, []);
}

async fn a_body_that_vanished_without_a_record_is_named(house: House) {
    history(&house).await;
    house.tampers("UPDATE audit_entry SET body = NULL, salt = NULL WHERE seq = 2").await;
    let what = Alteration::BodyMissing;
    assert_eq!(house.verifies(None).await, [Altered { table: "audit_entry".to_owned(), id: "2".to_owned(), what }]);
}

async fn a_trail_cut_off_with_care_is_only_seen_by_a_head_kept_elsewhere(house: House) {
    history(&house).await;
    let kept = head_now(&house).await;
    for sql in [
        "DELETE FROM unit WHERE id = 'c'",
        "DELETE FROM audit_entry WHERE seq = 5",
        "DELETE FROM audit_touch WHERE seq = 5",
        "DELETE FROM audit_node WHERE level = 0 AND idx = 4",
    ] {
        house.tampers(sql).await;
    }
    assert_eq!(house.verifies(None).await, [], "nothing inside can tell");
    let what = Alteration::ShorterThanHead { size: 4 };
    assert_eq!(
        house.verifies(Some(kept)).await,
        [Altered { table: "audit_head".to_owned(), id: "5".to_owned(), what }]
    );
}

/// The owner of the machine makes a new history in which 甲 was never renamed.
async fn a_rewritten_trail_differs_from_a_head_kept_elsewhere(house: House) {
    history(&house).await;
    let kept = head_now(&house).await;
    for table in ["audit_entry", "audit_touch", "audit_node", "unit"] {
        house.tampers(&format!("DELETE FROM {table}")).await;
    }
    for code in ["a", "b", "c", "d", "e"] {
        house.adds_unit(code, "从来如此").await;
    }
    assert_eq!(house.verifies(None).await, [], "the new history is sound in itself");
    let what = Alteration::OtherThanHead;
    assert_eq!(
        house.verifies(Some(kept)).await,
        [Altered { table: "audit_head".to_owned(), id: "5".to_owned(), what }]
    );
}

async fn nothing_is_added_to_a_trail_that_was_cut_off(house: House) {
    history(&house).await;
    house.tampers("DELETE FROM audit_entry WHERE seq = 5").await;
    let mut tx = house.store.begin().await.expect("a transaction");
    let touched = [tx.set_setting("action", "2024").await.expect("a change")];
    let entry = mingcha_store::Entry {
        at: at(1),
        actor: "x",
        verb: "setting.set",
        subject: "setting:action",
        why: None,
        touched: &touched,
        facts: serde_json::json!({}),
    };
    let error = tx.record(entry).await.expect_err("the trail is damaged");
    assert!(matches!(error, StoreError::TrailDamaged { .. }), "{error:?}");
    let what = Alteration::EntryMissing;
    let found = house.verifies(None).await;
    assert!(found.contains(&Altered { table: "audit_entry".to_owned(), id: "5".to_owned(), what }), "{found:?}");
}

async fn the_trail_is_read_newest_first_in_pages(house: House) {
    history(&house).await;
    let mut tx = house.store.read().await.expect("a transaction");
    let all = EntryFilter { subject: Some("unit:*".to_owned()), actor: None, before: None, limit: 3 };
    let page = list(&mut tx, &all).await.expect("a page");
    assert_eq!(page.iter().map(|entry| entry.seq.0).collect::<Vec<_>>(), [5, 4, 3]);
    let body = page[0].body.as_ref().expect("a body");
    assert_eq!((body.why.as_deref(), &body.facts["rows"]), (Some("测试"), &serde_json::json!(1)));
    let next = list(&mut tx, &EntryFilter { before: Some(AuditSeq(3)), ..all.clone() }).await.expect("a page");
    assert_eq!(next.iter().map(|entry| entry.seq.0).collect::<Vec<_>>(), [2, 1]);
    let nobody = EntryFilter { actor: Some("nobody".to_owned()), ..all };
    assert!(list(&mut tx, &nobody).await.expect("a page").is_empty());
}

async fn a_table_without_a_single_key_cannot_be_touched(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    let touched = [Touched::new("audit_node", "0")];
    let entry = mingcha_store::Entry {
        at: at(1),
        actor: "x",
        verb: "x.x",
        subject: "x:x",
        why: None,
        touched: &touched,
        facts: serde_json::json!({}),
    };
    assert_eq!(tx.record(entry).await, Err(StoreError::NoSingleKey { table: "audit_node".to_owned() }));
}

async fn many_rows_fit_in_one_entry(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    let mut touched = Vec::new();
    for number in 0..1_234 {
        touched.push(tx.set_setting(&format!("key-{number}"), "x").await.expect("a change"));
    }
    record(&mut tx, &touched).await;
    tx.commit().await.expect("a commit");
    assert_eq!(house.reads("SELECT COUNT(*) AS n FROM audit_touch").await, ["1234"]);
    assert_eq!(house.verifies(None).await, []);
    house.tampers("UPDATE setting SET value = 'y' WHERE key = 'key-777'").await;
    assert_eq!(house.verifies(None).await.len(), 1);
}

async fn head_now(house: &House) -> Head {
    head(&mut house.store.read().await.expect("a transaction")).await.expect("a head")
}
