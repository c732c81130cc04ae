//! The story of a case or a problem: who did what when, and what is still to come.

use askama::Template;

/// One step.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Step {
    /// What was done, or is to be done.
    pub what: String,
    /// When, by whom, under which audit number; or by when.
    pub when: String,
    /// What was said, in the words of who said it.
    pub said: Option<String>,
    /// Whether it lies ahead.
    pub ahead: bool,
}

/// The steps in order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Template)]
#[template(
    ext = "html",
    source = r#"<ol class="story">{% for step in steps %}<li{% if step.ahead %} class="ahead"{% endif %}>
<p class="what">{{ step.what }}</p><p class="when">{{ step.when }}</p>
{% if let Some(said) = step.said %}<p class="said">“{{ said }}”</p>{% endif %}</li>{% endfor %}</ol>"#
)]
pub struct Story {
    /// The steps, oldest first.
    pub steps: Vec<Step>,
}

impl askama::filters::HtmlSafe for Story {}
