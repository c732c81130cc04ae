//! A project: what it is for, who leads it, its figures with their definitions, the bulletin's section, its models.

use askama::Template;

use super::{Counted, ModelLine};
use crate::Frame;
use crate::parts::{Empty, Link, Prose};

/// A figure with its definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureLine {
    /// The number.
    pub number: Counted,
    /// Its definition in words.
    pub definition: String,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/project.html")]
pub struct ProjectPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The project's title.
    pub title: String,
    /// The lead unit in words.
    pub lead: String,
    /// Its goal.
    pub goal: String,
    /// Its figures.
    pub figures: Vec<FigureLine>,
    /// Which edition they are from, with its page.
    pub edition: Option<Link>,
    /// What is said before the first edition.
    pub unpublished: Option<Empty>,
    /// The bulletin's section.
    pub section: Option<Prose>,
    /// What is checked.
    pub models: Vec<ModelLine>,
}
