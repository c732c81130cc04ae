//! How large a workbook is once unpacked, before anything is unpacked into memory.
//!
//! The directory of a ZIP file says the sizes, but whoever made a bomb may have written others there; so a part that is
//! held in memory is also unpacked once into nothing and counted, unless it is too small to hold a bomb. Sheets are
//! counted as they are read.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::limits::PARTS_MAX;
use crate::source::guard::damaged;
use crate::{IntakeError, Limits};

/// Deflate makes of one byte at most 1032.
const DEFLATE_RATIO_MAX: u64 = 1032;
/// Bytes of a part that is held in memory, other than the shared strings: formats, names, relations.
pub(crate) const HELD_PART_BYTES_MAX: u64 = 32 << 20;

/// How a part is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Piece by piece, by a reader of ours, which counts.
    Counted,
    /// Piece by piece, by a library, which does not.
    Streamed,
    /// As a whole.
    Held,
}

/// Opens a ZIP file and refuses one that is damaged, or too large once unpacked. `of` says how a part is read, by its name
/// in lower case.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    of: impl Fn(&str) -> Use,
) -> Result<ZipArchive<Cursor<&'a [u8]>>, IntakeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    if archive.len() > PARTS_MAX {
        return Err(damaged(&format!("{} parts", archive.len())));
    }
    let (mut total, mut names) = (0u64, BTreeSet::new());
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).map_err(|why| damaged(&why))?;
        let name = normal(part.name_raw());
        let (declared, packed) = (part.size(), part.compressed_size());
        drop(part);
        // Which of two would be read, and which was looked at before, nobody could say.
        if !names.insert(name.clone()) {
            return Err(damaged(&format!("two parts {name}")));
        }
        let is_read = [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end));
        let how = of(&name);
        let part_max = match name.as_str() {
            _ if !is_read || how != Use::Held => limits.unpacked_bytes,
            shared if shared.contains("sharedstrings.") => limits.shared_strings_bytes,
            _ => HELD_PART_BYTES_MAX.min(limits.unpacked_bytes),
        };
        let refused = |bytes: u64| IntakeError::UnpacksTooLarge { part: name.clone(), bytes, bytes_max: part_max };
        total = total.saturating_add(declared);
        if declared > part_max {
            return Err(refused(declared));
        }
        if total > limits.unpacked_bytes {
            return Err(refused(total));
        }
        if !is_read || how == Use::Counted || packed.saturating_mul(DEFLATE_RATIO_MAX) <= part_max {
            continue;
        }
        let part = archive.by_index(i).map_err(|why| damaged(&why))?;
        let counted = std::io::copy(&mut part.take(part_max + 1), &mut std::io::sink()).map_err(|why| damaged(&why))?;
        if counted > part_max {
            return Err(refused(counted));
        }
    }
    Ok(archive)
}

/// Where a part of this name stands. Some programs write it in another case, or with `\`.
pub(crate) fn find(archive: &ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<usize> {
    archive.index_for_name_raw(name.as_bytes()).or_else(|| {
        let name = normal(name.as_bytes());
        archive.file_names_raw().position(|raw| normal(raw) == name)
    })
}

/// The name of a part in lower case and with `/`.
pub(crate) fn normal(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).to_lowercase().replace('\\', "/")
}
