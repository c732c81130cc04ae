//! Snapshots and the tags of their commits.

use sea_orm::sqlx::{self, Row};

use super::{Lake, LakeError};

/// One state of the lake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LakeSnapshot {
    /// Its number; a later one is larger.
    pub id: i64,
    /// Who committed it.
    pub author: Option<String>,
    /// What for, in words.
    pub message: Option<String>,
    /// What the committer calls it: for our batches, the tag given to [`super::Change`].
    pub tag: Option<String>,
}

impl Lake {
    /// The newest snapshot; 0 in a new lake.
    pub async fn newest(&self) -> Result<i64, LakeError> {
        Ok(sqlx::query_scalar("SELECT COALESCE(MAX(snapshot_id), 0) FROM ducklake_snapshot")
            .fetch_one(&self.catalog)
            .await?)
    }

    /// Snapshots after the one that the store calls readable, oldest first: commits that were not written down there.
    pub async fn unknown_since(&self, readable: i64) -> Result<Vec<LakeSnapshot>, LakeError> {
        let rows = sqlx::query(
            "SELECT s.snapshot_id, c.author, c.commit_message, c.commit_extra_info
             FROM ducklake_snapshot s LEFT JOIN ducklake_snapshot_changes c ON c.snapshot_id = s.snapshot_id
             WHERE s.snapshot_id > $1 ORDER BY s.snapshot_id",
        )
        .bind(readable)
        .fetch_all(&self.catalog)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(LakeSnapshot {
                    id: row.try_get(0)?,
                    author: row.try_get(1)?,
                    message: row.try_get(2)?,
                    tag: row.try_get(3)?,
                })
            })
            .collect()
    }
}
