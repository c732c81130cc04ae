//! The binary: the command line, the clock, the server.
//!
//! Each command opens a platform, asks a room as a named account, prints, and chooses an exit code. No rule lives here.

mod args;
mod clock;
mod commands;
mod opening;
mod output;
mod packs;

use std::process::ExitCode;

use clap::Parser;
use mingcha_words::Lang;

use crate::args::{Cli, LangArg};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = match cli.lang {
        LangArg::Zh => Lang::Zh,
        LangArg::En => Lang::En,
    };
    start_log();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::Failure::plain(error).print(lang);
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(cli.command, lang)) {
        Ok(ended) => ended.into(),
        Err(failure) => {
            failure.print(lang);
            ExitCode::FAILURE
        }
    }
}

/// Logs go to standard error, warnings by default, `MINGCHA_LOG=info` for more. They hold no personal data.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MINGCHA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}
