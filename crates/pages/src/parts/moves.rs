//! The bar of next moves: what can be done now, with what it needs; what cannot, with its reason.
//!
//! A move that needs something is a panel that opens by its address (`#move-dispatch`), so that it works without a
//! script and a mistake can be sent back with the panel open.

use askama::Template;

use super::{Field, Link};

/// What a move needs before it is made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Panel {
    /// Where the form posts to.
    pub action: String,
    /// What will happen, and that it cannot be taken back when it cannot.
    pub effect: String,
    /// What is asked.
    pub fields: Vec<Field>,
    /// The verb on its button.
    pub submit: String,
    /// Whether files go with it.
    pub files: bool,
    /// Whether it stands open: something was wrong with what was sent.
    pub open: bool,
    /// What was wrong with the whole, in words.
    pub error: Option<String>,
}

/// Whether a move can be made now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Can {
    /// Yes, with a form.
    Form(Panel),
    /// Yes, at once, after one question when there is one.
    Post {
        /// Where it posts to.
        action: String,
        /// The question before it.
        confirm: Option<String>,
    },
    /// No; this is why.
    Not(String),
}

/// One move.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// Short name, for its address.
    pub key: String,
    /// The verb on its button.
    pub label: String,
    /// Whether it is the one that is expected next.
    pub primary: bool,
    /// Whether it can be made.
    pub can: Can,
}

/// The bar.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "parts/moves.html")]
pub struct Moves {
    /// What the bar is, for those who hear it.
    pub label: String,
    /// The moves in their order.
    pub moves: Vec<Move>,
    /// The token that each form carries.
    pub csrf: String,
    /// What “no move” means here: closed, or another's turn.
    pub none: String,
    /// The word on the button that closes a panel.
    pub cancel: String,
    /// The neighbours of this page in its list.
    pub previous: Option<Link>,
    /// The neighbours of this page in its list.
    pub next: Option<Link>,
}

impl askama::filters::HtmlSafe for Moves {}
