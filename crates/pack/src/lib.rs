//! A pack folder becomes definitions, and every fault of syntax is told at once.
//!
//! In goes a folder of packs (`packs/`): TOML, Markdown and SQL that a person wrote, as `docs/packs.md` describes. Out
//! comes a [`PackSet`] of plain data and a list of [`Fault`]s, each with file, line, column, the marked span and a remedy.
//!
//! Deliberately absent: any knowledge of one pack, any SQL planner (`engine::check` plans what is read here), any words
//! for people (a fault carries a code and facts; whoever shows it passes the words in), a clock, writing of files.
//! Start reading at [`PackSet`].

mod definition;
mod digest;
mod fault;
mod faults;
mod load;
mod near;
mod source;

pub use definition::*;
pub use fault::{Fault, Spoken};
pub use load::Loaded;
pub use near::nearest;
pub use source::{At, Sources, Spanned};
