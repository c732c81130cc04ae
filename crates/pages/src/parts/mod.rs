//! The parts that pages are built from. Each is a small template with plain fields; texts are texts and are escaped.

mod field;
mod grid;
mod light;
mod moves;
mod notice;
mod opening;
mod prose;
mod sql;
mod story;

pub use field::{Choice, Field, Input};
pub use grid::{Align, Cell, Content, Empty, Grid, Head, Line, Mark, Pager};
pub use light::{Light, Tone};
pub use moves::{Can, Move, Moves, Panel};
pub use notice::{Notice, Weight};
pub use opening::{Layer, Opening};
pub use prose::Prose;
pub use sql::Sql;
pub use story::{Step, Story};

/// A place to go, with its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Address.
    pub href: String,
    /// Words.
    pub text: String,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

/// A name and what it is, for a list of facts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// What it is.
    pub value: Cell,
}

impl Fact {
    /// A fact in words.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<Cell>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}
