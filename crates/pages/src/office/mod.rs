//! Pages of the office: what those who are signed in work with.
//!
//! Four shapes carry nearly all of them. A [`ListPage`] is a sentence of filters over a table; a [`Dossier`] is one
//! thing with all that is known about it and what can be done next; an [`OverviewPage`] answers what is mine, what is
//! late and what changed; a [`PreviewPage`] shows a sheet before it is committed.

mod door;
mod dossier;
mod inspection_form;
mod ledger;
mod list;
mod mend;
mod model;
mod overview;
mod preview;

pub use door::SignInPage;
pub use dossier::{Body, Card, Chip, Count, Dossier};
pub use inspection_form::{Indicator, InspectionFormPage};
pub use ledger::{LedgerPage, Tab};
pub use list::{Drop, Filter, Filters, ListPage, Search};
pub use mend::{EndedRow, MendCell, MendPage, MendRow, Values};
pub use model::{Article, ArticlePage, WorkedCase, WorkedTable};
pub use overview::{OverviewPage, Work};
pub use preview::{Commit, Mapped, Mapping, OtherSheet, PreviewPage, SheetChoice};
