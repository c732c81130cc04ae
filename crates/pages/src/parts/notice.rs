//! What has just happened, said once at the top of a page.

use askama::Template;

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Done as asked.
    Good,
    /// Something to know.
    News,
    /// Something to attend to.
    Care,
    /// It did not go.
    Bad,
}

/// A notice: what happened, what to do now.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "parts/notice.html")]
pub struct Notice {
    /// How it is meant.
    pub weight: Weight,
    /// What happened.
    pub text: String,
    /// What to do now; may be empty.
    pub remedy: String,
    /// A trouble's code, shown small, for whoever is asked for help.
    pub code: Option<String>,
}

impl Notice {
    /// A thing done.
    #[must_use]
    pub fn good(text: impl Into<String>) -> Self {
        Self { weight: Weight::Good, text: text.into(), remedy: String::new(), code: None }
    }

    /// A thing to attend to.
    #[must_use]
    pub fn care(text: impl Into<String>) -> Self {
        Self { weight: Weight::Care, text: text.into(), remedy: String::new(), code: None }
    }

    /// A thing that did not go.
    #[must_use]
    pub fn bad(text: impl Into<String>, remedy: impl Into<String>, code: Option<String>) -> Self {
        Self { weight: Weight::Bad, text: text.into(), remedy: remedy.into(), code }
    }

    fn class(&self) -> &'static str {
        match self.weight {
            Weight::Good => "good",
            Weight::News => "news",
            Weight::Care => "care",
            Weight::Bad => "bad",
        }
    }

    fn role(&self) -> &'static str {
        if self.weight == Weight::Bad { "alert" } else { "status" }
    }
}

impl askama::filters::HtmlSafe for Notice {}
