//! Sheets for people: the answer to a sheet, the rows to be mended, the template, whole ledgers.

mod answer;
mod csv_text;
mod marked;
mod patch;
mod summary;
mod table;
mod template;
mod whole;
mod workbook;

use mingcha_domain::Trouble;

pub use answer::{Answer, AnswerWords, Answered, Mending, Tally, answer};
pub use csv_text::{CsvEncoding, csv_safe, write_csv, write_mended};
pub use marked::marked;
pub use summary::OUR_SHEET;
pub use table::write_xlsx;
pub use template::template;

/// Says a trouble, or a text under a key, in the reader's language: passed in, because the words live elsewhere.
pub type Tell<'a> = &'a (dyn Fn(&Trouble) -> String + Sync);
