//! Parquet files of one commit, written straight to where they will stay, by as many threads as there are.
//!
//! The crate's own writer holds the batches of a table in memory, writes each file elsewhere first and copies it. Here a
//! file takes shape as rows come, is hashed on its way to the disk, and nobody knows of it until the catalog names it: a
//! killed writer leaves a stray that the next lease clears away.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, new_null_array};
use datafusion::arrow::datatypes::{DataType, Date32Type, Decimal128Type, Field, Schema, SchemaRef};
use datafusion::error::DataFusionError;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use datafusion::parquet::schema::types::ColumnPath;
use datafusion_ducklake::{ColumnDef, DataFileInfo, WriteMode, WriteSetupResult, stats_collect};
use mingcha_domain::BatchNo;
use mingcha_pack::Ledger;
use sm3::{Digest, Sm3};
use tokio::task::coop::unconstrained;
use uuid::Uuid;

use super::arrow::{BATCH, ROW};
use super::files::FileHash;
use super::{Lake, LakeError, Lease};

/// Rows per row group, as DuckDB writes them.
pub(super) const GROUP_ROWS: usize = 122_880;
/// Rows after which a file is full and the next one begins: what a later commit takes away of a file, and what a reader
/// holds of it, stays within bounds.
const FILE_ROWS: usize = 1 << 21;

/// A commit in the making: the shape of its files.
#[derive(Debug)]
pub struct Staging {
    /// The ledger's columns, `_batch` and `_row`, in the order of the table.
    schema: SchemaRef,
    /// By place in `schema`: which of the ledger's columns.
    sources: Vec<Source>,
    keys: Vec<String>,
    folder: PathBuf,
    /// Path of `folder` from the folder of the lake's files.
    prefix: String,
    pub(super) pack: String,
    pub(super) name: String,
    pub(super) setup: WriteSetupResult,
    pub(super) columns: Vec<ColumnDef>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Column(usize),
    Batch,
    Row,
    /// A column that the pack dropped.
    Nothing,
}

/// A file that rows are being written to.
#[derive(Debug)]
pub struct NewFile {
    writer: ArrowWriter<Hashed>,
    path: PathBuf,
    name: String,
    rows: usize,
}

/// A file that is whole and on the disk, and that no snapshot names yet.
#[derive(Clone, Debug)]
pub struct WrittenFile {
    pub(super) info: DataFileInfo,
    pub(super) hash: FileHash,
}

impl WrittenFile {
    /// How many rows it holds.
    #[must_use]
    pub fn rows(&self) -> usize {
        usize::try_from(self.info.record_count).unwrap_or(0)
    }
}

impl Lake {
    /// Begins a commit to one ledger whose rows are written as they come. Columns that its pack added are added first.
    pub async fn staging(&self, lease: &Lease, ledger: &Ledger, author: &str, tag: &str) -> Result<Staging, LakeError> {
        unconstrained(async {
            let schema = self.schema_for_write(lease, ledger, author, tag).await?;
            let columns = schema
                .fields()
                .iter()
                .map(|field| ColumnDef::from_arrow(field.name(), field.data_type(), true))
                .collect::<Result<Vec<_>, _>>()?;
            let setup = self.writer.begin_write_transaction(&ledger.pack, &ledger.name, &columns, WriteMode::Append)?;
            Staging::new(self, ledger, &schema, setup, columns)
        })
        .await
    }
}

impl Staging {
    fn new(
        lake: &Lake,
        ledger: &Ledger,
        schema: &Schema,
        setup: WriteSetupResult,
        columns: Vec<ColumnDef>,
    ) -> Result<Self, LakeError> {
        let mut fields = Vec::new();
        let mut sources = Vec::new();
        for (field, id) in schema.fields().iter().zip(&setup.column_ids) {
            let id = [("PARQUET:field_id".to_owned(), id.to_string())].into();
            fields.push(Field::new(field.name(), field.data_type().clone(), true).with_metadata(id));
            sources.push(match field.name().as_str() {
                BATCH => Source::Batch,
                ROW => Source::Row,
                name => ledger.position(name).map_or(Source::Nothing, Source::Column),
            });
        }
        if fields.len() != schema.fields().len() {
            return Err(LakeError::broken("the catalog gave fewer column ids than there are columns"));
        }
        let prefix = format!("{}/{}/", ledger.pack, ledger.name);
        let folder = lake.files_dir().join(&ledger.pack).join(&ledger.name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            schema: Arc::new(Schema::new(fields)),
            sources,
            keys: ledger.key.clone(),
            folder,
            prefix,
            pack: ledger.pack.clone(),
            name: ledger.name.clone(),
            setup,
            columns,
        })
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Path of the table's files from the folder of the lake's files, with a `/` at its end.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Rows as a batch of the table: one array per column of the ledger, in its order, and the line of each row.
    pub fn batch(&self, columns: &[ArrayRef], batch: BatchNo, rows: &[u32]) -> Result<RecordBatch, LakeError> {
        let arrays = self.sources.iter().zip(self.schema.fields()).map(|(source, field)| match source {
            Source::Column(place) => {
                columns.get(*place).map_or_else(|| new_null_array(field.data_type(), rows.len()), Arc::clone)
            }
            Source::Batch => Arc::new(Int64Array::from_value(batch.0, rows.len())),
            Source::Row => Arc::new(rows.iter().map(|row| i64::from(*row)).collect::<Int64Array>()),
            Source::Nothing => new_null_array(field.data_type(), rows.len()),
        });
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect())?)
    }

    /// Rows that are in the lake already, with their own batch and line, as a batch of the table.
    pub fn adopt(&self, rows: &RecordBatch) -> Result<RecordBatch, LakeError> {
        let arrays = self.schema.fields().iter().map(|field| match rows.column_by_name(field.name()) {
            Some(there) if there.data_type() == field.data_type() => Ok(Arc::clone(there)),
            Some(there) => Ok(datafusion::arrow::compute::cast(there, field.data_type())?),
            None => Ok(new_null_array(field.data_type(), rows.num_rows())),
        });
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect::<Result<_, LakeError>>()?)?)
    }

    /// A new file; its encodings are chosen by these rows, which are its first.
    pub fn file(&self, first: &RecordBatch) -> Result<NewFile, LakeError> {
        let name = format!("{}.parquet", Uuid::new_v4());
        let path = self.folder.join(&name);
        let sink =
            Hashed { file: BufWriter::with_capacity(1 << 18, File::create_new(&path)?), hash: Sm3::new(), bytes: 0 };
        let writer = ArrowWriter::try_new(sink, Arc::clone(&self.schema), Some(self.properties(first)?))?;
        let mut file = NewFile { writer, path, name, rows: 0 };
        file.write(first)?;
        Ok(file)
    }

    /// Values that repeat go into a dictionary; a column of the key can be asked for a value without being read.
    fn properties(&self, first: &RecordBatch) -> Result<WriterProperties, LakeError> {
        let mut properties = WriterProperties::builder()
            .set_writer_version(WriterVersion::PARQUET_2_0)
            .set_compression(compression()?)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_max_row_group_row_count(Some(GROUP_ROWS));
        for (field, array) in self.schema.fields().iter().zip(first.columns()) {
            let path = ColumnPath::from(field.name().as_str());
            if !repeats(array) {
                properties = properties.set_column_dictionary_enabled(path.clone(), false);
            }
            if self.keys.contains(field.name()) {
                properties = properties
                    .set_column_bloom_filter_enabled(path.clone(), true)
                    .set_column_bloom_filter_max_ndv(path, GROUP_ROWS as u64);
            }
        }
        Ok(properties.build())
    }
}

/// How every file of the lake is packed.
pub(super) fn compression() -> Result<Compression, LakeError> {
    Ok(Compression::ZSTD(ZstdLevel::try_new(3)?))
}

/// Whether a column's values repeat so often that a dictionary pays: at most a fifth of the first rows differ, as DuckDB
/// has it.
fn repeats(array: &ArrayRef) -> bool {
    let sample = array.slice(0, array.len().min(GROUP_ROWS));
    let limit = (sample.len() / 5).max(1);
    if let Some(texts) = sample.as_string_view_opt() {
        return differ_at_most(texts.iter().flatten(), limit);
    }
    if let Some(numbers) = sample.as_primitive_opt::<Decimal128Type>() {
        return differ_at_most(numbers.iter().flatten(), limit);
    }
    if let Some(days) = sample.as_primitive_opt::<Date32Type>() {
        return differ_at_most(days.iter().flatten(), limit);
    }
    !matches!(sample.data_type(), DataType::Int64)
}

fn differ_at_most<T: Eq + std::hash::Hash>(values: impl Iterator<Item = T>, limit: usize) -> bool {
    let mut distinct = std::collections::HashSet::new();
    for value in values {
        distinct.insert(value);
        if distinct.len() > limit {
            return false;
        }
    }
    true
}

impl NewFile {
    /// Adds rows.
    pub fn write(&mut self, rows: &RecordBatch) -> Result<(), LakeError> {
        self.writer.write(rows)?;
        self.rows += rows.num_rows();
        Ok(())
    }

    /// Whether the next rows belong into another file.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.rows >= FILE_ROWS
    }

    /// Ends the file and forces it to the disk.
    pub fn finish(mut self, staging: &Staging) -> Result<WrittenFile, LakeError> {
        self.writer.finish()?;
        let sink = self.writer.inner_mut();
        sink.file.flush()?;
        sink.file.get_ref().sync_all()?;
        let hash = hex::encode(std::mem::take(&mut sink.hash).finalize());
        let bytes = sink.bytes;
        let rows =
            i64::try_from(self.rows).map_err(|_| LakeError::broken("a file of more rows than a number holds"))?;
        let size = i64::try_from(bytes).map_err(|_| LakeError::broken("a file of more bytes than a number holds"))?;
        let stats = stats_collect::collect_column_stats(&self.path, &staging.setup.column_ids, rows, &[]);
        let info = DataFileInfo::new(&self.name, size, rows)
            .with_footer_size(footer_bytes(&self.path)?)
            .with_column_stats(stats);
        Ok(WrittenFile { info, hash: FileHash { path: format!("{}{}", staging.prefix, self.name), bytes, sm3: hash } })
    }
}

/// The length of a Parquet file's footer, which its last eight bytes tell.
fn footer_bytes(path: &std::path::Path) -> Result<i64, LakeError> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(-8))?;
    let mut tail = [0; 4];
    file.read_exact(&mut tail)?;
    Ok(i64::from(u32::from_le_bytes(tail)))
}

/// A file whose SM3 is taken while it is written.
struct Hashed {
    file: BufWriter<File>,
    hash: Sm3,
    bytes: u64,
}

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hashed").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl From<ParquetError> for LakeError {
    fn from(error: ParquetError) -> Self {
        Self::from(DataFusionError::from(error))
    }
}

/// Rows in memory as files of a commit.
pub(super) fn write_all(staging: &Staging, batches: &[RecordBatch]) -> Result<Vec<WrittenFile>, LakeError> {
    let mut files = Vec::new();
    let mut open: Option<NewFile> = None;
    for batch in batches.iter().filter(|batch| batch.num_rows() > 0) {
        match &mut open {
            Some(file) => file.write(batch)?,
            None => open = Some(staging.file(batch)?),
        }
        if let Some(full) = open.take_if(|file| file.is_full()) {
            files.push(full.finish(staging)?);
        }
    }
    if let Some(last) = open {
        files.push(last.finish(staging)?);
    }
    Ok(files)
}
