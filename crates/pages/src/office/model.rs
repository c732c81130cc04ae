//! A model as an article: the condition in a sentence, why, law, parameters, SQL, worked cases with a tick, runs.
//! The office and the public read the same article; the office sees its runs and findings besides.

use askama::Template;

use super::{Body, Card, Chip};
use crate::Frame;
use crate::parts::{Content, Grid, Link, Prose, Sql};

/// A table of a worked case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkedTable {
    /// Its name: the ledger, or “then”.
    pub title: String,
    /// Its rows.
    pub grid: Grid,
}

/// A worked case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkedCase {
    /// Its sentence.
    pub title: String,
    /// What it shows.
    pub prose: Prose,
    /// The rows given, and the findings expected.
    pub tables: Vec<WorkedTable>,
    /// Whether it is fulfilled; nothing where it was not run.
    pub fulfilled: Option<bool>,
}

/// The article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// The condition in a sentence.
    pub lead: Prose,
    /// Effect, status, version.
    pub chips: Vec<Chip>,
    /// The sections of the page, in its order.
    pub sections: Vec<(String, Prose)>,
    /// The law it rests on.
    pub basis: Vec<String>,
    /// What is said about its parameters.
    pub params_prose: Prose,
    /// Its parameters with source and validity.
    pub params: Option<Grid>,
    /// Its SQL.
    pub sql: Sql,
    /// Its worked cases.
    pub cases: Vec<WorkedCase>,
}

/// The office's page of a model.
#[derive(Clone, Debug, Template)]
#[template(path = "office/model.html")]
pub struct ArticlePage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where it lies.
    pub crumbs: Vec<Link>,
    /// The article.
    pub article: Article,
    /// What the office knows besides: findings, runs.
    pub aside: Vec<Card>,
}
