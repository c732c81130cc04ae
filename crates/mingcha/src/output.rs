//! What a command prints: results on standard output, progress and troubles on standard error, and its exit code.

#![expect(clippy::print_stderr, reason = "the one place of the binary that prints")]

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use mingcha_domain::{Speaks, Trouble};
use mingcha_words::Lang;
use serde::Serialize;

/// How a command that did not fail ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Done.
    Done,
    /// It ran and answers no: something was altered, a case failed.
    No,
    /// Done, but some rows were rejected, or findings exist and that was asked for.
    WithRejects,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Done => Self::SUCCESS,
            Ended::No => Self::FAILURE,
            Ended::WithRejects => Self::from(2),
        }
    }
}

/// An error on its way to a person: a trouble with words, or an error of the machine.
#[derive(Debug)]
pub enum Failure {
    /// Told in the person's language.
    Told(Trouble),
    /// Several things at once, already in words.
    Listed(Vec<String>),
    /// Something without words of its own, with its chain of causes.
    Plain(anyhow::Error),
}

impl<E: Speaks> From<E> for Failure {
    fn from(error: E) -> Self {
        tracing::debug!(error = %error, "command failed");
        Self::Told(error.trouble())
    }
}

impl Failure {
    /// Wraps an error that has no words of its own.
    pub fn plain(error: impl Into<anyhow::Error>) -> Self {
        Self::Plain(error.into())
    }

    /// Prints the failure on standard error.
    pub fn print(&self, lang: Lang) {
        match self {
            Self::Told(trouble) => eprintln!("{}: {}", trouble.code, mingcha_words::say(lang, trouble)),
            Self::Listed(lines) => lines.iter().for_each(|line| eprintln!("{line}")),
            Self::Plain(error) => eprintln!("{error:#}"),
        }
    }
}

/// The result of a command.
pub type Outcome = Result<Ended, Failure>;

/// Prints one line for a person.
pub fn line(text: impl AsRef<str>) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{}", text.as_ref()) {
        // Whoever read (`| head`) has enough; any other error means that what was asked for did not arrive.
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        notice(format!("{error}"));
        std::process::exit(1);
    }
}

/// Prints a notice on standard error, so that standard output stays what was asked for.
pub fn notice(text: impl AsRef<str>) {
    eprintln!("{}", text.as_ref());
}

/// Prints one JSON document.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    line(serde_json::to_string_pretty(value).map_err(Failure::plain)?);
    Ok(())
}

/// Prints one JSON object on one line.
pub fn json_line(value: &impl Serialize) -> Result<(), Failure> {
    line(serde_json::to_string(value).map_err(Failure::plain)?);
    Ok(())
}

/// Shows that work goes on, once it takes over a second. Silent when standard error is no terminal and the work is short.
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts a progress line.
    pub fn start(what: &str) -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(1000));
        Self(bar)
    }

    /// Says what is being done now, and how far it is.
    pub fn now(&self, what: &str) {
        if self.0.is_hidden() && self.0.elapsed() > Duration::from_secs(1) {
            eprintln!("{what}");
        }
        self.0.set_message(what.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
