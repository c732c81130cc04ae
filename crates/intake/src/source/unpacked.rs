//! How large a workbook is once unpacked, before anything is unpacked into memory.
//!
//! The directory of a ZIP file says the sizes, but whoever made a bomb may have written others there; so the parts that
//! will be read are also unpacked once into nothing and counted, unless they are too small to hold a bomb.

use std::io::{Cursor, Read};

use crate::limits::PARTS_MAX;
use crate::{IntakeError, Limits};

/// Deflate makes of one byte at most 1032.
const DEFLATE_RATIO_MAX: u64 = 1032;

/// Refuses a workbook that is damaged, or too large once unpacked.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<(), IntakeError> {
    let damaged = |why: &dyn std::fmt::Display| IntakeError::Damaged { why: why.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    if archive.len() > PARTS_MAX {
        return Err(IntakeError::Damaged { why: format!("{} parts", archive.len()) });
    }
    let mut total = 0u64;
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).map_err(|why| damaged(&why))?;
        let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
        let part_max =
            if name.ends_with("sharedstrings.xml") { limits.shared_strings_bytes } else { limits.unpacked_bytes };
        let refused = |bytes: u64| IntakeError::UnpacksTooLarge { part: name.clone(), bytes, bytes_max: part_max };
        let (declared, packed) = (part.size(), part.compressed_size());
        drop(part);
        total = total.saturating_add(declared);
        if declared > part_max {
            return Err(refused(declared));
        }
        if total > limits.unpacked_bytes {
            return Err(refused(total));
        }
        let is_read = name.ends_with(".xml") || name.ends_with(".rels");
        if !is_read || packed.saturating_mul(DEFLATE_RATIO_MAX) <= part_max {
            continue;
        }
        let part = archive.by_index(i).map_err(|why| damaged(&why))?;
        let counted = std::io::copy(&mut part.take(part_max + 1), &mut std::io::sink()).map_err(|why| damaged(&why))?;
        if counted > part_max {
            return Err(refused(counted));
        }
    }
    Ok(())
}
