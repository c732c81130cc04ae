//! Signing in.

use askama::Template;

use crate::Frame;
use crate::parts::{Field, Input, Notice};

/// The door.
#[derive(Clone, Debug, Template)]
#[template(path = "office/sign_in.html")]
pub struct SignInPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What was typed as the login.
    pub login: String,
    /// Where to go afterwards.
    pub next: String,
    /// Why it did not go.
    pub failed: Option<Notice>,
}

impl SignInPage {
    fn login_field(&self) -> Field {
        Field::new("sign-in", "login", self.frame.say("web-login"), Input::Text).value(self.login.clone())
    }

    fn password_field(&self) -> Field {
        let input = Input::Password { autocomplete: "current-password" };
        Field::new("sign-in", "password", self.frame.say("web-password"), input)
    }
}
