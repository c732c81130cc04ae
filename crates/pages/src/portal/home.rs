//! Home: the programme in two sentences, the projects with their figures, the latest bulletin, what is checked.

use askama::Template;

use crate::Frame;
use crate::parts::{Empty, Light, Link};

/// A number that can be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// Its page.
    pub href: String,
    /// The number as the bulletin words it.
    pub n: String,
    /// Its unit.
    pub unit: String,
    /// What it counts.
    pub of: String,
    /// The exact value, on hover.
    pub exact: String,
}

/// A project.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProjectCard {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The lead unit in words.
    pub lead: String,
    /// The goal in one line.
    pub goal: String,
    /// Its light, where a target gives one.
    pub light: Option<Light>,
    /// Its figures in the last published edition.
    pub figures: Vec<Counted>,
}

/// A model in one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelLine {
    /// Its page, with its title.
    pub link: Link,
    /// Its condition in a sentence.
    pub lead: String,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/home.html")]
pub struct HomePage {
    /// What surrounds it.
    pub frame: Frame,
    /// The year's question.
    pub heading: String,
    /// Two sentences.
    pub lede: String,
    /// The numbers of the programme as a whole, where a pack without a project has figures.
    pub programme: Vec<Counted>,
    /// The projects.
    pub projects: Vec<ProjectCard>,
    /// Which edition the figures are from, with its page.
    pub edition: Option<Link>,
    /// What is said before the first edition.
    pub unpublished: Option<Empty>,
    /// What is checked.
    pub models: Vec<ModelLine>,
}
