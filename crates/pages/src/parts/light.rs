//! Status lights: a colour never without its shape and its word.

use askama::Template;

/// A status colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Overdue, missed.
    Red,
    /// At risk, waiting for someone.
    Amber,
    /// As it should be, done.
    Green,
    /// Not begun, ended, does not count.
    Grey,
}

impl Tone {
    /// The shape beside the colour.
    #[must_use]
    pub fn shape(self) -> &'static str {
        match self {
            Self::Red => "▲",
            Self::Amber => "◆",
            Self::Green => "●",
            Self::Grey => "○",
        }
    }

    /// The class in the style sheet.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Red => "light-red",
            Self::Amber => "light-amber",
            Self::Green => "light-green",
            Self::Grey => "light-grey",
        }
    }
}

/// A status light.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<span class="light {{ tone.class() }}"><i aria-hidden="true">{{ tone.shape() }}</i>{{ text }}</span>"#
)]
pub struct Light {
    /// The colour and shape.
    pub tone: Tone,
    /// The word.
    pub text: String,
}

impl Light {
    /// A light.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

impl askama::filters::HtmlSafe for Light {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_its_shape_and_its_word_and_the_word_is_text() {
        let html = Light::new(Tone::Red, "逾期 <3").to_string();
        assert!(html.contains("▲") && html.contains("light-red"), "{html}");
        assert!(html.contains("逾期 &#60;3"), "{html}");
    }
}
