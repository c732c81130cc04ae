//! Words and tables become documents: Markdown becomes HTML, a fragment or a page that stands alone.
//!
//! In goes text that a pack's author or a person wrote; out comes HTML in which no tag and no script of theirs is
//! alive. Deliberately absent: any subject (the bulletin's words belong to `publish`), the office's and portal's own
//! pages (`pages`), reading of files. Start reading at [`html`].

mod html;
mod standalone;

pub use html::{escape, html};
pub use standalone::{Standalone, standalone};
