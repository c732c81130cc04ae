//! Evidence files (佐证材料): photographs and documents that show what a case or a rectification rests on.
//!
//! The bytes lie in `data/evidence/ab/abcd…` under their SM3, so that the same piece is kept once however many cases it
//! serves, and so that any change of it shows. What a file is, its first bytes say, never its name alone.
//! A file is written *before* the transaction that attaches it, through [`keep_evidence`], which asks the gate first;
//! a file that no row names in the end is harmless.

mod keep;
mod media;
mod room;

pub use keep::{KeepError, keep_evidence, read_evidence};
pub use media::MediaType;
pub use room::{EvidenceFault, EvidenceRoom, KeptFile, evidence_check};

/// Largest evidence file, in bytes. A photograph of a phone has 3–8 MB, a scanned report of fifty pages about 15.
pub const EVIDENCE_BYTES_MAX: usize = 20 * 1024 * 1024;
