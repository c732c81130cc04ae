//! What people see.
//!
//! In go plain view structs — texts already masked, numbers and days already written for people — and a [`Frame`] (the
//! language, who is looking, where they are); out comes HTML. Templates stand in `templates/`, one per page, built from
//! a few [`parts`]: the table with its four faces, the status light, the form field with its error, the story, the bar
//! of next moves.
//!
//! Deliberately absent: any rule of the field, any query, any HTTP. A page that needs to decide something has been
//! given too little. Raw HTML enters only as [`parts::Prose`], made from Markdown with its own HTML turned into text.
//!
//! Start reading at [`Frame`], then [`parts::Grid`], then `office::finding`.

pub mod assets;
pub mod chart;
pub mod errors;
pub mod office;
pub mod parts;
pub mod portal;

mod frame;

pub use askama::Template;
pub use frame::{Frame, Me, Place, Rail};
