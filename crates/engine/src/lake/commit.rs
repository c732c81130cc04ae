//! One commit: rows in and rows out of one ledger, as one snapshot that carries our tag.

use std::sync::Arc;

use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion_ducklake::{DeleteFileEntry, DuckLakeTableWriter, SnapshotCommitMetadata, TableWriteOptions, WriteMode};
use mingcha_domain::RowRef;
use mingcha_pack::Ledger;
use tokio::task::coop::unconstrained;

use super::arrow;
use super::commit_delete::Gone;
use super::commit_files::{Staging, WrittenFile, write_all};
use super::files::FileHash;
use super::place::RealPlaces;
use super::widen::NewColumns;
use super::{Lake, LakeError, LakeRow, Lease, RowSet};

/// Rows that are turned into Arrow at once.
const CHUNK_ROWS: usize = 1 << 16;

/// What one commit does to one ledger, with rows in memory. For more rows than that there is [`Lake::staging`].
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Rows that come.
    pub insert: Vec<LakeRow>,
    /// Rows that go; each must be there.
    pub delete: Vec<RowRef>,
    /// Who.
    pub author: String,
    /// What for, in words.
    pub message: String,
    /// What the store calls it, to recognise the snapshot after a crash.
    pub tag: String,
}

/// What one commit does to one ledger, its files written.
#[derive(Debug)]
pub struct Landing<'a> {
    /// The commit that was begun.
    pub staging: &'a Staging,
    /// Files of rows that come.
    pub files: Vec<WrittenFile>,
    /// Rows that go; each must be there.
    pub delete: &'a RowSet,
    /// Who.
    pub author: &'a str,
    /// What for, in words.
    pub message: &'a str,
    /// What the store calls it, to recognise the snapshot after a crash.
    pub tag: &'a str,
}

/// A commit that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Committed {
    /// The snapshot it made.
    pub snapshot: i64,
    /// The files it added.
    pub files: Vec<FileHash>,
}

impl Lake {
    /// Writes rows and takes rows away in one snapshot. Files are on the disk before the catalog names them. A change
    /// that does nothing makes no snapshot: the newest one comes back, without files.
    pub async fn commit(&self, lease: &Lease, change: Change<'_>) -> Result<Committed, LakeError> {
        let Change { ledger, mut insert, delete, author, message, tag } = change;
        if insert.is_empty() && delete.is_empty() {
            return Ok(Committed { snapshot: self.newest().await?, files: Vec::new() });
        }
        sort_by_key(ledger, &mut insert);
        let staging = self.staging(lease, ledger, &author, &tag).await?;
        let batches = insert
            .chunks(CHUNK_ROWS)
            .map(|rows| staging.adopt(&arrow::batch_of(ledger, rows)?))
            .collect::<Result<Vec<_>, _>>()?;
        let files = write_all(&staging, &batches)?;
        let delete = delete.into_iter().collect();
        let (author, message, tag) = (author.as_str(), message.as_str(), tag.as_str());
        self.land(lease, Landing { staging: &staging, files, delete: &delete, author, message, tag }).await
    }

    /// Makes files and deletions one snapshot. A landing of nothing makes none.
    pub async fn land(&self, _lease: &Lease, landing: Landing<'_>) -> Result<Committed, LakeError> {
        unconstrained(async {
            let new: Vec<String> = landing.files.iter().map(|file| file.hash.path.clone()).collect();
            let landed = self.land_files(landing).await;
            if landed.is_err() {
                // What cannot be removed now (a full disk can) is removed under the next lease.
                self.remove_unnamed(&new).await;
            }
            landed
        })
        .await
    }

    async fn land_files(&self, landing: Landing<'_>) -> Result<Committed, LakeError> {
        let Landing { staging, files, delete, author, message, tag } = landing;
        let base = self.newest().await?;
        let writer = DuckLakeTableWriter::new(Arc::clone(&self.writer), Arc::new(RealPlaces::default()))?
            .with_compression(super::commit_files::compression()?);
        let gone = self.gone(&writer, staging, delete, base).await?;
        let mut hashes: Vec<FileHash> = files.iter().map(|file| file.hash.clone()).collect();
        let mut paths: Vec<String> = hashes.iter().map(|hash| hash.path.clone()).collect();
        paths.extend(gone.paths.iter().cloned());
        self.make_durable(&paths)?;
        for path in &gone.paths {
            hashes.push(self.hash(path)?);
        }
        hashes.sort();
        let about = SnapshotCommitMetadata::new().with_author(author).with_message(message).with_extra_info(tag);
        let named = self.name_files(&writer, staging, &files, &gone.entries, about).await?;
        let snapshot = self.end_files(named, &gone, staging, (author, message, tag)).await?;
        Ok(Committed { snapshot: snapshot.unwrap_or(base), files: hashes })
    }

    /// Names new files and lists of deletions in the catalog; `None` when there are neither.
    async fn name_files(
        &self,
        writer: &DuckLakeTableWriter,
        staging: &Staging,
        files: &[WrittenFile],
        deletes: &[DeleteFileEntry],
        about: SnapshotCommitMetadata,
    ) -> Result<Option<i64>, LakeError> {
        let Staging { pack, name, setup, columns, .. } = staging;
        let infos: Vec<_> = files.iter().map(|file| file.info.clone()).collect();
        if infos.is_empty() && deletes.is_empty() {
            return Ok(None);
        }
        if infos.is_empty() {
            let mut commit = writer.transaction().with_options(&TableWriteOptions::new().with_commit_metadata(about));
            commit.stage_deletes(pack, name, staging.schema(), deletes, &[])?;
            return Ok(commit.commit().await?.first().map(|result| result.snapshot_id));
        }
        let (base, ids) = (setup.base_snapshot_id, &setup.field_ids);
        let mode = WriteMode::Append;
        let committed = if deletes.is_empty() {
            self.writer.register_data_files_with_commit_metadata(
                setup.table_id,
                pack,
                name,
                setup.snapshot_id,
                &infos,
                mode,
                base,
                columns,
                ids,
                &about,
                None,
            )?
        } else {
            self.writer.register_data_files_with_deletes_and_commit_metadata(
                setup.table_id,
                pack,
                name,
                setup.snapshot_id,
                &infos,
                deletes,
                mode,
                base,
                columns,
                ids,
                &about,
                None,
            )?
        };
        Ok(Some(committed.snapshot_id))
    }

    /// Ends files of which no row is left, in the snapshot that was just made, or in one of their own. A crash between
    /// the two leaves a snapshot that the store does not know, and that is undone whole.
    async fn end_files(
        &self,
        named: Option<i64>,
        gone: &Gone,
        staging: &Staging,
        (author, message, tag): (&str, &str, &str),
    ) -> Result<Option<i64>, LakeError> {
        if gone.ended.is_empty() {
            return Ok(named);
        }
        let table = staging.setup.table_id;
        let mut tx = self.catalog.begin_with("BEGIN IMMEDIATE").await?;
        let snapshot = match named {
            Some(snapshot) => snapshot,
            None => super::revert::new_snapshot(&mut tx, table, (author, message, tag)).await?,
        };
        for file in &gone.ended {
            super::revert::end_file(&mut tx, *file, snapshot).await?;
        }
        super::revert::restate(&mut tx, table).await?;
        tx.commit().await?;
        Ok(Some(snapshot))
    }

    /// Removes written files that are to be written again otherwise.
    pub fn drop_files(&self, files: &[WrittenFile]) -> Result<(), LakeError> {
        for file in files {
            std::fs::remove_file(self.files_dir().join(&file.hash.path))?;
        }
        Ok(())
    }

    /// Removes files of a commit that did not come about.
    async fn remove_unnamed(&self, paths: &[String]) {
        let Ok(named) = self.files(i64::MAX).await else { return };
        for path in paths.iter().filter(|path| named.binary_search(path).is_err()) {
            if let Err(error) = std::fs::remove_file(self.files_dir().join(path)) {
                tracing::warn!(%error, path, "a staged file was left behind");
            }
        }
    }

    /// The schema in which rows of a ledger are written now. Columns that its pack added are added to the table.
    pub(super) async fn schema_for_write(
        &self,
        lease: &Lease,
        ledger: &Ledger,
        author: &str,
        tag: &str,
    ) -> Result<SchemaRef, LakeError> {
        let (schema, added) = self.write_schema(ledger).await?;
        if !added.is_empty() {
            let (pack, table) = (&ledger.pack, &ledger.name);
            self.widen(lease, NewColumns { pack, table, fields: &added, author, tag }).await?;
        }
        Ok(schema)
    }

    /// The columns that the table has, in its order, and after them those that the pack added since. A column that the
    /// pack dropped stays, empty for new rows. Second, those that are new.
    async fn write_schema(&self, ledger: &Ledger) -> Result<(SchemaRef, Vec<Field>), LakeError> {
        let wanted = arrow::schema_of(ledger);
        let newest = self.newest().await?;
        let Some(table) = self.raw_table(&ledger.pack, &ledger.name, newest)? else {
            return Ok((wanted, Vec::new()));
        };
        let there = table.schema();
        let mut fields: Vec<Field> = Vec::new();
        for field in there.fields() {
            if let Ok(now) = wanted.field_with_name(field.name())
                && now.data_type() != field.data_type()
            {
                return Err(LakeError::ColumnChanged {
                    ledger: ledger.full_name(),
                    column: field.name().clone(),
                    wanted: now.data_type().to_string(),
                    found: field.data_type().to_string(),
                });
            }
            fields.push(Field::new(field.name(), field.data_type().clone(), true));
        }
        let added = wanted.fields().iter().filter(|field| there.field_with_name(field.name()).is_err());
        let added: Vec<Field> = added.map(|field| field.as_ref().clone()).collect();
        fields.extend(added.clone());
        Ok((Arc::new(Schema::new(fields)), added))
    }
}

/// Rows of one key lie together, so that a reader of few keys skips most of a file.
fn sort_by_key(ledger: &Ledger, rows: &mut [LakeRow]) {
    let places: Vec<usize> = ledger.key.iter().filter_map(|name| ledger.position(name)).collect();
    rows.sort_by(|a, b| {
        let by_key = places.iter().map(|place| a.values.get(*place).cmp(&b.values.get(*place)));
        by_key.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then(a.at.cmp(&b.at))
    });
}
