//! Opening the pools: one writer and several readers on SQLite, one pool on PostgreSQL.

use std::time::Duration;

use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::{StoreAddress, StoreError};

/// How long a writer waits for another one before it gives up with [`StoreError::Busy`].
pub(crate) const WRITER_WAIT: Duration = Duration::from_secs(30);
const READERS_MAX: u32 = 8;
const POSTGRES_CONNECTIONS_MAX: u32 = 16;

pub(crate) struct Pools {
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
}

pub(crate) async fn open(address: &StoreAddress, wait: Duration) -> Result<Pools, StoreError> {
    match address {
        StoreAddress::Sqlite(_) => {
            let writer = connect(address, 1, wait).await?;
            let reader = connect(address, READERS_MAX, wait).await?;
            Ok(Pools { writer, reader })
        }
        StoreAddress::Postgres(_) => {
            let pool = connect(address, POSTGRES_CONNECTIONS_MAX, wait).await?;
            Ok(Pools { writer: pool.clone(), reader: pool })
        }
    }
}

pub(crate) async fn connect(
    address: &StoreAddress,
    connections_max: u32,
    wait: Duration,
) -> Result<DatabaseConnection, StoreError> {
    let mut options = match address {
        StoreAddress::Sqlite(path) => sqlite(path, wait),
        StoreAddress::Postgres(url) => ConnectOptions::new(url.clone()),
    };
    options
        .max_connections(connections_max)
        .sqlx_logging(false)
        .acquire_timeout(wait)
        .connect_timeout(Duration::from_secs(10));
    Database::connect(options).await.map_err(|error| match StoreError::from(error) {
        disk @ (StoreError::DiskFull { .. } | StoreError::Disk { .. }) => disk,
        other => StoreError::Unreachable { address: address.to_string(), detail: other.to_string() },
    })
}

/// The file is set, not parsed from an address, so that a path may hold any character.
fn sqlite(path: &std::path::Path, wait: Duration) -> ConnectOptions {
    let path = path.to_path_buf();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&path)
            .in_memory(false)
            .shared_cache(false)
            .create_if_missing(true)
            .busy_timeout(wait)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
    });
    options
}
