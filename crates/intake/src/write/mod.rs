//! Sheets for people: the marked workbook, the template, whole ledgers.

mod csv_text;
mod marked;
mod table;
mod template;
mod workbook;

use mingcha_domain::Trouble;

pub use csv_text::{CsvEncoding, write_csv};
pub use marked::marked;
pub use table::write_xlsx;
pub use template::template;

/// Says a trouble, or a text under a key, in the reader's language: passed in, because the words live elsewhere.
pub type Tell<'a> = &'a (dyn Fn(&Trouble) -> String + Sync);
