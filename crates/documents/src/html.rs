//! Markdown to HTML, with what could act made inert.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

/// Renders Markdown (CommonMark with tables). HTML in it is shown as text, and a link or picture keeps its address only
/// when it is a web address, a mail address or a place on the same page.
#[must_use]
pub fn html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: inert(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: inert(dest_url), title, id })
        }
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn inert(address: CowStr<'_>) -> CowStr<'_> {
    let lower = address.trim().to_ascii_lowercase();
    let allowed = ["https://", "http://", "mailto:", "#"].iter().any(|start| lower.starts_with(start));
    if allowed { address } else { "".into() }
}

/// Text for a place between tags or within a quoted attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_shown_and_not_obeyed() {
        let html = html("共<script>alert(1)</script>22个\n\n<div onclick=\"x\">块</div>\n");
        assert!(!html.contains("<script") && !html.contains("<div"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn an_address_that_could_act_is_dropped() {
        let html = html("[一](javascript:alert(1)) [二](https://example.org/) ![三](data:text/html,x)");
        assert!(!html.contains("javascript") && !html.contains("data:"), "{html}");
        assert!(html.contains("href=\"https://example.org/\""), "{html}");
    }

    #[test]
    fn tables_become_tables() {
        assert!(html("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n").contains("<td>2</td>"));
    }
}
