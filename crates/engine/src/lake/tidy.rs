//! Clears away what a writer that was killed before its commit left behind: files that nothing names, and tables that
//! were announced and never filled. Neither was ever visible, but the next commit would make the tables so.

use sea_orm::sqlx;

use super::{Lake, LakeError, Lease};

impl Lake {
    pub(super) async fn tidy(&self, _lease: &Lease) -> Result<(), LakeError> {
        let mut tx = self.catalog.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "DELETE FROM ducklake_table WHERE begin_snapshot > (SELECT MAX(snapshot_id) FROM ducklake_snapshot)
             OR table_id NOT IN (SELECT table_id FROM ducklake_column)",
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM ducklake_schema WHERE begin_snapshot > (SELECT MAX(snapshot_id) FROM ducklake_snapshot)",
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        for path in self.unnamed_files().await? {
            tracing::info!(path, "removing a file that no snapshot names");
            std::fs::remove_file(self.files_dir().join(path))?;
        }
        Ok(())
    }
}
