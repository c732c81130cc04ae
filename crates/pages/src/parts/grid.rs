//! The table of the house: dense on a laptop, cards on a phone, and its four faces drawn at once.
//!
//! Full, empty (why, and how something comes to stand here) and failed are faces of this part; a page made on the
//! server has no loading face of its own, the browser has.

use askama::Template;

use super::{Light, Link, Notice};

/// How a column's cells are set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Align {
    /// Words.
    #[default]
    Plain,
    /// The fact by which the row is known; on a phone it heads the card.
    Lead,
    /// A word or two that stay on one line.
    Short,
    /// An identifier.
    Mono,
    /// A day or a moment.
    Day,
    /// A number or an amount: to the right.
    Number,
}

/// The head of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// Its words.
    pub label: String,
    /// How its cells are set.
    pub align: Align,
}

impl Head {
    /// A head.
    #[must_use]
    pub fn new(label: impl Into<String>, align: Align) -> Self {
        Self { label: label.into(), align }
    }
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// Words.
    Text(String),
    /// Words that lead somewhere.
    Link(Link),
    /// A status light.
    Light(Light),
    /// Several ways to go on.
    Links(Vec<Link>),
}

/// What is to be seen about a cell of a sheet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// It must be mended; this says why and how.
    Bad(String),
    /// It was read as something else than is written.
    ReadAs(String),
    /// It replaces this older value.
    Changed(String),
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// What stands in it.
    pub content: Content,
    /// A second, smaller line.
    pub under: Option<String>,
    /// What is to be seen about it.
    pub mark: Mark,
}

impl Cell {
    /// With a second, smaller line.
    #[must_use]
    pub fn under(mut self, text: impl Into<String>) -> Self {
        self.under = Some(text.into());
        self
    }

    /// With a mark.
    #[must_use]
    pub fn mark(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }

    fn class(&self, align: Align) -> String {
        let mut classes = Vec::new();
        match align {
            Align::Plain => {}
            Align::Lead => classes.push("lead"),
            Align::Short => classes.push("short"),
            Align::Mono => classes.push("mono"),
            Align::Day => classes.push("day"),
            Align::Number => classes.push("num"),
        }
        match self.mark {
            Mark::None => {}
            Mark::Bad(_) => classes.push("bad"),
            Mark::ReadAs(_) => classes.push("read-as"),
            Mark::Changed(_) => classes.push("changed"),
        }
        if matches!(&self.content, Content::Text(text) if text.is_empty()) && self.mark == Mark::None {
            classes.push("none");
        }
        classes.join(" ")
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { content: Content::Text(text), under: None, mark: Mark::None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Link> for Cell {
    fn from(link: Link) -> Self {
        Self { content: Content::Link(link), under: None, mark: Mark::None }
    }
}

impl From<Vec<Link>> for Cell {
    fn from(links: Vec<Link>) -> Self {
        Self { content: Content::Links(links), under: None, mark: Mark::None }
    }
}

impl From<Light> for Cell {
    fn from(light: Light) -> Self {
        Self { content: Content::Light(light), under: None, mark: Mark::None }
    }
}

/// A row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// Its cells, one per head.
    pub cells: Vec<Cell>,
    /// Whether it is the row that matters among the others.
    pub marked: bool,
    /// Whether it no longer counts.
    pub gone: bool,
}

impl Line {
    /// An ordinary row.
    #[must_use]
    pub fn of(cells: Vec<Cell>) -> Self {
        Self { cells, marked: false, gone: false }
    }

    fn class(&self) -> &'static str {
        match (self.marked, self.gone) {
            (true, _) => "marked",
            (false, true) => "gone",
            (false, false) => "",
        }
    }
}

/// Why nothing stands here, and how something comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Empty {
    /// Why it is empty.
    pub why: String,
    /// What will appear here and how it comes.
    pub how: String,
    /// What to do now.
    pub next: Option<Link>,
}

impl Empty {
    /// An empty face.
    #[must_use]
    pub fn new(why: impl Into<String>, how: impl Into<String>, next: Option<Link>) -> Self {
        Self { why: why.into(), how: how.into(), next }
    }
}

/// The way through a long list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pager {
    /// What is shown, of how many.
    pub note: String,
    /// To the page before.
    pub previous: Option<Link>,
    /// To the page after.
    pub next: Option<Link>,
}

/// The table.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "parts/grid.html")]
pub struct Grid {
    /// What the table is about, for those who hear it.
    pub caption: String,
    /// The heads of its columns.
    pub heads: Vec<Head>,
    /// Its rows.
    pub lines: Vec<Line>,
    /// Whether it is a sheet that scrolls sideways rather than a list that becomes cards.
    pub wide: bool,
    /// Whether `j` and `k` walk it.
    pub walk: bool,
    /// Its empty face. Required: nobody may be left before a bare frame.
    pub empty: Empty,
    /// Its failed face.
    pub failed: Option<Notice>,
    /// The way through a long list.
    pub pager: Option<Pager>,
}

impl Grid {
    /// A list that becomes cards on a phone and is walked with `j` and `k`.
    #[must_use]
    pub fn list(caption: impl Into<String>, heads: Vec<Head>, lines: Vec<Line>, empty: Empty) -> Self {
        Self { caption: caption.into(), heads, lines, wide: false, walk: true, empty, failed: None, pager: None }
    }

    /// A sheet that scrolls sideways.
    #[must_use]
    pub fn sheet(caption: impl Into<String>, heads: Vec<Head>, lines: Vec<Line>, empty: Empty) -> Self {
        Self { wide: true, walk: false, ..Self::list(caption, heads, lines, empty) }
    }

    /// With the way through a long list.
    #[must_use]
    pub fn pager(mut self, pager: Pager) -> Self {
        self.pager = Some(pager);
        self
    }

    /// Whether it is empty and its heading elsewhere has said so already: then there is no frame either.
    fn says_nothing(&self) -> bool {
        self.lines.is_empty() && self.failed.is_none() && self.empty.why.is_empty()
    }

    fn align(&self, index: &usize) -> Align {
        self.heads.get(*index).map_or(Align::Plain, |head| head.align)
    }

    fn class_at(&self, cell: &Cell, index: &usize) -> String {
        cell.class(self.align(index))
    }

    fn label_at(&self, index: &usize) -> &str {
        self.heads.get(*index).map_or("", |head| head.label.as_str())
    }

    fn is_number(&self, head: &Head) -> bool {
        head.align == Align::Number
    }

    fn is_lead(&self, index: &usize) -> bool {
        self.align(index) == Align::Lead
    }
}

impl askama::filters::HtmlSafe for Grid {}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(lines: Vec<Line>) -> Grid {
        let heads = vec![Head::new("事项", Align::Lead), Head::new("金额（元）", Align::Number)];
        Grid::list("例", heads, lines, Empty::new("还没有疑点", "台账入库后模型会自动运行。", None))
    }

    #[test]
    fn an_empty_table_says_why_and_how_something_comes() {
        let html = grid(Vec::new()).to_string();
        assert!(html.contains("还没有疑点") && html.contains("自动运行"), "{html}");
        assert!(!html.contains("<table"), "{html}");
    }

    #[test]
    fn a_failed_table_says_so_instead_of_looking_empty() {
        let mut grid = grid(Vec::new());
        grid.failed = Some(Notice::bad("读取失败", "稍后再试。", None));
        let html = grid.to_string();
        assert!(html.contains("读取失败") && !html.contains("还没有疑点"), "{html}");
    }

    #[test]
    fn cells_are_text_and_carry_their_head_for_the_phone() {
        let html = grid(vec![Line::of(vec!["<b>王</b>".into(), "3,200.00".into()])]).to_string();
        assert!(html.contains("&#60;b&#62;王"), "{html}");
        assert!(html.contains(r#"data-label="金额（元）""#), "{html}");
    }

    #[test]
    fn a_bad_cell_shows_what_is_wrong_in_its_place() {
        let bad = Cell::from("2023-13-05").mark(Mark::Bad("没有 13 月。".into()));
        let html = grid(vec![Line::of(vec![bad, "800.00".into()])]).to_string();
        assert!(html.contains(r#"class="lead bad""#) && html.contains("没有 13 月。"), "{html}");
    }
}
