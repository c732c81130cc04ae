//! One transaction: the only way to the rows.

use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

use crate::row::rows_of;
use crate::{Param, Row, Store, StoreError};

/// A transaction. Dropped without [`Tx::commit`], it leaves no trace.
pub struct Tx {
    store: Store,
    txn: DatabaseTransaction,
    mode: Mode,
    /// Whether rows were changed that no entry tells of yet.
    wrote: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    Read,
    Write,
    Unaudited,
}

/// Why a write needs no audit entry. The list is short on purpose; a search for its names finds every such write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// A session was opened, seen or closed; a wrong password was counted.
    Session,
    /// A job was queued, finished or failed.
    Job,
    /// A lease was taken or given back.
    Lease,
    /// A draft that nobody has decided on yet: an upload before its commit.
    Draft,
    /// The store's own bookkeeping: migrations and the audit trail itself.
    Bookkeeping,
}

impl Tx {
    pub(crate) fn new(store: Store, txn: DatabaseTransaction, mode: Mode) -> Self {
        Self { store, txn, mode, wrote: false }
    }

    /// Runs a statement that changes rows and returns how many. The transaction then needs an audit entry.
    pub async fn run(&mut self, sql: &str, params: Vec<Param>) -> Result<u64, StoreError> {
        if self.mode != Mode::Write {
            return Err(read_only(sql));
        }
        self.wrote = true;
        self.execute(sql, params).await
    }

    /// Runs a statement that changes rows which the audit trail does not watch, and says why.
    pub async fn run_unaudited(&mut self, sql: &str, params: Vec<Param>, why: Why) -> Result<u64, StoreError> {
        if self.mode == Mode::Read {
            return Err(read_only(sql));
        }
        tracing::trace!(?why, "unaudited write");
        self.execute(sql, params).await
    }

    /// All rows of a query.
    pub async fn all(&mut self, sql: &str, params: Vec<Param>) -> Result<Vec<Row>, StoreError> {
        if changes_rows(sql) {
            if self.mode != Mode::Write {
                return Err(read_only(sql));
            }
            self.wrote = true;
        }
        let statement = self.statement(sql, params)?;
        rows_of(&self.txn.query_all_raw(statement).await?)
    }

    /// The first row of a query, if any.
    pub async fn one(&mut self, sql: &str, params: Vec<Param>) -> Result<Option<Row>, StoreError> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }

    /// Makes the changes last. Refused with [`StoreError::Unaudited`], and undone, when rows were changed and no entry
    /// was recorded after that: an entry tells of the rows as they are when it is written.
    pub async fn commit(self) -> Result<(), StoreError> {
        if self.wrote {
            self.txn.rollback().await?;
            return Err(StoreError::Unaudited);
        }
        self.txn.commit().await?;
        Ok(())
    }

    /// Undoes the changes; dropping does the same, later.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.txn.rollback().await?;
        Ok(())
    }

    /// Whether writing is an error.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.mode == Mode::Read
    }

    /// Whether the database is PostgreSQL; otherwise SQLite.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.txn.get_database_backend() == DbBackend::Postgres
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn can_record(&self) -> bool {
        self.mode == Mode::Write
    }

    pub(crate) fn mark_recorded(&mut self) {
        self.wrote = false;
    }

    pub(crate) async fn hold_writer_lock(&self) -> Result<(), StoreError> {
        self.raw("SELECT id FROM writer_lock WHERE id = 1 FOR UPDATE").await
    }

    /// Runs text of our own without parameters: migrations, settings of the session.
    pub(crate) async fn raw(&self, sql: &str) -> Result<(), StoreError> {
        self.txn.execute_unprepared(sql).await?;
        Ok(())
    }

    async fn execute(&mut self, sql: &str, params: Vec<Param>) -> Result<u64, StoreError> {
        let statement = self.statement(sql, params)?;
        Ok(self.txn.execute_raw(statement).await?.rows_affected())
    }

    fn statement(&self, sql: &str, params: Vec<Param>) -> Result<Statement, StoreError> {
        let values = params.into_iter().map(Param::bound).collect::<Result<Vec<_>, _>>()?;
        Ok(Statement::from_sql_and_values(self.txn.get_database_backend(), sql, values))
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").field("mode", &self.mode).field("wrote", &self.wrote).finish_non_exhaustive()
    }
}

fn read_only(sql: &str) -> StoreError {
    StoreError::ReadOnly { sql: sql.chars().take(80).collect() }
}

/// Whether a statement that is asked for rows also changes some (`INSERT … RETURNING`, `WITH … UPDATE`). When in doubt,
/// yes: the worst outcome is that an audit entry is demanded.
fn changes_rows(sql: &str) -> bool {
    let mut words = sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    match words.next() {
        Some(first) if first.eq_ignore_ascii_case("select") => false,
        Some(first) if first.eq_ignore_ascii_case("with") => {
            words.any(|word| ["insert", "update", "delete"].iter().any(|verb| word.eq_ignore_ascii_case(verb)))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::changes_rows;

    #[test]
    fn a_question_that_changes_rows_is_seen_through() {
        assert!(!changes_rows("SELECT a FROM t"));
        assert!(!changes_rows("\n  select updated_at FROM t"));
        assert!(!changes_rows("WITH x AS (SELECT 1) SELECT * FROM x"));
        assert!(changes_rows("INSERT INTO t VALUES (1) RETURNING a"));
        assert!(changes_rows("WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x"));
        assert!(changes_rows("PRAGMA user_version = 3"));
    }
}
