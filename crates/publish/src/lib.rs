//! What the public is told: figures, editions, the bulletin.
//!
//! In go a pack's figures, query sessions that someone else made, and a desk; out come working figures (for the office),
//! the records behind one of them with their proof, and editions: figures and bulletin as they stood when a supervisor
//! published them. The public sees editions only, and an edition is never changed.
//!
//! Deliberately absent: where rows come from (sessions are handed in as a [`Ground`]), HTML pages, which problem rests on
//! which finding (`casework` knows). Start reading at [`working`] and [`publish`].

mod bulletin;
mod commitment;
mod definition;
mod explain;
mod ground;
mod month;
mod publish;
mod queries;
mod quote;
mod read;
mod working;

pub use bulletin::{Bulletin, BulletinError, Heading, bulletin};
pub use explain::{ExplainError, Explanation, ShownRecord, explain};
pub use ground::Ground;
pub use month::ByMonth;
pub use publish::{Publish, PublishError, Published, publish};
pub use quote::Quote;
pub use read::{Edition, PublishedFigure, bulletin_of, edition, editions, figures_of, newest};
pub use working::{FailedFigure, FigureError, FigureValue, Working, working};

use mingcha_store::Tracked;

/// The tables whose rows the audit trail watches.
pub const TRACKED: &[Tracked] = &[
    Tracked { table: "edition", key: "id" },
    Tracked { table: "edition_figure", key: "id" },
    Tracked { table: "edition_text", key: "id" },
];
