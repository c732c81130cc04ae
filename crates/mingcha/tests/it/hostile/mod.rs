//! A table of hostile files: each made by code, named by what is wrong with it, and handed in on the command line.
//!
//! The families say what a clerk must get; [`family`] runs them. The other modules make files. What the clerk reads is
//! kept when `MINGCHA_HOSTILE_MESSAGES` names a file.

mod amounts;
mod bomb;
mod book;
mod cells;
mod compound;
mod dates;
mod encodings;
mod family;
mod grid;
mod headings;
mod identifiers;
mod keys;
mod kinds;
mod old_book;
mod open_document;
mod parquet;
mod places;
mod safety;
mod swollen;
mod weigh;
