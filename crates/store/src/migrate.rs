//! Brings a store's schema up to date: each file of `migrations/` once, in order, never back.

use sm3::{Digest, Sm3};

use crate::tx::Mode;
use crate::{Store, StoreError, Tx, Why, params};

pub(crate) struct Migration {
    no: i64,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migrations {
    ($($no:literal $name:literal),+ $(,)?) => {
        /// Every migration, oldest first. Add at the end; a file that has landed is never edited.
        pub(crate) const MIGRATIONS: &[Migration] = &[$(Migration {
            no: $no,
            name: $name,
            sql: include_str!(concat!("../migrations/", $name, ".sql")),
        }),+];
    };
}

migrations!(
    1 "0001_foundation",
    2 "0002_ledger",
    3 "0003_detect",
    4 "0004_casework",
    5 "0005_publish",
    6 "0006_bulk",
    7 "0007_quarantine",
    8 "0008_interfaces",
    9 "0009_uploads",
);

/// Any number will do, as long as it is ours: two processes that open a new database take turns.
const POSTGRES_MIGRATION_LOCK: i64 = 0x006d_696e_6763_6861;

/// Runs what has not run yet, all of it in one transaction.
pub(crate) async fn run(store: &Store, migrations: &[Migration]) -> Result<(), StoreError> {
    let mut tx = store.begin_plain(Mode::Unaudited).await?;
    if tx.is_postgres() {
        tx.raw(&format!("SELECT pg_advisory_xact_lock({POSTGRES_MIGRATION_LOCK})")).await?;
    }
    tx.raw(
        "CREATE TABLE IF NOT EXISTS schema_migration \
         (no BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sm3 TEXT NOT NULL)",
    )
    .await?;
    let done = tx.all("SELECT no, name, sm3 FROM schema_migration ORDER BY no", params![]).await?;
    let known = migrations.last().map_or(0, |migration| migration.no);
    if let Some(newest) = done.last().map(|row| row.int("no")).transpose()?
        && newest > known
    {
        return Err(StoreError::NewerSchema { newest, known });
    }
    for migration in migrations {
        let before = done.iter().find(|row| row.int("no") == Ok(migration.no));
        match before {
            Some(row) if row.text("sm3")? == checksum(migration.sql) => {}
            Some(_) => return Err(StoreError::MigrationEdited { name: migration.name.to_owned() }),
            None => apply(&mut tx, migration).await?,
        }
    }
    tx.commit().await
}

async fn apply(tx: &mut Tx, migration: &Migration) -> Result<(), StoreError> {
    for statement in statements(migration.sql) {
        tx.raw(&statement).await?;
    }
    tx.run_unaudited(
        "INSERT INTO schema_migration (no, name, sm3) VALUES ($1, $2, $3)",
        params![migration.no, migration.name, checksum(migration.sql)],
        Why::Bookkeeping,
    )
    .await?;
    Ok(())
}

fn checksum(sql: &str) -> String {
    hex::encode(Sm3::digest(sql.as_bytes()))
}

/// Cuts a file into its statements: each ends with `;` at the end of a line; lines that are comments are left out.
fn statements(sql: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = String::new();
    for line in sql.lines() {
        let code = line.trim_end();
        if code.is_empty() || code.trim_start().starts_with("--") {
            continue;
        }
        open.push_str(code);
        open.push('\n');
        if code.ends_with(';') {
            all.push(std::mem::take(&mut open));
        }
    }
    if !open.trim().is_empty() {
        all.push(open);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_at_the_semicolons_that_end_lines() {
        let cut = statements("-- why; because\nCREATE TABLE a (\n  b TEXT\n);\n\nINSERT INTO a VALUES ('x; y');\n");
        assert_eq!(cut, ["CREATE TABLE a (\n  b TEXT\n);\n", "INSERT INTO a VALUES ('x; y');\n"]);
    }

    #[test]
    fn migrations_are_numbered_without_gaps_and_named_by_their_number() {
        for (at, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.no, i64::try_from(at).expect("few") + 1);
            assert!(migration.name.starts_with(&format!("{:04}_", migration.no)), "{}", migration.name);
        }
    }

    #[test]
    fn columns_are_text_or_bigint() {
        let forbidden =
            ["INTEGER", "INT", "REAL", "BOOLEAN", "TIMESTAMP", "DATE", "NUMERIC", "BLOB", "BYTEA", "JSONB", "JSON"];
        for migration in MIGRATIONS {
            for statement in statements(migration.sql) {
                for word in statement.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
                    assert!(!forbidden.contains(&word), "{}: {word} in {statement}", migration.name);
                }
            }
        }
    }
}
