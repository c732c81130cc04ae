//! Pages of rows, and what changed between two snapshots.

use super::*;

async fn changes(lake: &Lake, from: i64, to: i64, after: Option<RowRef>, limit: usize) -> Vec<String> {
    let ask = ChangeAsk { kind: None, after, limit };
    let found = lake.changes(&ledger(), from, to, &ask).await.expect("changes");
    let say = |row: &LakeRow| format!("{}/{} {}={}", row.at.batch, row.at.row, row.values[0], row.values[2]);
    found
        .iter()
        .map(|change| {
            let (old, new) = (change.old.as_ref().map(say), change.new.as_ref().map(say));
            format!("{:?} {} -> {}", change.kind, old.unwrap_or_default(), new.unwrap_or_default())
        })
        .collect()
}

#[tokio::test]
async fn what_changed_is_told_by_key_and_counts_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = open(folder.path()).await;
    let rows = vec![row(1, 2, "A", 100), row(1, 3, "B", 200), row(1, 4, "C", 300)];
    let first = commit(&lake, &ledger(), rows, vec![], "batch:1").await.snapshot;
    let rows = vec![row(2, 2, "B", 250), row(2, 3, "D", 400)];
    let second = commit(&lake, &ledger(), rows, vec![at(1, 3), at(1, 4)], "batch:2").await.snapshot;
    let told = ["Removed 1/4 C=3.00 -> ", "Changed 1/3 B=2.00 -> 2/2 B=2.50", "Added  -> 2/3 D=4.00"];
    assert_eq!(changes(&lake, first, second, None, 10).await, told);
    let counts = lake.change_counts(&ledger(), first, second).await.expect("counts");
    assert_eq!(counts, ChangeCounts { added: 1, removed: 1, changed: 1 });
    // Page by page it is the same.
    assert_eq!(changes(&lake, first, second, None, 2).await, told[..2]);
    assert_eq!(changes(&lake, first, second, Some(at(2, 2)), 2).await, told[2..]);
    assert_eq!(changes(&lake, first, first, None, 10).await, [""; 0]);
    // Backwards it is the other way round.
    let back = lake.change_counts(&ledger(), second, first).await.expect("counts");
    assert_eq!(back, ChangeCounts { added: 1, removed: 1, changed: 1 });
}

#[tokio::test]
async fn a_row_that_came_again_as_it_was_has_not_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = open(folder.path()).await;
    let first = commit(&lake, &ledger(), vec![row(1, 2, "A", 100)], vec![], "batch:1").await.snapshot;
    commit(&lake, &ledger(), vec![], vec![at(1, 2)], "withdraw:1").await;
    let again = commit(&lake, &ledger(), vec![row(2, 9, "A", 100)], vec![], "batch:2").await.snapshot;
    assert_eq!(changes(&lake, first, again, None, 10).await, [""; 0]);
}

#[tokio::test]
async fn rows_without_a_key_come_and_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = open(folder.path()).await;
    let ledger = Ledger { key: vec![], ..ledger() };
    let first = commit(&lake, &ledger, vec![row(1, 2, "A", 100)], vec![], "batch:1").await.snapshot;
    let second = commit(&lake, &ledger, vec![row(2, 2, "A", 200)], vec![at(1, 2)], "batch:2").await.snapshot;
    let counts = lake.change_counts(&ledger, first, second).await.expect("counts");
    assert_eq!(counts, ChangeCounts { added: 1, removed: 1, changed: 0 });
}

#[tokio::test]
async fn pages_put_together_are_the_ledger_and_a_key_is_found_by_its_beginning() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = open(folder.path()).await;
    let rows = (1..=25).map(|line| row(1, line, &format!("BT-{line:02}"), line * 100)).collect();
    let first = commit(&lake, &ledger(), rows, vec![], "batch:1").await.snapshot;
    let second = commit(&lake, &ledger(), vec![row(2, 1, "CX-01", 5)], vec![], "batch:2").await.snapshot;
    let mut read: Vec<LakeRow> = Vec::new();
    loop {
        let ask = PageAsk { after: read.last().map(|row| row.at), limit: 7, ..PageAsk::default() };
        let page = lake.page(&ledger(), second, &ask).await.expect("a page");
        if page.is_empty() {
            break;
        }
        assert!(page.len() <= 7);
        read.extend(page);
    }
    assert_eq!(read, all(&lake, &ledger(), second).await);
    let ask = PageAsk { text: Some("BT-2".into()), limit: 100, ..PageAsk::default() };
    assert_eq!(lake.page(&ledger(), first, &ask).await.expect("a page").len(), 6);
    assert_eq!(lake.count(&ledger(), first, &ask).await.expect("a count"), 6);
    let ask = PageAsk { batch: Some(BatchNo(2)), limit: 100, ..PageAsk::default() };
    assert_eq!(lake.page(&ledger(), second, &ask).await.expect("a page").len(), 1);
    assert_eq!(lake.page(&ledger(), first, &ask).await.expect("a page").len(), 0);
}

#[tokio::test]
async fn whose_rows_stand_and_who_came_in_their_place_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = open(folder.path()).await;
    let rows = vec![row(1, 2, "A", 100), row(1, 3, "B", 200)];
    let first = commit(&lake, &ledger(), rows, vec![], "batch:1").await.snapshot;
    let second = commit(&lake, &ledger(), vec![row(2, 2, "B", 250)], vec![at(1, 3)], "batch:2").await.snapshot;
    let standing = lake.standing(&ledger(), second, &[BatchNo(1), BatchNo(2), BatchNo(3)]).await.expect("counts");
    assert_eq!(standing.into_iter().collect::<Vec<_>>(), [(BatchNo(1), 1), (BatchNo(2), 1)]);
    let successor = lake.successor(&ledger(), BatchNo(1), first, second).await.expect("looked");
    assert_eq!(successor, Some(BatchNo(2)));
    assert_eq!(lake.successor(&ledger(), BatchNo(2), second, second).await.expect("looked"), None);
}
