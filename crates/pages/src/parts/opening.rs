//! A line that opens in its place to what it rests on. No script is needed: it is the browser's own `details`.

use askama::Template;

use super::{Content, Fact, Grid, Light, Link};

/// One layer of what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layer {
    /// What it is, in a sentence.
    pub said: String,
    /// How it stands.
    pub light: Option<Light>,
    /// The rows below it.
    pub rows: Option<Grid>,
    /// What is to be known about the rows.
    pub note: Option<String>,
}

/// The line and what it opens to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Template)]
#[template(path = "parts/opening.html")]
pub struct Opening {
    /// How it is known.
    pub id: String,
    /// What it is about, in a few words.
    pub about: String,
    /// Its day.
    pub day: String,
    /// Its number or amount.
    pub n: String,
    /// How it stands.
    pub light: Option<Light>,
    /// Names and values.
    pub facts: Vec<Fact>,
    /// Where it leads.
    pub links: Vec<Link>,
    /// What is said above the layers.
    pub said: String,
    /// The layers.
    pub layers: Vec<Layer>,
    /// Whether it is open from the start.
    pub open: bool,
}

impl askama::filters::HtmlSafe for Opening {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::{Align, Empty, Head, Line};

    #[test]
    fn what_it_says_is_text_and_it_is_closed_unless_asked() {
        let rows = Grid::list(
            "行",
            vec![Head::new("文件", Align::Lead)],
            vec![Line::of(vec!["<i>a.xlsx".into()])],
            Empty::new("", "", None),
        );
        let layer = Layer { said: "<b>疑点</b>".into(), light: None, rows: Some(rows), note: None };
        let opening = Opening { id: "<u>1".into(), about: "王**".into(), layers: vec![layer], ..Opening::default() };
        let html = opening.to_string();
        assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<u>"), "{html}");
        assert!(html.contains("<details class=\"opening\"><summary>"), "{html}");
        assert!(Opening { open: true, ..opening }.to_string().contains("<details class=\"opening\" open>"));
    }
}
