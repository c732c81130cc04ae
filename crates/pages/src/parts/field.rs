//! A field of a form: label, hint, what was typed, what is wrong with it.

use askama::Template;

/// One of several values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), chosen }
    }
}

/// How a field is filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A line of text.
    Text,
    /// Several lines.
    Area,
    /// A day.
    Day,
    /// A number or an amount: a line of text with a number keyboard, since people paste thousands separators.
    Number,
    /// A password: never shown again.
    Password {
        /// What a password manager should do: `current-password` or `new-password`.
        autocomplete: &'static str,
    },
    /// A file.
    File,
    /// One of a few, all in sight.
    Radios(Vec<Choice>),
    /// Any of several, all in sight.
    Ticks(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// Not shown.
    Hidden,
}

/// A field of a form.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    /// Name in the form; with the panel's name also its id.
    pub name: String,
    /// Which form it stands in, so that two forms of a page can have fields of one name.
    pub form: String,
    /// The label.
    pub label: String,
    /// What is expected, before one types.
    pub hint: Option<String>,
    /// What was typed, or a proposal.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// How it is filled in.
    pub input: Input,
}

impl Field {
    /// A required field.
    #[must_use]
    pub fn new(form: &str, name: &str, label: impl Into<String>, input: Input) -> Self {
        Self {
            name: name.to_owned(),
            form: form.to_owned(),
            label: label.into(),
            hint: None,
            value: String::new(),
            error: None,
            required: true,
            input,
        }
    }

    /// With what was typed, or a proposal.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        if let Input::Radios(choices) | Input::Select(choices) = &mut self.input {
            for choice in choices {
                choice.chosen = choice.value == self.value;
            }
        }
        self
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// May stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// With what is wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    fn id(&self) -> String {
        format!("{}-{}", self.form, self.name)
    }

    fn short(&self) -> bool {
        matches!(self.input, Input::Day | Input::Number)
    }

    fn group(&self) -> bool {
        matches!(self.input, Input::Radios(_) | Input::Ticks(_))
    }

    fn described(&self) -> String {
        let mut by = Vec::new();
        if self.hint.is_some() {
            by.push(format!("{}-hint", self.id()));
        }
        if self.error.is_some() {
            by.push(format!("{}-error", self.id()));
        }
        by.join(" ")
    }
}

impl askama::filters::HtmlSafe for Field {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_and_stays_text() {
        let html = Field::new("verify", "reason", "核查情况", Input::Area)
            .value("</textarea><script>alert(1)</script>")
            .error(Some("写明核查情况".into()))
            .to_string();
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("aria-describedby=\"verify-reason-error\""), "{html}");
    }

    #[test]
    fn a_password_is_never_shown_again() {
        let input = Input::Password { autocomplete: "current-password" };
        let html = Field::new("sign-in", "password", "密码", input).value("秘密").to_string();
        assert!(!html.contains("秘密"), "{html}");
    }

    #[test]
    fn a_value_chooses_among_the_choices() {
        let choices = vec![Choice::new("a", "甲", true), Choice::new("b", "乙", false)];
        let html = Field::new("f", "unit", "单位", Input::Select(choices)).value("b").to_string();
        assert!(html.contains(r#"<option value="b" selected>"#), "{html}");
        assert_eq!(html.matches(" selected").count(), 1);
    }
}
