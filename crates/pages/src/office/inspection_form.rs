//! A new inspection: where, when, by whom, and the indicators of the checklist one by one.

use askama::Template;

use crate::Frame;
use crate::parts::{Choice, Field, Link, Notice};

/// One indicator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Indicator {
    /// Its number in the checklist.
    pub no: i64,
    /// What is looked at.
    pub title: String,
    /// How it is looked at.
    pub how: String,
    /// In order, a problem, does not apply.
    pub answers: Vec<Choice>,
    /// What was seen.
    pub remark: String,
    /// What is wrong with the answer.
    pub error: Option<String>,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "office/inspection_form.html")]
pub struct InspectionFormPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where it lies.
    pub crumbs: Vec<Link>,
    /// The checklist's title and version.
    pub checklist: String,
    /// Where it posts to.
    pub action: String,
    /// What was wrong with the whole.
    pub failed: Option<Notice>,
    /// Place, day, inspectors.
    pub fields: Vec<Field>,
    /// Whether the name and version of the checklist go along.
    pub hidden: Vec<Field>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
}
