//! Points where a test kills the process, to see what the next start makes of it.

/// Ends the process at once, without unwinding, when `MINGCHA_FAULT` names this point. Only in debug builds; free and
/// silent in a release.
pub fn point(name: &str) {
    if cfg!(debug_assertions) && std::env::var("MINGCHA_FAULT").is_ok_and(|wanted| wanted == name) {
        tracing::error!(point = name, "MINGCHA_FAULT: the process ends here");
        std::process::abort();
    }
}
