//! A sheet or file becomes accepted and rejected rows, with reasons a clerk can act on.
//!
//! In go the bytes a clerk sent and the [`mingcha_pack::Ledger`] they are meant for; out come typed rows that kept their
//! place and raw text, rows that must be mended (each cell with what is wrong), and notes on what was done (header
//! found, headings recognised, total rows skipped). Back to the clerk go workbooks: the marked one, the template, and
//! whole sheets ([`write_xlsx`], [`write_csv`]). The same reader serves packs' ledgers and casework's sheets.
//!
//! Deliberately absent: any store (what a key meets in the ledger is `ledger`'s question), words for people (a
//! [`mingcha_domain::Trouble`] carries a code and facts; whoever writes a workbook passes the words in), a clock.
//! What a file *is* decides how it is read, never its name. Every limit stands in [`limits`].
//! Start reading at [`parse`].

pub mod bulk;
mod cell;
mod columns_trouble;
mod error;
mod fit;
mod header;
mod header_note;
mod heading;
mod headrow;
mod key;
mod keys;
mod kind;
pub mod limits;
mod note;
mod parse;
mod parsed;
mod pass;
mod prints;
mod problem;
mod read;
mod recognise;
mod row;
mod row_kind;
mod source;
mod template_version;
mod unit;
mod write;

pub use columns_trouble::{ColumnsTrouble, Differ, MissingColumn, Twice};
pub use error::IntakeError;
pub use fit::{SheetFit, fitting_sheets};
pub use heading::How as HeadingHow;
pub use key::key_of;
pub use keys::{Fingers, KeysTwice, Print};
pub use kind::FileKind;
pub use limits::Limits;
pub use parse::{Assign, Heading, Options, parse, parse_each, parse_file};
pub use parsed::{CellProblem, Mapped, Outcome, Parsed, ParsedRow, ReadAs, ReadHow, RejectedRow, Summary};
pub use prints::{PARTS, Prints};
pub use recognise::{Candidate, recognise};
pub use template_version::schema_version;
pub use unit::Scale;
pub use write::{
    Answer, AnswerWords, Answered, CsvEncoding, Mending, OUR_SHEET, Tally, Tell, answer, csv_safe, marked, template,
    write_csv, write_mended, write_xlsx,
};
