//! Some files of a table as a table of their own: what a merge reads.
//!
//! The crate reads whole tables. Here its catalog is asked as ever, except that it names only the chosen files; lists of
//! deletions, columns that came later and the rest stay the crate's business.

use std::collections::HashSet;
use std::sync::Arc;

use datafusion_ducklake::metadata_provider::{
    ColumnWithTable, DataFileChange, DeleteFileChange, DuckLakeFileMetadata, DuckLakeNameMapping, DuckLakeStatistics,
    DuckLakeTableColumn, DuckLakeTableField, DuckLakeTableFile, FileWithTable, SchemaMetadata, SnapshotMetadata,
    TableMetadata, TableWithSchema,
};
use datafusion_ducklake::stats_filter::StatsFilter;
use datafusion_ducklake::{MetadataProvider, PartitionSpec, Result, SortSpec};

/// A catalog that names only some data files.
#[derive(Debug)]
pub(super) struct Chosen {
    pub catalog: Arc<dyn MetadataProvider>,
    pub files: HashSet<i64>,
}

impl MetadataProvider for Chosen {
    fn get_table_files_for_select(&self, table_id: i64, snapshot_id: i64) -> Result<Vec<DuckLakeTableFile>> {
        let mut files = self.catalog.get_table_files_for_select(table_id, snapshot_id)?;
        files.retain(|file| self.files.contains(&file.data_file_id));
        Ok(files)
    }

    fn get_table_file_metadata_page_filtered(
        &self,
        table_id: i64,
        snapshot_id: i64,
        after: Option<i64>,
        limit: usize,
        filter: Option<&StatsFilter>,
    ) -> Result<Vec<DuckLakeFileMetadata>> {
        let mut after = after;
        // An empty page says that there are no files left, so one in which nothing was chosen is read past.
        loop {
            let mut page =
                self.catalog.get_table_file_metadata_page_filtered(table_id, snapshot_id, after, limit, filter)?;
            let Some(last) = page.last().map(|last| last.file.data_file_id) else { return Ok(page) };
            page.retain(|metadata| self.files.contains(&metadata.file.data_file_id));
            if !page.is_empty() {
                return Ok(page);
            }
            after = Some(last);
        }
    }

    /// Totals are of the whole table: nothing is known of its part.
    fn get_table_statistics(&self, _table_id: i64, _snapshot_id: i64) -> Result<DuckLakeStatistics> {
        Ok(DuckLakeStatistics::default())
    }

    fn get_current_snapshot(&self) -> Result<i64> {
        self.catalog.get_current_snapshot()
    }

    fn get_data_path(&self) -> Result<String> {
        self.catalog.get_data_path()
    }

    fn list_snapshots(&self) -> Result<Vec<SnapshotMetadata>> {
        self.catalog.list_snapshots()
    }

    fn list_schemas(&self, snapshot_id: i64) -> Result<Vec<SchemaMetadata>> {
        self.catalog.list_schemas(snapshot_id)
    }

    fn list_tables(&self, schema_id: i64, snapshot_id: i64) -> Result<Vec<TableMetadata>> {
        self.catalog.list_tables(schema_id, snapshot_id)
    }

    fn get_table_structure(&self, table_id: i64, snapshot_id: i64) -> Result<Vec<DuckLakeTableColumn>> {
        self.catalog.get_table_structure(table_id, snapshot_id)
    }

    fn get_table_fields(&self, table_id: i64, snapshot_id: i64) -> Result<Vec<DuckLakeTableField>> {
        self.catalog.get_table_fields(table_id, snapshot_id)
    }

    fn get_name_mapping(&self, mapping_id: i64) -> Result<DuckLakeNameMapping> {
        self.catalog.get_name_mapping(mapping_id)
    }

    fn get_partition_spec(&self, table_id: i64, snapshot_id: i64) -> Result<Option<PartitionSpec>> {
        self.catalog.get_partition_spec(table_id, snapshot_id)
    }

    fn get_sort_spec(&self, table_id: i64, snapshot_id: i64) -> Result<Option<SortSpec>> {
        self.catalog.get_sort_spec(table_id, snapshot_id)
    }

    fn get_schema_by_name(&self, name: &str, snapshot_id: i64) -> Result<Option<SchemaMetadata>> {
        self.catalog.get_schema_by_name(name, snapshot_id)
    }

    fn get_table_by_name(&self, schema_id: i64, name: &str, snapshot_id: i64) -> Result<Option<TableMetadata>> {
        self.catalog.get_table_by_name(schema_id, name, snapshot_id)
    }

    fn table_exists(&self, schema_id: i64, name: &str, snapshot_id: i64) -> Result<bool> {
        self.catalog.table_exists(schema_id, name, snapshot_id)
    }

    fn list_all_tables(&self, snapshot_id: i64) -> Result<Vec<TableWithSchema>> {
        self.catalog.list_all_tables(snapshot_id)
    }

    fn list_all_columns(&self, snapshot_id: i64) -> Result<Vec<ColumnWithTable>> {
        self.catalog.list_all_columns(snapshot_id)
    }

    fn list_all_files(&self, snapshot_id: i64) -> Result<Vec<FileWithTable>> {
        self.catalog.list_all_files(snapshot_id)
    }

    fn get_data_files_added_between_snapshots(&self, table: i64, from: i64, to: i64) -> Result<Vec<DataFileChange>> {
        self.catalog.get_data_files_added_between_snapshots(table, from, to)
    }

    fn get_delete_files_added_between_snapshots(
        &self,
        table: i64,
        from: i64,
        to: i64,
    ) -> Result<Vec<DeleteFileChange>> {
        self.catalog.get_delete_files_added_between_snapshots(table, from, to)
    }
}
