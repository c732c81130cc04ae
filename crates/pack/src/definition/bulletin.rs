//! The section of the bulletin that one pack writes.

use super::Text;

/// `bulletin.md`: a minijinja template in Markdown. It sees `project` (title, lead_unit, goal) and `figure.KEY`, which
/// reads as the number and unit the bulletin says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bulletin {
    /// The template.
    pub template: Text,
}
