//! A page that stands alone: one file that opens and prints without a network.

use crate::escape;

/// What a page is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standalone<'a> {
    /// Tag of its language, as `zh-CN`.
    pub lang: &'a str,
    /// Its title, as text.
    pub title: &'a str,
    /// Its body, as HTML that [`crate::html`] made.
    pub body: &'a str,
}

/// Wraps a body into a whole page.
#[must_use]
pub fn standalone(page: Standalone<'_>) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        lang = escape(page.lang),
        title = escape(page.title),
        body = page.body,
    )
}

/// Faces and measures as the portal has them; black on white when printed.
const STYLE: &str = "\
:root { color-scheme: light dark; --paper: #faf9f6; --ink: #1b1f24; --line: #e2e0da; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191d; --ink: #e8e6e1; --line: #363b42; } }
body { margin: 0; background: var(--paper); color: var(--ink); text-autospace: normal;
  font: 16px/1.7 \"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans SC\", \"Noto Sans CJK SC\", sans-serif; }
main { max-width: 38em; margin: 0 auto; padding: 32px 16px; }
h1 { font-size: 1.6em; text-align: center; } h2 { font-size: 1.2em; margin-top: 2em; text-align: center; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: 4px 8px; }
@media print { body { background: #fff; color: #000; } main { max-width: none; padding: 0; } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_a_title() {
        let page = standalone(Standalone { lang: "zh-CN", title: "</title><b>", body: "<p>一</p>\n" });
        assert!(page.contains("<title>&lt;/title&gt;&lt;b&gt;</title>"), "{page}");
        assert!(page.contains("<p>一</p>"));
    }
}
