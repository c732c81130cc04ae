//! The way back, in the catalog alone: files that came are ended, files and lists of deletions that went are named again.
//! No row is read or written, so that ten million rows go back as quickly as ten.
//!
//! A file that is named again has two lines in the catalog, with lives that do not overlap; every earlier state still
//! reads as it did.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sqlx::{self, Row, Sqlite, Transaction};
use tokio::task::coop::unconstrained;

use super::commit::Committed;
use super::{Lake, LakeError, Lease};

/// Author, message and tag of a snapshot.
pub(super) type About<'a> = (&'a str, &'a str, &'a str);

type Tx<'a> = Transaction<'a, Sqlite>;

impl Lake {
    /// Brings every table back to how it was at `snapshot`. `None` when nothing was changed since.
    pub async fn undo_since(
        &self,
        _lease: &Lease,
        snapshot: i64,
        author: &str,
        message: &str,
        tag: &str,
    ) -> Result<Option<Committed>, LakeError> {
        unconstrained(async {
            let mut tx = self.catalog.begin_with("BEGIN IMMEDIATE").await?;
            let tables: Vec<i64> = sqlx::query_scalar(
                "SELECT table_id FROM ducklake_data_file WHERE begin_snapshot > $1 OR end_snapshot > $1
                 UNION SELECT table_id FROM ducklake_delete_file WHERE begin_snapshot > $1 OR end_snapshot > $1
                 ORDER BY 1",
            )
            .bind(snapshot)
            .fetch_all(&mut *tx)
            .await?;
            let mut made = None;
            for table in tables {
                let step = Step::taken(&mut tx, table, (snapshot, i64::MAX - 1)).await?;
                if step.changed.is_empty() {
                    continue;
                }
                let now = match made {
                    Some(now) => now,
                    None => new_snapshot(&mut tx, table, (author, message, tag)).await?,
                };
                made = Some(now);
                step.bring_back(&mut tx, now).await?;
            }
            tx.commit().await?;
            Ok(made.map(|snapshot| Committed { snapshot, files: Vec::new() }))
        })
        .await
    }

    /// Undoes what one commit did to a ledger, between two snapshots. `None` when a later commit changed one of the files
    /// that are in question: then the rows have to be looked at.
    pub async fn revert(
        &self,
        _lease: &Lease,
        ledger: &mingcha_pack::Ledger,
        (from, to): (i64, i64),
        about: About<'_>,
    ) -> Result<Option<Committed>, LakeError> {
        unconstrained(async {
            let mut tx = self.catalog.begin_with("BEGIN IMMEDIATE").await?;
            let table: Option<i64> = sqlx::query_scalar(
                "SELECT t.table_id FROM ducklake_table t JOIN ducklake_schema s ON s.schema_id = t.schema_id
                 WHERE s.schema_name = $1 AND t.table_name = $2 AND t.end_snapshot IS NULL AND s.end_snapshot IS NULL",
            )
            .bind(&ledger.pack)
            .bind(&ledger.name)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(table) = table else { return Ok(None) };
            let step = Step::taken(&mut tx, table, (from, to)).await?;
            if !step.is_untouched() {
                return Ok(None);
            }
            let now = new_snapshot(&mut tx, table, about).await?;
            step.bring_back(&mut tx, now).await?;
            tx.commit().await?;
            Ok(Some(Committed { snapshot: now, files: Vec::new() }))
        })
        .await
    }
}

/// A file that is live, and its list of deletions.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Live {
    file: i64,
    list: Option<(String, i64)>,
}

impl Live {
    fn list_path(&self) -> Option<&str> {
        self.list.as_ref().map(|(path, _)| path.as_str())
    }
}

/// By path: the files of a table at one moment. A file that was named again is the same file.
type State = BTreeMap<String, Live>;

/// A file that was touched between two moments: as it was, as it was left, and as it is now.
struct ChangedFile {
    then: Option<Live>,
    after: Option<Live>,
    now: Option<Live>,
}

/// What happened to a table between two snapshots.
struct Step {
    table: i64,
    changed: Vec<ChangedFile>,
}

impl Step {
    async fn taken(tx: &mut Tx<'_>, table: i64, (from, to): (i64, i64)) -> Result<Self, LakeError> {
        let (mut then, mut after) = (state(tx, table, from).await?, state(tx, table, to).await?);
        let mut now = state(tx, table, i64::MAX - 1).await?;
        let paths: BTreeSet<String> = then.keys().chain(after.keys()).cloned().collect();
        let mut changed = Vec::new();
        for path in paths {
            let (then, after) = (then.remove(&path), after.remove(&path));
            if !is_same(then.as_ref(), after.as_ref()) {
                changed.push(ChangedFile { then, after, now: now.remove(&path) });
            }
        }
        Ok(Self { table, changed })
    }

    /// Whether every file that it touched is now as it left it.
    fn is_untouched(&self) -> bool {
        self.changed.iter().all(|file| is_same(file.after.as_ref(), file.now.as_ref()))
    }

    /// Undoes it in snapshot `at`.
    async fn bring_back(&self, tx: &mut Tx<'_>, at: i64) -> Result<(), LakeError> {
        for ChangedFile { then, now, .. } in &self.changed {
            match (then, now) {
                (None, Some(now)) => end_file(tx, now.file, at).await?,
                (Some(then), None) => {
                    let again = name_file_again(tx, then.file, at).await?;
                    if let Some((_, list)) = then.list {
                        name_list_again(tx, list, again, at).await?;
                    }
                }
                (Some(then), Some(now)) if then.list_path() != now.list_path() => {
                    if let Some((_, list)) = now.list {
                        sqlx::query("UPDATE ducklake_delete_file SET end_snapshot = $2 WHERE delete_file_id = $1")
                            .bind(list)
                            .bind(at)
                            .execute(&mut **tx)
                            .await?;
                    }
                    if let Some((_, list)) = then.list {
                        name_list_again(tx, list, now.file, at).await?;
                    }
                }
                _ => {}
            }
        }
        restate(tx, self.table).await
    }
}

fn is_same(one: Option<&Live>, other: Option<&Live>) -> bool {
    one.map(Live::list_path) == other.map(Live::list_path)
}

/// The files of a table that a snapshot reads.
async fn state(tx: &mut Tx<'_>, table: i64, snapshot: i64) -> Result<State, LakeError> {
    let rows = sqlx::query(
        "SELECT f.path, f.data_file_id, d.path, d.delete_file_id
         FROM ducklake_data_file f LEFT JOIN ducklake_delete_file d ON d.data_file_id = f.data_file_id
           AND d.begin_snapshot <= $2 AND (d.end_snapshot IS NULL OR d.end_snapshot > $2)
         WHERE f.table_id = $1 AND f.begin_snapshot <= $2 AND (f.end_snapshot IS NULL OR f.end_snapshot > $2)",
    )
    .bind(table)
    .bind(snapshot)
    .fetch_all(&mut **tx)
    .await?;
    let mut state = State::new();
    for row in rows {
        let list: Option<String> = row.try_get(2)?;
        let list = match list {
            Some(path) => Some((path, row.try_get(3)?)),
            None => None,
        };
        state.insert(row.try_get(0)?, Live { file: row.try_get(1)?, list });
    }
    Ok(state)
}

/// Copies a line of the catalog, its life to begin now.
async fn copy_line(tx: &mut Tx<'_>, table: &str, key: &str, id: i64, with: &[(&str, i64)]) -> Result<i64, LakeError> {
    let columns: Vec<String> =
        sqlx::query_scalar("SELECT name FROM pragma_table_info($1)").bind(table).fetch_all(&mut **tx).await?;
    let names: Vec<&str> = columns.iter().map(String::as_str).filter(|name| *name != key).collect();
    let values: Vec<String> = names
        .iter()
        .map(|name| match with.iter().find(|(column, _)| column == name) {
            Some((_, value)) => value.to_string(),
            None if *name == "end_snapshot" => "NULL".to_owned(),
            None => (*name).to_owned(),
        })
        .collect();
    let copy = format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {key} = $1 RETURNING {key}",
        names.join(", "),
        values.join(", ")
    );
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(copy)).bind(id).fetch_one(&mut **tx).await?)
}

async fn name_list_again(tx: &mut Tx<'_>, list: i64, file: i64, now: i64) -> Result<(), LakeError> {
    let with = [("begin_snapshot", now), ("data_file_id", file)];
    copy_line(tx, "ducklake_delete_file", "delete_file_id", list, &with).await?;
    Ok(())
}

async fn name_file_again(tx: &mut Tx<'_>, file: i64, now: i64) -> Result<i64, LakeError> {
    let again = copy_line(tx, "ducklake_data_file", "data_file_id", file, &[("begin_snapshot", now)]).await?;
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM pragma_table_info('ducklake_file_column_stats') WHERE name <> 'data_file_id'",
    )
    .fetch_all(&mut **tx)
    .await?;
    let columns = columns.join(", ");
    let copy = format!(
        "INSERT INTO ducklake_file_column_stats (data_file_id, {columns})
         SELECT $2, {columns} FROM ducklake_file_column_stats WHERE data_file_id = $1"
    );
    sqlx::query(sqlx::AssertSqlSafe(copy)).bind(file).bind(again).execute(&mut **tx).await?;
    Ok(again)
}

/// Ends a file and its list of deletions.
pub(super) async fn end_file(tx: &mut Tx<'_>, file: i64, now: i64) -> Result<(), LakeError> {
    for table in ["ducklake_data_file", "ducklake_delete_file"] {
        let end = format!("UPDATE {table} SET end_snapshot = $2 WHERE data_file_id = $1 AND end_snapshot IS NULL");
        sqlx::query(sqlx::AssertSqlSafe(end)).bind(file).bind(now).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Rows and bytes of a table's live files, as its line of totals has them. Bounds of columns may stay wider than needed.
pub(super) async fn restate(tx: &mut Tx<'_>, table: i64) -> Result<(), LakeError> {
    sqlx::query(
        "UPDATE ducklake_table_stats SET
           record_count = (SELECT COALESCE(SUM(record_count), 0) FROM ducklake_data_file
                           WHERE table_id = $1 AND end_snapshot IS NULL),
           file_size_bytes = (SELECT COALESCE(SUM(file_size_bytes), 0) FROM ducklake_data_file
                              WHERE table_id = $1 AND end_snapshot IS NULL)
         WHERE table_id = $1",
    )
    .bind(table)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A new snapshot of which one table's rows are changed.
pub(super) async fn new_snapshot(tx: &mut Tx<'_>, table: i64, about: About<'_>) -> Result<i64, LakeError> {
    let (author, message, tag) = about;
    let snapshot: i64 = sqlx::query_scalar(
        "INSERT INTO ducklake_snapshot (snapshot_id, snapshot_time, schema_version)
         SELECT MAX(snapshot_id) + 1, CURRENT_TIMESTAMP, MAX(schema_version) FROM ducklake_snapshot
         RETURNING snapshot_id",
    )
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made, author, commit_message, commit_extra_info)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(snapshot)
    .bind(format!("deleted_from_table:{table}"))
    .bind(author)
    .bind(message)
    .bind(tag)
    .execute(&mut **tx)
    .await?;
    Ok(snapshot)
}
