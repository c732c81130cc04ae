use futures::StreamExt;

use super::*;

#[tokio::test]
async fn a_ledger_that_was_never_written_is_empty_and_has_its_columns() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let table = lake.table(&ledger(), 0).await.expect("a table");
    assert_eq!(table.schema(), arrow::schema_of(&ledger()));
    assert_eq!(all(&lake, &ledger(), lake.newest().await.expect("a number")).await, []);
}

#[tokio::test]
async fn rows_come_back_as_they_went_in_and_every_earlier_state_stays() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let first = vec![row(1, 2, "甲", 100), row(1, 3, "乙", 201), row(1, 4, "丙", 302)];
    let one = commit(&lake, &ledger, first.clone(), vec![], "1").await;
    let two = commit(&lake, &ledger, vec![row(2, 2, "乙", 999)], vec![at(1, 3)], "2").await;
    assert!(two.snapshot > one.snapshot);
    assert_eq!(all(&lake, &ledger, 0).await, []);
    assert_eq!(all(&lake, &ledger, one.snapshot).await, first);
    let now = vec![row(1, 2, "甲", 100), row(1, 4, "丙", 302), row(2, 2, "乙", 999)];
    assert_eq!(all(&lake, &ledger, two.snapshot).await, now);
    // A second deletion in the same file adds to the first one.
    let three = commit(&lake, &ledger, vec![], vec![at(1, 2)], "3").await;
    assert_eq!(all(&lake, &ledger, three.snapshot).await, now[1..]);
    assert_eq!(all(&lake, &ledger, two.snapshot).await, now);
}

#[tokio::test]
async fn rows_are_found_by_batch_by_place_and_by_key() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await;
    let at_last = commit(&lake, &ledger, vec![row(2, 2, "丙", 3)], vec![], "2").await.snapshot;
    let found = async |which| lake.rows(&ledger, at_last, &which).await.expect("rows");
    assert_eq!(found(RowFilter::Batch(BatchNo(1))).await, [row(1, 2, "甲", 1), row(1, 3, "乙", 2)]);
    assert_eq!(
        found(RowFilter::Refs(vec![at(2, 2), at(1, 3), at(9, 9)])).await,
        [row(1, 3, "乙", 2), row(2, 2, "丙", 3)]
    );
    let keys = ["丙", "甲", "丁"].map(|key| vec![Value::Text(key.into())]).to_vec();
    assert_eq!(found(RowFilter::Keys(keys)).await, [row(1, 2, "甲", 1), row(2, 2, "丙", 3)]);
    assert_eq!(found(RowFilter::Keys(vec![])).await, []);
}

#[tokio::test]
async fn the_difference_of_two_snapshots_is_what_went_and_what_came() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let one = commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await.snapshot;
    let two = commit(&lake, &ledger, vec![row(2, 2, "乙", 5)], vec![at(1, 3)], "2").await.snapshot;
    let between = async |from, to| lake.difference(&ledger, from, to).await.expect("a difference");
    assert_eq!(between(one, two).await, Difference { gone: vec![row(1, 3, "乙", 2)], came: vec![row(2, 2, "乙", 5)] });
    assert_eq!(between(two, two).await, Difference::default());
    assert_eq!(between(0, one).await.came.len(), 2);
}

#[tokio::test]
async fn a_snapshot_that_the_store_does_not_know_is_named_and_undone_and_history_keeps_it() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let readable =
        commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "batch-1").await.snapshot;
    let before = all(&lake, &ledger, readable).await;
    let unknown = commit(&lake, &ledger, vec![row(2, 2, "乙", 5), row(2, 3, "丙", 6)], vec![at(1, 3)], "batch-2").await;
    let mut other = ledger.clone();
    other.name = "certificate".into();
    commit(&lake, &other, vec![row(3, 2, "丁", 5)], vec![], "batch-3").await;

    let named = lake.unknown_since(readable).await.expect("snapshots");
    let tags: Vec<_> = named.iter().map(|each| each.tag.as_deref()).collect();
    assert_eq!(tags, [Some("batch-2"), Some("batch-3")]);
    assert_eq!(named[0].author.as_deref(), Some("经办人"));

    let lease = lake.lease("recovery").await.expect("the lease");
    let undone = lake.undo_since(&lease, readable, "系统", "撤销", "undo").await.expect("undone").expect("a commit");
    assert_eq!(all(&lake, &ledger, undone.snapshot).await, before);
    assert_eq!(all(&lake, &other, undone.snapshot).await, []);
    assert_eq!(all(&lake, &ledger, unknown.snapshot).await.len(), 3);
    let again = lake.undo_since(&lease, readable, "系统", "撤销", "undo").await.expect("nothing");
    assert_eq!(again, None);
}

#[tokio::test]
async fn rows_that_are_not_there_cannot_be_taken_away() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let one = commit(&lake, &ledger, vec![row(1, 2, "甲", 1)], vec![], "1").await.snapshot;
    let lease = lake.lease("test").await.expect("the lease");
    let change = Change {
        ledger: &ledger,
        insert: vec![row(2, 2, "乙", 2)],
        delete: vec![at(1, 2), at(1, 3)],
        author: String::new(),
        message: String::new(),
        tag: String::new(),
    };
    let refused = lake.commit(&lease, change).await;
    assert!(matches!(refused, Err(LakeError::RowsMissing { wanted: 2, found: 1, .. })), "{refused:?}");
    assert_eq!(lake.newest().await.expect("a number"), one);
    assert_eq!(all(&lake, &ledger, one).await, [row(1, 2, "甲", 1)]);
}

#[tokio::test]
async fn the_second_writer_waits_and_is_told_who_holds_the_lake() {
    let home = tempfile::tempdir().expect("a folder");
    let (one, two) = (open(home.path()).await, open(home.path()).await);
    let held = one.lease("王某导入发证台账").await.expect("the lease");
    let refused = two.lease("李某").await.expect_err("held");
    let LakeError::Held { holder, .. } = &refused else { panic!("{refused}") };
    assert!(holder.contains("王某导入发证台账"), "{holder}");
    drop(held);
    two.lease("李某").await.expect("the lease is free again");
}

#[tokio::test]
async fn a_copied_folder_reads_its_own_files_when_the_original_is_gone() {
    let home = tempfile::tempdir().expect("a folder");
    let (original, copy) = (home.path().join("原 件 100%"), home.path().join("副本?#~"));
    let ledger = ledger();
    let lake = open(&original).await;
    let snapshot = commit(&lake, &ledger, vec![row(1, 2, "甲", 1)], vec![], "1").await.snapshot;
    lake.copy_to(&copy).await.expect("a copy");
    drop(lake);
    std::fs::remove_dir_all(&original).expect("removed");
    let lake = open(&copy).await;
    assert_eq!(all(&lake, &ledger, snapshot).await, [row(1, 2, "甲", 1)]);
    let more = commit(&lake, &ledger, vec![row(2, 2, "乙", 2)], vec![], "2").await;
    assert!(!original.exists());
    assert_eq!(all(&lake, &ledger, more.snapshot).await.len(), 2);
}

#[tokio::test]
async fn what_a_killed_writer_left_is_cleared_before_the_next_one_makes_it_visible() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    commit(&lake, &ledger, vec![row(1, 2, "甲", 1)], vec![], "1").await;
    // As after a kill between staging and commit: a file that nothing names, and a table that was only announced.
    let stray = lake.files_dir().join("vocational_training/training_subsidy/stray.parquet");
    std::fs::write(&stray, b"half").expect("written");
    let mut other = ledger.clone();
    other.name = "certificate".into();
    let columns = [datafusion_ducklake::ColumnDef::new("grant_no", "varchar", true).expect("a column")];
    let mode = datafusion_ducklake::WriteMode::Append;
    lake.writer.begin_write_transaction("vocational_training", "certificate", &columns, mode).expect("announced");

    let next = commit(&lake, &ledger, vec![row(2, 2, "乙", 2)], vec![], "2").await;
    assert!(!stray.exists());
    assert_eq!(next.files.len(), 1);
    let made = commit(&lake, &other, vec![row(3, 2, "丙", 3)], vec![], "3").await.snapshot;
    assert_eq!(all(&lake, &other, next.snapshot).await, []);
    assert_eq!(all(&lake, &other, made).await, [row(3, 2, "丙", 3)]);
}

#[tokio::test]
async fn a_column_that_the_pack_adds_is_null_before_and_one_it_drops_is_not_lost() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let old = ledger();
    commit(&lake, &old, vec![row(1, 2, "甲", 100)], vec![], "1").await;
    let mut new = old.clone();
    new.columns.remove(1);
    new.columns.push(Column { name: "org".into(), ..Column::default() });
    let mut fresh = row(2, 2, "乙", 300);
    fresh.values.remove(1);
    fresh.values.push(Value::Text("某校".into()));
    let at_last = commit(&lake, &new, vec![fresh.clone()], vec![], "2").await.snapshot;
    let mut before = row(1, 2, "甲", 100);
    let times = before.values.remove(1);
    before.values.push(Value::Null);
    assert_eq!(all(&lake, &new, at_last).await, [before, fresh]);
    assert_eq!(all(&lake, &old, at_last).await[0].values[1], times);
    let mut changed = old.clone();
    changed.columns[1].kind = ColumnKind::Text;
    let refused = lake.table(&changed, at_last).await;
    assert!(matches!(refused, Err(LakeError::ColumnChanged { .. })));
}

#[tokio::test]
async fn the_digest_of_a_snapshot_stays_and_any_change_of_the_catalog_shows() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let one = commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await.snapshot;
    let then = lake.digest(one).await.expect("a digest");
    commit(&lake, &ledger, vec![row(2, 2, "丙", 3)], vec![at(1, 2)], "2").await;
    let later = lake.digest(one).await.expect("a digest");
    let of_then = |digest: &[(String, String)]| -> Vec<(String, String)> {
        // Totals of tables are kept for the newest snapshot only.
        digest.iter().filter(|(table, _)| !table.starts_with("ducklake_table_")).cloned().collect()
    };
    assert_eq!(of_then(&then), of_then(&later));
    sea_orm::sqlx::query("UPDATE ducklake_data_file SET path = 'other.parquet' WHERE begin_snapshot = $1")
        .bind(one)
        .execute(&lake.catalog)
        .await
        .expect("altered");
    let altered = lake.digest(one).await.expect("a digest");
    let named: Vec<_> = altered.iter().filter(|each| !later.contains(each)).map(|(table, _)| table.as_str()).collect();
    assert_eq!(named, ["ducklake_data_file"]);
}

#[tokio::test]
async fn a_commit_names_the_files_it_added_with_their_hashes() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let one = commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await;
    let two = commit(&lake, &ledger, vec![row(2, 2, "乙", 3)], vec![at(1, 3)], "2").await;
    assert_eq!((one.files.len(), two.files.len()), (1, 2));
    let mut named: Vec<_> = one.files.iter().chain(&two.files).map(|file| file.path.clone()).collect();
    named.sort();
    assert_eq!(lake.files(two.snapshot).await.expect("files"), named);
    assert_eq!(lake.hash(&one.files[0].path).expect("a hash"), one.files[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_are_not_disturbed_by_a_writer() {
    read_while_writing().await;
}

/// The crate's catalog calls park their thread; with tokio's budget this would never end.
#[tokio::test]
async fn readers_and_a_writer_on_one_thread_come_to_an_end() {
    read_while_writing().await;
}

async fn read_while_writing() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let many: Vec<_> = (0..3_000).map(|n| row(1, n + 2, &format!("{n:05}"), n)).collect();
    let one = commit(&lake, &ledger, many, vec![], "1").await.snapshot;
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (lake, ledger) = (lake.clone(), ledger.clone());
        readers.spawn(async move {
            for _ in 0..10 {
                assert_eq!(all(&lake, &ledger, one).await.len(), 3_000);
            }
        });
    }
    for n in 0..5 {
        commit(&lake, &ledger, vec![row(n + 2, 2, &format!("x{n}"), n)], vec![at(1, n + 2)], "x").await;
    }
    readers.join_all().await;
}

#[tokio::test]
async fn a_file_of_which_nothing_is_left_ends_and_comes_back_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let old = vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2), row(1, 4, "丙", 3)];
    let one = commit(&lake, &ledger, old.clone(), vec![], "1").await.snapshot;
    let less = commit(&lake, &ledger, vec![], vec![at(1, 3)], "2").await.snapshot;
    let two = commit(&lake, &ledger, vec![row(3, 2, "甲", 9)], vec![at(1, 2), at(1, 4)], "3").await;
    assert_eq!(two.files.len(), 1, "no list of deletions where the whole file goes");
    assert_eq!(all(&lake, &ledger, two.snapshot).await, [row(3, 2, "甲", 9)]);

    let lease = lake.lease("test").await.expect("the lease");
    let back = lake.revert(&lease, &ledger, (less, two.snapshot), ("", "", "back")).await.expect("reverted");
    let back = back.expect("nobody touched it").snapshot;
    assert_eq!(all(&lake, &ledger, back).await, [old[0].clone(), old[2].clone()]);
    assert_eq!(all(&lake, &ledger, two.snapshot).await, [row(3, 2, "甲", 9)]);
    assert_eq!(all(&lake, &ledger, one).await, old);
    drop(lease);
    let gone = commit(&lake, &ledger, vec![], vec![at(1, 2), at(1, 4)], "4").await.snapshot;
    assert_eq!(all(&lake, &ledger, gone).await, []);
    let again = commit(&lake, &ledger, vec![row(5, 2, "丁", 4)], vec![], "5").await.snapshot;
    assert_eq!(all(&lake, &ledger, again).await, [row(5, 2, "丁", 4)]);
}

#[tokio::test]
async fn a_commit_whose_rows_a_later_one_took_is_not_reverted_blindly() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let one = commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await.snapshot;
    let two = commit(&lake, &ledger, vec![row(2, 2, "丙", 3), row(2, 3, "甲", 5)], vec![at(1, 2)], "2").await.snapshot;
    let other = commit(&lake, &ledger, vec![row(3, 2, "丁", 4)], vec![], "3").await.snapshot;
    let took = commit(&lake, &ledger, vec![], vec![at(2, 2)], "4").await.snapshot;
    let lease = lake.lease("test").await.expect("the lease");
    assert_eq!(lake.revert(&lease, &ledger, (one, two), ("", "", "")).await.expect("asked"), None);
    assert_eq!(lake.newest().await.expect("a number"), took);
    let back = lake.revert(&lease, &ledger, (two, other), ("", "", "")).await.expect("asked").expect("untouched");
    assert_eq!(all(&lake, &ledger, back.snapshot).await, [row(1, 3, "乙", 2), row(2, 3, "甲", 5)]);
}

#[tokio::test]
async fn files_written_by_hand_are_one_snapshot_and_hold_what_was_written() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let lease = lake.lease("test").await.expect("the lease");
    let staging = lake.staging(&lease, &ledger, "经办人", "batch-1").await.expect("begun");
    let rows: Vec<_> = (0..3_000).map(|n| row(1, n + 2, &format!("{n:05}"), n)).collect();
    let mut files = Vec::new();
    for part in rows.chunks(1_000) {
        let batch = arrow::batch_of(&ledger, part).expect("a batch");
        let lines: Vec<u32> = part.iter().map(|row| u32::try_from(row.at.row).expect("small")).collect();
        let batch = staging.batch(&batch.columns()[..5], BatchNo(1), &lines).expect("a batch");
        files.push(staging.file(&batch).expect("a file").finish(&staging).expect("whole"));
    }
    assert_eq!(all(&lake, &ledger, lake.newest().await.expect("a number")).await, []);
    let before = lake.newest().await.expect("a number");
    let delete = RowSet::default();
    let landing =
        Landing { staging: &staging, files, delete: &delete, author: "经办人", message: "导入", tag: "batch-1" };
    let made = lake.land(&lease, landing).await.expect("landed");
    assert_eq!((made.snapshot, made.files.len()), (before + 1, 3));
    for file in &made.files {
        assert_eq!(lake.hash(&file.path).expect("a hash"), *file);
    }
    assert_eq!(all(&lake, &ledger, made.snapshot).await, rows);
    let one = RowFilter::Keys(vec![vec![Value::Text("02999".into())]]);
    assert_eq!(lake.rows(&ledger, made.snapshot, &one).await.expect("rows"), [rows[2_999].clone()]);
}

#[tokio::test]
async fn the_places_of_rows_that_came_and_went_are_those_of_the_rows() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let rows: Vec<_> = (0..50).map(|n| row(1, n + 2, &format!("{n:02}"), n)).collect();
    let one = commit(&lake, &ledger, rows, vec![], "1").await.snapshot;
    let two = commit(&lake, &ledger, vec![row(2, 2, "03", 9)], vec![at(1, 5)], "2").await.snapshot;
    let three = commit(&lake, &ledger, vec![], vec![at(1, 6), at(2, 2)], "3").await.snapshot;
    for (from, to) in [(0, one), (one, two), (two, three), (one, three), (two, two)] {
        let difference = lake.difference(&ledger, from, to).await.expect("a difference");
        let places = |rows: &[LakeRow]| rows.iter().map(|row| row.at).collect::<RowSet>();
        let span = lake.span(&ledger, from, to).await.expect("a span");
        assert_eq!((span.came, span.gone), (places(&difference.came), places(&difference.gone)), "{from}–{to}");
    }
    let some: RowSet = [at(1, 7), at(1, 9), at(2, 2)].into_iter().collect();
    let batches: Vec<_> = lake.some_columns(&ledger, two, &["grant_no"], &some).await.expect("read").collect().await;
    let found: usize = batches.into_iter().map(|batch| batch.expect("read").num_rows()).sum();
    assert_eq!(found, 3);
}

#[tokio::test]
async fn a_commit_is_reverted_though_a_later_one_was_reverted_before() {
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let one = commit(&lake, &ledger, vec![row(1, 2, "甲", 1), row(1, 3, "乙", 2)], vec![], "1").await.snapshot;
    let two = commit(&lake, &ledger, vec![row(2, 2, "甲", 5)], vec![at(1, 2)], "2").await.snapshot;
    let three = commit(&lake, &ledger, vec![row(3, 2, "乙", 6)], vec![at(1, 3)], "3").await.snapshot;
    let lease = lake.lease("test").await.expect("the lease");
    let revert = async |span| lake.revert(&lease, &ledger, span, ("", "", "")).await.expect("asked");
    assert_eq!(revert((one, two)).await, None, "the third commit ended what the second had left of the file");
    let back = revert((two, three)).await.expect("untouched").snapshot;
    assert_eq!(all(&lake, &ledger, back).await, [row(1, 3, "乙", 2), row(2, 2, "甲", 5)]);
    let back = revert((one, two)).await.expect("as it left it").snapshot;
    assert_eq!(all(&lake, &ledger, back).await, [row(1, 2, "甲", 1), row(1, 3, "乙", 2)]);
    let back = revert((0, one)).await.expect("as it left it").snapshot;
    assert_eq!(all(&lake, &ledger, back).await, []);
    assert_eq!(all(&lake, &ledger, three).await, [row(2, 2, "甲", 5), row(3, 2, "乙", 6)]);
}
