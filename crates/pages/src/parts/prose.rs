//! Prose written in Markdown, by a pack or a bulletin. The one way by which HTML that we did not write enters a page,
//! so HTML inside the Markdown is shown as text, and links lead only to the web or to pages of our own.

use std::fmt;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

/// Markdown made into HTML.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prose(String);

impl Prose {
    /// Renders Markdown.
    #[must_use]
    pub fn markdown(text: &str) -> Self {
        let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(harmless);
        let mut html = String::with_capacity(text.len() * 3 / 2);
        pulldown_cmark::html::push_html(&mut html, parser);
        Self(
            html.replace("<table>", "<div class=\"sheet wide\"><table class=\"data\">")
                .replace("</table>", "</table></div>"),
        )
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: safe_address(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: safe_address(dest_url), title, id })
        }
        other => other,
    }
}

fn safe_address(address: CowStr<'_>) -> CowStr<'_> {
    let ours = address.starts_with('/') && !address.starts_with("//") || address.starts_with('#');
    if ours || address.starts_with("https://") || address.starts_with("http://") {
        address
    } else {
        CowStr::Borrowed("#")
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Prose {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_in_markdown_is_shown_as_text() {
        let html = Prose::markdown("前 <script>alert(1)</script> 后\n\n<iframe src=x></iframe>").to_string();
        assert!(!html.contains("<script") && !html.contains("<iframe"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_link_that_runs_a_script_leads_nowhere() {
        let html = Prose::markdown("[点](javascript:alert(1)) [看](/models) [外](//evil.example)").to_string();
        assert!(!html.contains("javascript:") && !html.contains("evil"), "{html}");
        assert!(html.contains(r#"href="/models""#), "{html}");
    }
}
