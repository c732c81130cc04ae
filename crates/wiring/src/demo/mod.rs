//! The demo year: the plans of the packs become Excel and CSV files, and these go in as a clerk's do.

mod generate;
mod load;

pub use generate::{Generated, GeneratedSheet, Planted, Size, generate};
pub use load::{LoadedSheet, LoadedYear, load};
