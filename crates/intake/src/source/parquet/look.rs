//! A look over a Parquet file before it is read: that its directory is no trap, and that its pages, once unpacked, can be
//! held. The library takes from the directory and from each page how much memory to ask for.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};

use super::thrift::Compact;
use crate::source::guard::damaged;
use crate::{FileKind, IntakeError, Limits};

/// Bytes of the directory at the end of the file; it becomes many times as much in memory.
const DIRECTORY_BYTES_MAX: usize = 8 << 20;
/// Bytes of the pages of one group of rows that are held at a time: one of each column, and its dictionary.
const HELD_BYTES_MAX: u64 = 512 << 20;
/// Rows that are decoded at a time.
pub(super) const ROWS_AT_ONCE: usize = 64;
/// Groups within groups in the schema.
const SCHEMA_DEPTH_MAX: usize = 64;
/// An encoding in which each value may repeat the whole of the one before.
const DELTA_BYTE_ARRAY: i64 = 7;
const DICTIONARY_PAGE: i64 = 2;

/// Refuses a directory that is cut off, too large, encrypted, or nested without end.
pub(super) fn directory(bytes: &[u8]) -> Result<(), IntakeError> {
    let (before, tail) = bytes.split_at_checked(bytes.len().saturating_sub(8)).unwrap_or((&[], bytes));
    let mark = tail.get(4..).unwrap_or_default();
    if mark == b"PARE" {
        return Err(IntakeError::NotASheet { kind: FileKind::EncryptedWorkbook });
    }
    let length = tail.first_chunk::<4>().map(|four| u32::from_le_bytes(*four) as usize).filter(|_| mark == b"PAR1");
    let length = length.ok_or_else(|| damaged(&"its end is missing"))?;
    if length > DIRECTORY_BYTES_MAX {
        return Err(damaged(&format!("a directory of {length} bytes")));
    }
    let start = before.len().checked_sub(length).ok_or_else(|| damaged(&"its directory is cut off"))?;
    schema_depth(&before[start..])
}

fn schema_depth(directory: &[u8]) -> Result<(), IntakeError> {
    let mut thrift = Compact::new(directory);
    let mut last = 0;
    while let Some(field) = thrift.field(&mut last)? {
        if field.id != 2 {
            thrift.skip(field)?;
            continue;
        }
        let (count, _) = thrift.list()?;
        // How many elements are still to come in each group that is open.
        let mut open: Vec<i64> = Vec::new();
        for _ in 0..count {
            let mut children = 0;
            let mut last = 0;
            while let Some(field) = thrift.field(&mut last)? {
                if field.id == 5 { children = thrift.integer()? } else { thrift.skip(field)? }
            }
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            if children > 0 {
                open.push(children);
            }
            while open.last().is_some_and(|left| *left <= 0) {
                open.pop();
            }
            if open.len() > SCHEMA_DEPTH_MAX {
                return Err(damaged(&"its columns are nested too deeply"));
            }
        }
    }
    Ok(())
}

/// Refuses pages that unpack to more than can be held, or that are packed in a way that cannot be counted.
pub(super) fn pages(bytes: &[u8], metadata: &ParquetMetaData, limits: &Limits) -> Result<(), IntakeError> {
    let mut total = 0u64;
    for group in metadata.row_groups() {
        let mut held = 0u64;
        for column in group.columns() {
            let (all, at_once) = column_pages(bytes, column)?;
            total = total.saturating_add(all);
            held = held.saturating_add(at_once);
        }
        let refused = |bytes, bytes_max| IntakeError::UnpacksTooLarge { part: "pages".to_owned(), bytes, bytes_max };
        if held > HELD_BYTES_MAX {
            return Err(refused(held, HELD_BYTES_MAX));
        }
        if total > limits.unpacked_bytes {
            return Err(refused(total, limits.unpacked_bytes));
        }
    }
    Ok(())
}

/// Bytes of all pages of a column in a group of rows, and of what is held of them at a time.
fn column_pages(bytes: &[u8], column: &ColumnChunkMetaData) -> Result<(u64, u64), IntakeError> {
    let is_gzip = match column.compression() {
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::ZSTD(_) | Compression::LZ4_RAW => false,
        Compression::GZIP(_) => true,
        other => return Err(IntakeError::UnknownPacking { packing: packing(&other) }),
    };
    let start = column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset());
    let range = usize::try_from(start).ok().zip(usize::try_from(column.compressed_size()).ok());
    let chunk = range.and_then(|(start, length)| bytes.get(start..start.checked_add(length)?));
    let chunk = chunk.ok_or_else(|| damaged(&"a column lies outside the file"))?;
    let (mut at, mut all, mut dictionary, mut largest) = (0, 0u64, 0u64, 0u64);
    while at < chunk.len() {
        let mut thrift = Compact::new(&chunk[at..]);
        let page = PageHead::read(&mut thrift)?;
        at += thrift.at;
        let content = chunk.get(at..at.saturating_add(page.packed)).ok_or_else(|| damaged(&"a page is cut off"))?;
        at += page.packed;
        if is_gzip && page.is_packed {
            let content = content.get(page.levels..).unwrap_or_default();
            let room = page.unpacked.saturating_add(1);
            let counted = std::io::copy(&mut MultiGzDecoder::new(content).take(room), &mut std::io::sink());
            if counted.map_err(|why| damaged(&why))? > page.unpacked {
                return Err(damaged(&"a page is larger than it says"));
            }
        }
        all = all.saturating_add(page.unpacked);
        if page.kind == DICTIONARY_PAGE {
            dictionary = dictionary.max(page.unpacked);
        } else {
            let copies = if page.encoding == DELTA_BYTE_ARRAY { ROWS_AT_ONCE as u64 } else { 1 };
            largest = largest.max(page.unpacked.saturating_mul(copies));
        }
    }
    Ok((all, dictionary + largest))
}

fn packing(compression: &Compression) -> &'static str {
    match compression {
        Compression::BROTLI(_) => "BROTLI",
        Compression::LZO => "LZO",
        _ => "LZ4",
    }
}

/// What a page says of itself.
struct PageHead {
    kind: i64,
    unpacked: u64,
    packed: usize,
    encoding: i64,
    /// Bytes before the content that are not packed.
    levels: usize,
    is_packed: bool,
}

impl PageHead {
    fn read(thrift: &mut Compact<'_>) -> Result<Self, IntakeError> {
        let size = |number: i64| u64::try_from(number).map_err(|_| damaged(&"a page has no size"));
        let mut head = Self { kind: 0, unpacked: 0, packed: 0, encoding: 0, levels: 0, is_packed: true };
        let mut last = 0;
        while let Some(field) = thrift.field(&mut last)? {
            match field.id {
                1 => head.kind = thrift.integer()?,
                2 => head.unpacked = size(thrift.integer()?)?,
                3 => head.packed = size(thrift.integer()?)? as usize,
                // The head of a page of data: version 1, and version 2.
                5 | 8 => {
                    let encoding_at = if field.id == 5 { 2 } else { 4 };
                    let mut last = 0;
                    while let Some(inner) = thrift.field(&mut last)? {
                        match (field.id, inner.id) {
                            (_, id) if id == encoding_at => head.encoding = thrift.integer()?,
                            (8, 5 | 6) => head.levels += size(thrift.integer()?)? as usize,
                            (8, 7) => head.is_packed = inner.is_true(),
                            _ => thrift.skip(inner)?,
                        }
                    }
                }
                _ => thrift.skip(field)?,
            }
        }
        Ok(head)
    }
}
