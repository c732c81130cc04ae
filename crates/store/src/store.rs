//! The store itself: where transactions begin.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sea_orm::{
    AccessMode, DatabaseConnection, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use crate::connection::{self, WRITER_WAIT};
use crate::key::RowKey;
use crate::tx::Mode;
use crate::{StoreAddress, StoreError, Tx, jobs, migrate};

/// An open store. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    address: StoreAddress,
    wait: Duration,
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    keys: Mutex<HashMap<String, RowKey>>,
}

impl Store {
    /// Opens the store, makes the file when it is missing, and brings the schema up to date.
    pub async fn open(address: &StoreAddress) -> Result<Self, StoreError> {
        Self::open_waiting(address, WRITER_WAIT).await
    }

    /// Like [`Store::open`], but a write waits only so long for another writer.
    pub async fn open_waiting(address: &StoreAddress, wait: Duration) -> Result<Self, StoreError> {
        let pools = connection::open(address, wait).await?;
        let inner = Inner {
            address: address.clone(),
            wait,
            writer: pools.writer,
            reader: pools.reader,
            keys: Mutex::default(),
        };
        let store = Self { inner: Arc::new(inner) };
        migrate::run(&store, migrate::MIGRATIONS).await?;
        Ok(store)
    }

    /// Where it lives.
    #[must_use]
    pub fn address(&self) -> &StoreAddress {
        &self.inner.address
    }

    /// Whether it is a PostgreSQL database; otherwise a SQLite file.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.inner.writer.get_database_backend() == DbBackend::Postgres
    }

    /// Begins a write. It holds the store against every other writer until it ends, so keep it short: no file or
    /// network work inside, and never begin a second one while one is open.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let tx = self.begin_plain(Mode::Write).await?;
        if self.is_postgres() {
            tx.hold_writer_lock().await?;
        }
        Ok(tx)
    }

    /// Begins a write of what the audit trail does not watch (sessions, leases). On PostgreSQL it does not wait for
    /// the writer; only `run_unaudited` is allowed in it.
    pub async fn begin_unaudited(&self) -> Result<Tx, StoreError> {
        self.begin_plain(Mode::Unaudited).await
    }

    /// Begins a read of one consistent state; writing through it is an error.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let options = if self.is_postgres() {
            TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            }
        } else {
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred), ..Default::default() }
        };
        let txn = self.inner.reader.begin_with_options(options).await?;
        let mut tx = Tx::new(self.clone(), txn, Mode::Read);
        // Both databases take their snapshot at the first statement: take it now, so that `read()` is that moment.
        tx.one("SELECT no FROM schema_migration WHERE no = 1", Vec::new()).await?;
        Ok(tx)
    }

    /// The job queue.
    #[must_use]
    pub fn jobs(&self) -> jobs::Jobs {
        jobs::Jobs::new(self.clone())
    }

    /// Closes all connections; used before a file is moved or replaced.
    pub async fn close(self) -> Result<(), StoreError> {
        self.inner.reader.clone().close().await?;
        self.inner.writer.clone().close().await?;
        Ok(())
    }

    pub(crate) async fn begin_plain(&self, mode: Mode) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let txn = self.inner.writer.begin_with_options(options).await?;
        let tx = Tx::new(self.clone(), txn, mode);
        if self.is_postgres() {
            tx.raw(&format!("SET LOCAL lock_timeout = '{}ms'", self.inner.wait.as_millis())).await?;
        }
        Ok(tx)
    }

    pub(crate) fn known_key(&self, table: &str) -> Option<RowKey> {
        self.inner.keys.lock().ok().and_then(|keys| keys.get(table).cloned())
    }

    pub(crate) fn remember_key(&self, table: &str, key: &RowKey) {
        if let Ok(mut keys) = self.inner.keys.lock() {
            keys.insert(table.to_owned(), key.clone());
        }
    }
}
