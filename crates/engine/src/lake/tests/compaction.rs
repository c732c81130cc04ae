//! Merging files changes where rows lie, and nothing that anybody reads.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

async fn compact(lake: &Lake, which: Which) -> Option<Compacted> {
    let lease = lake.lease("test").await.expect("the lease");
    lake.compact(&lease, &ledger(), which, ("经办人", "合并文件", "compact:test"))
        .await
        .expect("merged or nothing to do")
}

async fn live_files(lake: &Lake) -> i64 {
    sea_orm::sqlx::query_scalar("SELECT count(*) FROM ducklake_data_file WHERE end_snapshot IS NULL")
        .fetch_one(&lake.catalog)
        .await
        .expect("a count")
}

#[tokio::test]
async fn merged_files_hold_the_same_rows_and_earlier_states_read_the_old_files() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    assert_eq!(compact(&lake, Which::AllSmall).await, None, "an empty lake");
    for batch in 1..=6 {
        let rows = vec![row(batch, 2, &format!("A{batch}"), batch), row(batch, 3, &format!("B{batch}"), batch)];
        let gone = if batch > 3 { vec![at(batch - 1, 2)] } else { vec![] };
        commit(&lake, &ledger, rows, gone, &format!("batch:{batch}")).await;
    }
    let before = lake.newest().await.expect("a number");
    let rows = all(&lake, &ledger, before).await;
    let digest = lake.digest(before).await.expect("a digest");
    let old = lake.files(before).await.expect("files");

    let done = compact(&lake, Which::AllSmall).await.expect("there was something to merge");
    assert_eq!((done.merged, done.rows, done.committed.files.len()), (6, 9, 1));
    assert_eq!(done.committed.snapshot, before + 1);
    assert_eq!(live_files(&lake).await, 1);
    assert_eq!(all(&lake, &ledger, before + 1).await, rows);
    assert_eq!(all(&lake, &ledger, before).await, rows);
    assert_eq!(lake.difference(&ledger, before, before + 1).await.expect("a difference"), Difference::default());
    let unchanged = lake.digest(before).await.expect("a digest");
    let totals = ["ducklake_table_stats", "ducklake_table_column_stats"];
    for (then, now) in digest.iter().zip(&unchanged).filter(|((table, _), _)| !totals.contains(&table.as_str())) {
        assert_eq!(then, now, "what the catalog says of the earlier state");
    }
    for path in old {
        lake.hash(&path).expect("the old file is still there");
    }
    assert_eq!(lake.hash(&done.committed.files[0].path).expect("a hash"), done.committed.files[0]);
    assert_eq!(compact(&lake, Which::AllSmall).await, None, "nothing is left to merge");

    // Rows of the merged file are found by key, and can go one by one.
    let one = RowFilter::Keys(vec![vec![Value::Text("B4".into())]]);
    assert_eq!(lake.rows(&ledger, before + 1, &one).await.expect("rows"), [row(4, 3, "B4", 4)]);
    let after = commit(&lake, &ledger, vec![], vec![at(4, 3)], "batch:7").await.snapshot;
    assert_eq!(all(&lake, &ledger, after).await.len(), rows.len() - 1);
}

#[tokio::test]
async fn a_crowd_is_merged_by_itself_and_fewer_files_are_not() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let crowd = i64::try_from(CROWD).expect("small");
    for batch in 1..=crowd {
        commit(&lake, &ledger(), vec![row(batch, 2, &batch.to_string(), 1)], vec![], "x").await;
    }
    assert!(!lake.is_crowded(&ledger(), Which::Crowds).await.expect("asked"));
    assert_eq!(compact(&lake, Which::Crowds).await, None);
    let last = commit(&lake, &ledger(), vec![row(crowd + 1, 2, "last", 1)], vec![], "x").await.snapshot;
    assert!(lake.is_crowded(&ledger(), Which::Crowds).await.expect("asked"));
    let done = compact(&lake, Which::Crowds).await.expect("merged");
    assert_eq!((done.merged, done.rows), (CROWD + 1, CROWD + 1));
    assert!(!lake.is_crowded(&ledger(), Which::Crowds).await.expect("asked"));
    assert_eq!(all(&lake, &ledger(), last).await, all(&lake, &ledger(), last + 1).await);
}

#[tokio::test]
async fn a_merge_that_the_store_does_not_know_is_undone_like_any_commit() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    for batch in 1..=3 {
        commit(&lake, &ledger(), vec![row(batch, 2, &batch.to_string(), 1)], vec![], "x").await;
    }
    let readable = lake.newest().await.expect("a number");
    let rows = all(&lake, &ledger(), readable).await;
    compact(&lake, Which::AllSmall).await.expect("merged");
    let unknown = lake.unknown_since(readable).await.expect("snapshots");
    assert_eq!(unknown.iter().map(|each| each.tag.as_deref()).collect::<Vec<_>>(), [Some("compact:test")]);
    let lease = lake.lease("test").await.expect("the lease");
    lake.undo_since(&lease, readable, "", "", "undo").await.expect("undone");
    assert_eq!(all(&lake, &ledger(), lake.newest().await.expect("a number")).await, rows);
    assert_eq!(live_files(&lake).await, 3);
}

#[tokio::test]
async fn a_column_that_came_later_is_empty_in_the_merged_rows_of_before() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let mut narrow = ledger();
    narrow.columns.truncate(3);
    let mut first = row(1, 2, "甲", 5);
    first.values.truncate(3);
    commit(&lake, &narrow, vec![first], vec![], "1").await;
    let last = commit(&lake, &ledger(), vec![row(2, 2, "乙", 6)], vec![], "2").await.snapshot;
    let rows = all(&lake, &ledger(), last).await;
    let done = compact(&lake, Which::AllSmall).await.expect("merged");
    assert_eq!(all(&lake, &ledger(), done.committed.snapshot).await, rows);
    assert_eq!(rows[0].values[3..], [Value::Null, Value::Null]);
}

#[tokio::test]
async fn an_altered_line_of_the_catalog_stays_found_after_later_commits() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let one = commit(&lake, &ledger(), vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await.snapshot;
    let known = lake.digest_after(0, &[], one).await.expect("a digest");
    let two = commit(&lake, &ledger(), vec![row(2, 2, "丙", 1)], vec![at(1, 2)], "2").await.snapshot;
    let gone_on = lake.digest_after(one, &known, two).await.expect("a digest");
    assert_eq!(gone_on, lake.digest(two).await.expect("a digest"), "link by link or at once");
    assert_eq!(lake.altered(two, &gone_on).await.expect("checked"), Vec::<String>::new());
    let alterations = [
        ("UPDATE ducklake_data_file SET record_count = 7 WHERE begin_snapshot = $1", "ducklake_data_file"),
        ("UPDATE ducklake_snapshot_changes SET author = '他人' WHERE snapshot_id = $1", "ducklake_snapshot_changes"),
        ("DELETE FROM ducklake_file_column_stats WHERE column_id = 1 AND $1 > 0", "ducklake_file_column_stats"),
        ("UPDATE ducklake_delete_file SET delete_count = 9 WHERE begin_snapshot > $1", "ducklake_delete_file"),
    ];
    for (alter, _) in alterations {
        let done = sea_orm::sqlx::query(alter).bind(one).execute(&lake.catalog).await.expect("altered");
        assert!(done.rows_affected() > 0, "{alter}");
    }
    let three = commit(&lake, &ledger(), vec![row(3, 2, "丁", 1)], vec![], "3").await.snapshot;
    let later = lake.digest_after(two, &gone_on, three).await.expect("a digest");
    let found = lake.altered(three, &later).await.expect("checked");
    for (_, table) in alterations {
        assert!(found.iter().any(|each| each == table), "{table} in {found:?}");
    }
}

#[tokio::test]
async fn hashes_that_an_earlier_release_took_are_still_compared() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let one = commit(&lake, &ledger(), vec![row(1, 2, "甲", 1)], vec![], "1").await.snapshot;
    // As the earlier release did it: every row of the table as it was then, in one hash.
    let names: Vec<String> =
        sea_orm::sqlx::query_scalar("SELECT name FROM pragma_table_info('ducklake_data_file') ORDER BY name")
            .fetch_all(&lake.catalog)
            .await
            .expect("columns");
    let rows = format!("SELECT json_array({}) FROM ducklake_data_file ORDER BY 1", names.join(", "));
    let rows: Vec<String> =
        sea_orm::sqlx::query_scalar(sea_orm::sqlx::AssertSqlSafe(rows)).fetch_all(&lake.catalog).await.expect("rows");
    let hash = hex::encode(<sm3::Sm3 as sm3::Digest>::digest(format!("{}\n", rows.join("\n"))));
    let known = vec![("ducklake_data_file".to_owned(), hash)];
    assert_eq!(lake.altered(one, &known).await.expect("checked"), Vec::<String>::new());
    sea_orm::sqlx::query("UPDATE ducklake_data_file SET record_count = 7").execute(&lake.catalog).await.expect("done");
    assert_eq!(lake.altered(one, &known).await.expect("checked"), ["ducklake_data_file"]);
}

/// One commit: keys to put (with their fen) and to take away; then perhaps the commit is reverted, or files are merged.
#[derive(Clone, Debug)]
struct Step {
    put: Vec<(u8, i64)>,
    take: Vec<u8>,
    revert: bool,
    merge: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let put = proptest::collection::vec((0..8_u8, 0..1_000_i64), 0..5);
    let take = proptest::collection::vec(0..8_u8, 0..3);
    let sometimes = proptest::bool::weighted(0.3);
    (put, take, sometimes, sometimes).prop_map(|(put, take, revert, merge)| Step { put, take, revert, merge })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_is_committed_withdrawn_and_merged_every_version_reads_as_before(
        steps in proptest::collection::vec(step(), 1..8)
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let home = tempfile::tempdir().expect("a folder");
            let lake = open(home.path()).await;
            let ledger = ledger();
            let mut model: BTreeMap<u8, LakeRow> = BTreeMap::new();
            let mut states = vec![(0, model.clone())];
            let (mut then, mut known) = (0, Vec::new());
            for (batch, step) in (1_i64..).zip(&steps) {
                let before = (lake.newest().await.expect("a number"), model.clone());
                let mut delete = Vec::new();
                let mut insert = BTreeMap::new();
                for key in &step.take {
                    delete.extend(model.remove(key).map(|row| row.at));
                }
                for (line, (key, fen)) in (2_i64..).zip(&step.put) {
                    delete.extend(model.remove(key).map(|row| row.at));
                    insert.insert(*key, row(batch, line, &key.to_string(), *fen));
                }
                model.extend(insert.clone());
                let after = commit(&lake, &ledger, insert.into_values().collect(), delete, "step").await.snapshot;
                states.push((after, model.clone()));
                if step.merge
                    && let Some(done) = compact(&lake, Which::AllSmall).await
                {
                    states.push((done.committed.snapshot, model.clone()));
                }
                if step.revert && after > before.0 {
                    // As a withdrawal does: in the catalog if it can be, row by row if files were merged since.
                    let lease = lake.lease("test").await.expect("the lease");
                    let way = lake.revert(&lease, &ledger, (before.0, after), ("", "", "back")).await.expect("asked");
                    drop(lease);
                    if way.is_none() {
                        let Difference { gone, came } = lake.difference(&ledger, before.0, after).await.expect("read");
                        commit(&lake, &ledger, gone, came.iter().map(|row| row.at).collect(), "back").await;
                    }
                    model = before.1;
                    states.push((lake.newest().await.expect("a number"), model.clone()));
                }
                let newest = lake.newest().await.expect("a number");
                known = lake.digest_after(then, &known, newest).await.expect("a digest");
                then = newest;
            }
            for (snapshot, model) in states {
                let mut expected: Vec<_> = model.into_values().collect();
                expected.sort_by_key(|row| row.at);
                assert_eq!(all(&lake, &ledger, snapshot).await, expected, "at {snapshot}");
            }
            assert_eq!(lake.altered(then, &known).await.expect("checked"), Vec::<String>::new());
        });
    }
}
