//! The way back, in the catalog alone: files that came are ended, files and lists of deletions that went are named again.
//! No row is read or written, so that ten million rows go back as quickly as ten.
//!
//! A file that is named again has two lines in the catalog, with lives that do not overlap; every earlier state still
//! reads as it did.

use sea_orm::sqlx::{self, Sqlite, Transaction};
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
                if is_as_it_was(&mut tx, table, snapshot).await? {
                    continue;
                }
                let now = match made {
                    Some(now) => now,
                    None => new_snapshot(&mut tx, table, (author, message, tag)).await?,
                };
                made = Some(now);
                bring_back(&mut tx, Step { table, from: snapshot, to: now - 1 }, now).await?;
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
            let step = Step { table, from, to };
            if !is_untouched(&mut tx, step).await? {
                return Ok(None);
            }
            let now = new_snapshot(&mut tx, table, about).await?;
            bring_back(&mut tx, step, now).await?;
            tx.commit().await?;
            Ok(Some(Committed { snapshot: now, files: Vec::new() }))
        })
        .await
    }
}

/// What happened to a table after one snapshot, up to another.
#[derive(Clone, Copy)]
struct Step {
    table: i64,
    from: i64,
    to: i64,
}

/// Whether everything that a step did still stands: its files are live and whole, its lists of deletions are the live
/// ones, and the files it ended were not named again.
async fn is_untouched(tx: &mut Tx<'_>, step: Step) -> Result<bool, LakeError> {
    let touched: i64 = sqlx::query_scalar(
        "SELECT
           (SELECT count(*) FROM ducklake_data_file f WHERE f.table_id = $1 AND f.begin_snapshot > $2
              AND f.begin_snapshot <= $3 AND (f.end_snapshot > $3 OR EXISTS (SELECT 1 FROM ducklake_delete_file d
                WHERE d.data_file_id = f.data_file_id AND d.begin_snapshot > $3)))
         + (SELECT count(*) FROM ducklake_delete_file d JOIN ducklake_data_file f ON f.data_file_id = d.data_file_id
              WHERE d.table_id = $1 AND d.begin_snapshot > $2 AND d.begin_snapshot <= $3
                AND (d.end_snapshot > $3 OR f.end_snapshot > $3))
         + (SELECT count(*) FROM ducklake_data_file f JOIN ducklake_data_file again ON again.path = f.path
              AND again.table_id = f.table_id AND again.end_snapshot IS NULL
              WHERE f.table_id = $1 AND f.end_snapshot > $2 AND f.end_snapshot <= $3)",
    )
    .bind(step.table)
    .bind(step.from)
    .bind(step.to)
    .fetch_one(&mut **tx)
    .await?;
    Ok(touched == 0)
}

/// Whether a table's live files, and what is gone from them, are those of an earlier snapshot.
async fn is_as_it_was(tx: &mut Tx<'_>, table: i64, snapshot: i64) -> Result<bool, LakeError> {
    let files = |lives: &str| {
        let (file, list) = (lives.replace('#', "f."), lives.replace('#', "d."));
        format!(
            "SELECT f.path, d.path FROM ducklake_data_file f LEFT JOIN ducklake_delete_file d
               ON d.data_file_id = f.data_file_id AND {list} WHERE f.table_id = $1 AND {file}"
        )
    };
    let now = files("#end_snapshot IS NULL");
    let then = files("#begin_snapshot <= $2 AND (#end_snapshot IS NULL OR #end_snapshot > $2)");
    let differ = format!(
        "SELECT (SELECT count(*) FROM (SELECT * FROM ({now}) EXCEPT SELECT * FROM ({then})))
              + (SELECT count(*) FROM (SELECT * FROM ({then}) EXCEPT SELECT * FROM ({now})))"
    );
    let differ: i64 =
        sqlx::query_scalar(sqlx::AssertSqlSafe(differ)).bind(table).bind(snapshot).fetch_one(&mut **tx).await?;
    Ok(differ == 0)
}

/// Undoes a step in snapshot `now`.
async fn bring_back(tx: &mut Tx<'_>, step: Step, now: i64) -> Result<(), LakeError> {
    let Step { table, from, to } = step;
    for (lists, files) in [
        // Lists of deletions first: a file's own go with it.
        ("ducklake_delete_file", "data_file_id IN (SELECT data_file_id FROM ducklake_data_file)"),
        ("ducklake_data_file", "1 = 1"),
    ] {
        let end = format!(
            "UPDATE {lists} SET end_snapshot = $4 WHERE table_id = $1 AND begin_snapshot > $2 AND begin_snapshot <= $3
             AND end_snapshot IS NULL AND {files}"
        );
        sqlx::query(sqlx::AssertSqlSafe(end)).bind(table).bind(from).bind(to).bind(now).execute(&mut **tx).await?;
    }
    // Lists that were replaced, of files that still live.
    let lists: Vec<i64> = sqlx::query_scalar(
        "SELECT d.delete_file_id FROM ducklake_delete_file d JOIN ducklake_data_file f ON f.data_file_id = d.data_file_id
         WHERE d.table_id = $1 AND d.begin_snapshot <= $2 AND d.end_snapshot > $2 AND d.end_snapshot <= $3
         AND f.begin_snapshot <= $2 AND f.end_snapshot IS NULL ORDER BY 1",
    )
    .bind(table)
    .bind(from)
    .bind(to)
    .fetch_all(&mut **tx)
    .await?;
    for list in lists {
        name_list_again(tx, list, None, now).await?;
    }
    let files: Vec<i64> = sqlx::query_scalar(
        "SELECT data_file_id FROM ducklake_data_file
         WHERE table_id = $1 AND begin_snapshot <= $2 AND end_snapshot > $2 AND end_snapshot <= $3 ORDER BY 1",
    )
    .bind(table)
    .bind(from)
    .bind(to)
    .fetch_all(&mut **tx)
    .await?;
    for file in files {
        let again = name_file_again(tx, file, now).await?;
        let list: Option<i64> = sqlx::query_scalar(
            "SELECT delete_file_id FROM ducklake_delete_file
             WHERE data_file_id = $1 AND begin_snapshot <= $2 AND (end_snapshot IS NULL OR end_snapshot > $2)",
        )
        .bind(file)
        .bind(from)
        .fetch_optional(&mut **tx)
        .await?;
        if let Some(list) = list {
            name_list_again(tx, list, Some(again), now).await?;
        }
    }
    restate(tx, table).await
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

async fn name_list_again(tx: &mut Tx<'_>, list: i64, file: Option<i64>, now: i64) -> Result<(), LakeError> {
    let mut with = vec![("begin_snapshot", now)];
    with.extend(file.map(|file| ("data_file_id", file)));
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
