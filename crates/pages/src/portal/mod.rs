//! The public side: what the programme is, what came of it, and where each number comes from. No script is needed.

mod bulletin;
mod figure;
mod home;
mod interface;
mod models;
mod project;

pub use bulletin::{BulletinPage, BulletinsPage};
pub use figure::{FigurePage, Proof, Quote, Trend};
pub use home::{Counted, HomePage, ModelLine, ProjectCard};
pub use interface::{InterfacePage, Operation};
pub use models::{PublicModelPage, PublicModelsPage};
pub use project::{FigureLine, ProjectPage};
