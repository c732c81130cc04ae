//! Bulletins: the list of published editions and one of them.

use askama::Template;

use crate::Frame;
use crate::parts::{Empty, Link, Prose};

/// All published editions, newest first.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/bulletins.html")]
pub struct BulletinsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Each edition's page with its title, and its date and note.
    pub editions: Vec<(Link, String)>,
    /// The way to older ones.
    pub older: Option<Link>,
    /// Before the first one.
    pub empty: Empty,
}

/// One edition.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/bulletin.html")]
pub struct BulletinPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Its title.
    pub title: String,
    /// Edition and date.
    pub stamp: String,
    /// Why it was published.
    pub note: String,
    /// Its text.
    pub prose: Prose,
    /// The same to take away.
    pub downloads: Vec<Link>,
}
