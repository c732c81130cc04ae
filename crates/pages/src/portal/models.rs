//! Open models: what is checked, by which law, with which SQL.

use askama::Template;

use super::ModelLine;
use crate::Frame;
use crate::office::{Article, Chip};
use crate::parts::Empty;

/// All of them, by project.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/models.html")]
pub struct PublicModelsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Project title and its models.
    pub projects: Vec<(String, Vec<ModelLine>)>,
    /// When there is none.
    pub empty: Empty,
}

/// One of them.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/model.html")]
pub struct PublicModelPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The article.
    pub article: Article,
}
