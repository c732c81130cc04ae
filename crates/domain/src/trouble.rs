//! What is told to a person when something did not go: a code, and the facts that fill its sentence.

use std::fmt;

/// A message to a person: a code such as `MC-INTAKE-003` and the facts of this one occurrence.
///
/// The words live in the message files of `words` under the code (what happened, where) and `CODE-remedy` (what to do
/// now), in Chinese and English; nobody is ever shown the code alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// Stable code, also the key in the message files.
    pub code: &'static str,
    /// Named facts: row, column, value, limit …
    pub facts: Vec<(&'static str, String)>,
}

impl Trouble {
    /// Starts a message without facts.
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Self { code, facts: Vec::new() }
    }

    /// Adds one fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }
}

/// How a face answers: the HTTP status and the exit code are chosen from this, at the face.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Not there, or not visible to this actor.
    NotFound,
    /// Visible, but this actor may not.
    Refused,
    /// Someone else was first; the newer state is there to be read.
    Stale,
    /// The input is wrong and can be mended by who sent it.
    Invalid,
    /// A limit was reached (size, time, memory); trying again with less may work.
    Limit,
    /// Our fault or the machine's: disk, database, a broken invariant.
    Internal,
}

/// An error that can be told to a person.
pub trait Speaks: std::error::Error {
    /// What to tell them.
    fn trouble(&self) -> Trouble;
    /// What kind of answer it is.
    fn kind(&self) -> Kind;
}
