//! A consistent copy of a SQLite store while it is in use.

use std::path::Path;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Store, StoreAddress, StoreError, connection};

impl Store {
    /// Writes a copy of the store as of now to `path`, which must not exist yet; writers go on meanwhile.
    ///
    /// PostgreSQL is copied with its own `pg_dump`; asked for such a store, this says so.
    pub async fn snapshot_to(&self, path: &Path) -> Result<(), StoreError> {
        if let StoreAddress::Postgres(_) = self.address() {
            return Err(StoreError::SnapshotNeedsPgDump);
        }
        let refused = |detail: String| StoreError::SnapshotTarget { path: path.display().to_string(), detail };
        if path.exists() {
            return Err(refused("there is a file already".to_owned()));
        }
        let target = path.to_str().ok_or_else(|| refused("the path is not UTF-8".to_owned()))?;
        let connection = connection::connect(self.address(), 1, connection::WRITER_WAIT).await?;
        let copied = connection
            .execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [target.into()]))
            .await;
        connection.close().await?;
        copied.map_err(StoreError::from).map_err(|error| match error {
            StoreError::Database { detail } => refused(detail),
            other => other,
        })?;
        // VACUUM INTO leaves syncing to the caller: a backup that a power cut can empty is none.
        let path = path.to_path_buf();
        let synced = tokio::task::spawn_blocking(move || std::fs::File::open(path)?.sync_all()).await;
        match synced {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(refused(error.to_string())),
            Err(error) => Err(refused(error.to_string())),
        }
    }
}
