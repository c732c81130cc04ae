//! Batches: preview, commit, supersede, withdraw, quarantine.
