//! Pages for what did not go: not there, not permitted, our fault. Each speaks plainly, offers a way on and carries the
//! number of the request.

use askama::Template;

use crate::Frame;
use crate::parts::Link;

/// A page instead of the one asked for.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What happened.
    pub heading: String,
    /// What to do now.
    pub remedy: String,
    /// The trouble's code.
    pub code: Option<String>,
    /// The number of the request, to be found in the log.
    pub request: String,
    /// Ways on, the likeliest first.
    pub ways: Vec<Link>,
}
