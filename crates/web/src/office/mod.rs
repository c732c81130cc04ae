//! The office: one file per journey.

pub(crate) mod batch;
pub(crate) mod case_moves;
mod case_panels;
pub(crate) mod door;
pub(crate) mod explain;
mod explain_record;
pub(crate) mod finding;
pub(crate) mod findings;
pub(crate) mod inspection_form;
pub(crate) mod inspections;
pub(crate) mod ledgers;
pub(crate) mod models;
pub(crate) mod overview;
mod panels;
mod preview_page;
pub(crate) mod problem;
pub(crate) mod problem_moves;
mod problem_panels;
pub(crate) mod problems;
pub(crate) mod results;
pub(crate) mod settings;
mod states;
pub(crate) mod uploads;
