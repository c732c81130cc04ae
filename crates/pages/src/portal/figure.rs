//! A figure: the number, the bulletin's sentence, how it is computed, by how many records, from which edition, with
//! which digest. Who has no patience reads the first two lines.

use askama::Template;

use crate::Frame;
use crate::chart::Chart;
use crate::parts::{Content, Fact, Grid, Link};

/// The sentence of the bulletin that uses the number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// Before the number.
    pub before: String,
    /// The number in it.
    pub number: String,
    /// After it.
    pub after: String,
}

/// The number month by month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trend {
    /// The picture.
    pub chart: Chart,
    /// Unit and source.
    pub note: String,
    /// The table that says the same.
    pub table: Grid,
    /// The table to take away.
    pub download: Link,
}

/// Where the number stands fast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// What was written down when it was published.
    pub said: String,
    /// Edition, moments, position in the audit trail.
    pub facts: Vec<Fact>,
    /// Digests with their names.
    pub digests: Vec<(String, String)>,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/figure.html")]
pub struct FigurePage {
    /// What surrounds it.
    pub frame: Frame,
    /// The project.
    pub project: Link,
    /// What the number counts.
    pub title: String,
    /// The number as the bulletin words it.
    pub n: String,
    /// Its unit.
    pub unit: String,
    /// The sentence.
    pub quote: Option<Quote>,
    /// The edition, with its page.
    pub edition: Link,
    /// Its definition in words.
    pub definition: String,
    /// The exact value and the count of records, in a sentence.
    pub counted: String,
    /// Month by month.
    pub trend: Option<Trend>,
    /// Where it stands fast.
    pub proof: Proof,
}
