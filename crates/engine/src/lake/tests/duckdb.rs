//! The lake is an open format: DuckDB reads it without us.

use std::process::Command;

use super::*;

const PYTHON: &str = "MINGCHA_TEST_DUCKDB_PYTHON";

#[tokio::test]
async fn duckdb_reads_the_same_rows_a_withdrawal_and_an_earlier_version() {
    let python = std::env::var(PYTHON).unwrap_or_else(|_| {
        panic!("{PYTHON} must name a Python with duckdb and its ducklake and sqlite extensions; ./test sets it up")
    });
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let first = vec![row(1, 2, "甲", 100), row(1, 3, "乙", 201)];
    let one = commit(&lake, &ledger, first, vec![], "batch-1").await.snapshot;
    commit(&lake, &ledger, vec![row(2, 2, "乙", 999)], vec![at(1, 3)], "batch-2").await;
    // The withdrawal: the second batch goes, what it superseded comes back.
    let three = commit(&lake, &ledger, vec![row(1, 3, "乙", 201)], vec![at(2, 2)], "withdraw-2").await.snapshot;

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/duckdb_reads_the_lake.py");
    let output = Command::new(python)
        .args([script, home.path().to_str().expect("a path")])
        .args([one + 1, three].map(|snapshot| snapshot.to_string()))
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let expected = [
        format!(
            r#"{} [["甲", 2, "1.00", "2023-11-05", true, 1, 2], ["乙", 5, "9.99", "2023-11-05", null, 2, 2]]"#,
            one + 1
        ),
        format!(
            r#"{three} [["甲", 2, "1.00", "2023-11-05", true, 1, 2], ["乙", 5, "2.01", "2023-11-05", null, 1, 3]]"#
        ),
        r#"tags [["经办人", "batch-1"], ["经办人", "batch-2"], ["经办人", "withdraw-2"]]"#.to_owned(),
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn duckdb_reads_merged_files_withdrawals_after_them_and_versions_before_them() {
    let python =
        std::env::var(PYTHON).unwrap_or_else(|_| panic!("{PYTHON} must name a Python with duckdb; ./test sets it up"));
    let home = tempfile::tempdir().expect("a folder");
    let lake = open(home.path()).await;
    let ledger = ledger();
    let first = vec![row(1, 2, "甲", 100), row(1, 3, "乙", 201)];
    commit(&lake, &ledger, first, vec![], "batch-1").await;
    let two = commit(&lake, &ledger, vec![row(2, 2, "乙", 999)], vec![at(1, 3)], "batch-2").await.snapshot;
    let lease = lake.lease("test").await.expect("the lease");
    let merged = lake.compact(&lease, &ledger, Which::AllSmall, ("经办人", "合并", "compact")).await.expect("merged");
    let merged = merged.expect("two files were there").committed.snapshot;
    drop(lease);
    let last = commit(&lake, &ledger, vec![row(1, 3, "乙", 201)], vec![at(2, 2)], "withdraw-2").await.snapshot;

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/duckdb_reads_the_lake.py");
    let output = Command::new(python)
        .args([script, home.path().to_str().expect("a path")])
        .args([two, merged, last].map(|snapshot| snapshot.to_string()))
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let superseded = r#"[["甲", 2, "1.00", "2023-11-05", true, 1, 2], ["乙", 5, "9.99", "2023-11-05", null, 2, 2]]"#;
    let withdrawn = r#"[["甲", 2, "1.00", "2023-11-05", true, 1, 2], ["乙", 5, "2.01", "2023-11-05", null, 1, 3]]"#;
    let tags =
        r#"tags [["经办人", "batch-1"], ["经办人", "batch-2"], ["经办人", "compact"], ["经办人", "withdraw-2"]]"#;
    let expected = [
        format!("{two} {superseded}"),
        format!("{merged} {superseded}"),
        format!("{last} {withdrawn}"),
        tags.to_owned(),
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}
