//! The interface for other systems, as people read it.

use askama::Template;

use crate::Frame;

/// One call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operation {
    /// GET or POST.
    pub method: String,
    /// The address.
    pub path: String,
    /// What it is for.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
    /// What can be said with it: name and meaning.
    pub parameters: Vec<(String, String)>,
    /// The scope that a token needs for it.
    pub scope: String,
    /// A call of it that can be copied.
    pub example: String,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/interface.html")]
pub struct InterfacePage {
    /// What surrounds it.
    pub frame: Frame,
    /// The calls.
    pub operations: Vec<Operation>,
}
