//! One thing with all that is known about it — a finding, a problem, an inspection, a batch, a figure — and the bar of
//! what can be done next.

use askama::Template;

use crate::Frame;
use crate::parts::{Content, Fact, Grid, Light, Link, Moves, Notice, Opening, Pager, Prose, Sql, Story};

/// A chip under the heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Chip {
    /// A status light.
    Light(Light),
    /// Words.
    Text(String),
    /// Words that lead somewhere.
    Link(Link),
}

/// A number as hero, with what it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// The number, as people read it.
    pub n: String,
    /// What it counts.
    pub of: String,
    /// `good`, `bad` or nothing.
    pub class: &'static str,
}

impl Count {
    /// A count without judgement.
    #[must_use]
    pub fn plain(n: impl Into<String>, of: impl Into<String>) -> Self {
        Self { n: n.into(), of: of.into(), class: "" }
    }
}

/// What stands in a card.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::large_enum_variant, reason = "a page has a dozen of them")]
pub enum Body {
    /// Paragraphs of plain words; the quiet ones come last.
    Words {
        /// In ink.
        said: Vec<String>,
        /// In the second ink.
        quiet: Vec<String>,
    },
    /// Prose of a pack or a bulletin.
    Prose(Prose),
    /// A table.
    Grid(Grid),
    /// Names and values.
    Facts(Vec<Fact>),
    /// Numbers in a row.
    Counts(Vec<Count>),
    /// Who did what when.
    Story(Story),
    /// Lines that open to what they rest on.
    Openings {
        /// The lines.
        openings: Vec<Opening>,
        /// The way through many.
        pager: Option<Pager>,
    },
    /// SQL.
    Sql(Sql),
}

/// A card: a quiet heading and one body, sometimes a second below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// Its heading.
    pub title: String,
    /// What leads on from it.
    pub links: Vec<Link>,
    /// What stands in it.
    pub bodies: Vec<Body>,
}

impl Card {
    /// A card with one body.
    #[must_use]
    pub fn new(title: impl Into<String>, body: Body) -> Self {
        Self { title: title.into(), links: Vec::new(), bodies: vec![body] }
    }

    /// With a link at its head.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }

    /// With one more body.
    #[must_use]
    pub fn and(mut self, body: Body) -> Self {
        self.bodies.push(body);
        self
    }

    pub(crate) fn is_flush(&self) -> bool {
        matches!(self.bodies.first(), Some(Body::Grid(_) | Body::Openings { .. }))
    }
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "office/dossier.html")]
pub struct Dossier {
    /// What surrounds it.
    pub frame: Frame,
    /// Where it lies, from above.
    pub crumbs: Vec<Link>,
    /// How it is known, in monospace after the crumbs; may be empty.
    pub id: String,
    /// The one sentence.
    pub heading: String,
    /// What is to be seen at once.
    pub chips: Vec<Chip>,
    /// What must not be missed.
    pub banner: Option<Notice>,
    /// The cards of the wide column.
    pub cards: Vec<Card>,
    /// The cards of the narrow column.
    pub aside: Vec<Card>,
    /// What can be done next.
    pub moves: Option<Moves>,
}
