//! A ledger and what there is to see about it: uploads, rows as they are and were, quality, models. Its pages have the
//! same way through them at the top.

use askama::Template;

use super::{Body, Card, Drop, Filters};
use crate::Frame;
use crate::parts::{Content, Grid, Link, Notice};

/// One of the pages about a ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    /// Where it is.
    pub link: Link,
    /// Whether it is this one.
    pub here: bool,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "office/ledger.html")]
pub struct LedgerPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where it lies, from above.
    pub crumbs: Vec<Link>,
    /// The one sentence.
    pub heading: String,
    /// A sentence about what stands here.
    pub intro: String,
    /// The pages about the same thing.
    pub tabs: Vec<Tab>,
    /// What must not be missed.
    pub banner: Option<Notice>,
    /// The place to drop a sheet.
    pub drop: Option<Drop>,
    /// The filters.
    pub filters: Option<Filters>,
    /// What stands above the tables.
    pub cards: Vec<Card>,
    /// Tables with their headings; the heading of a single one is empty.
    pub tables: Vec<(String, Grid)>,
}
