//! 我的待办: what is mine today, what is late and by whom, what changed since yesterday — without scrolling on a laptop.

use askama::Template;

use crate::Frame;
use crate::parts::{Empty, Light, Link};

/// A line of work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    /// What it is, and where.
    pub link: Link,
    /// Where it comes from, since when.
    pub under: String,
    /// How it stands.
    pub light: Option<Light>,
    /// How many, for a line that stands for several.
    pub n: Option<String>,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "office/overview.html")]
pub struct OverviewPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The day and how much there is to do.
    pub heading: String,
    /// What is mine.
    pub mine: Vec<Work>,
    /// All of it, when more than shown.
    pub mine_all: Option<Link>,
    /// When nothing is mine.
    pub mine_none: Empty,
    /// What is late, by unit.
    pub late: Vec<Work>,
    /// What changed since yesterday.
    pub changed: Vec<Work>,
}
