//! A model's SQL with its words coloured. Colour only helps the eye: the text is the very text that runs.

use std::fmt;

/// SQL to be shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sql(pub String);

const WORDS: &[&str] = &[
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "BY",
    "HAVING",
    "ORDER",
    "JOIN",
    "LEFT",
    "RIGHT",
    "INNER",
    "OUTER",
    "CROSS",
    "ON",
    "AS",
    "AND",
    "OR",
    "NOT",
    "IN",
    "EXISTS",
    "IS",
    "NULL",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "WITH",
    "UNION",
    "ALL",
    "DISTINCT",
    "BETWEEN",
    "LIKE",
    "OVER",
    "PARTITION",
    "LIMIT",
    "USING",
    "INTERVAL",
    "DATE",
    "CAST",
    "FILTER",
    "TRUE",
    "FALSE",
    "ASC",
    "DESC",
];

impl fmt::Display for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.trim_matches('\n');
        while let Some(first) = rest.chars().next() {
            let (length, class) = token(rest, first);
            let (word, after) = rest.split_at(length);
            rest = after;
            match class {
                Class::Word => write!(f, "<b>{}</b>", Escaped(word))?,
                Class::Text => write!(f, "<span class=\"s\">{}</span>", Escaped(word))?,
                Class::Parameter => write!(f, "<span class=\"p\">{}</span>", Escaped(word))?,
                Class::Comment => write!(f, "<span class=\"c\">{}</span>", Escaped(word))?,
                Class::Plain => write!(f, "{}", Escaped(word))?,
            }
        }
        Ok(())
    }
}

impl askama::filters::HtmlSafe for Sql {}

enum Class {
    Word,
    Text,
    Parameter,
    Comment,
    Plain,
}

/// The length in bytes of the token that the text begins with, and what it is.
fn token(text: &str, first: char) -> (usize, Class) {
    let run = |test: fn(char) -> bool| text.find(|c| !test(c)).unwrap_or(text.len());
    if text.starts_with("--") {
        return (text.find('\n').unwrap_or(text.len()), Class::Comment);
    }
    if first == '\'' {
        return (text[1..].find('\'').map_or(text.len(), |end| end + 2), Class::Text);
    }
    if first == '$' {
        let name = text[1..].find(|c: char| !is_name(c)).map_or(text.len(), |end| end + 1);
        return (name, Class::Parameter);
    }
    if is_name(first) {
        let length = run(is_name);
        let keyword = WORDS.contains(&text[..length].to_ascii_uppercase().as_str());
        return (length, if keyword { Class::Word } else { Class::Plain });
    }
    (first.len_utf8(), Class::Plain)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => write!(f, "{other}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_that_is_shown_is_the_text_that_runs() {
        let sql = "SELECT a, '</b>', count(*) -- 次数 <i>\nFROM t\nHAVING count(*) > $limit AND b < 'x'";
        let html = Sql(sql.to_owned()).to_string();
        let mut plain = html;
        for tag in ["<b>", "</b>", "<span class=\"s\">", "<span class=\"p\">", "<span class=\"c\">", "</span>"] {
            plain = plain.replace(tag, "");
        }
        let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&");
        assert_eq!(plain, sql);
    }

    #[test]
    fn an_unended_text_ends_with_the_page() {
        assert_eq!(Sql("'abc".into()).to_string(), "<span class=\"s\">&#39;abc</span>");
    }
}
