//! The binary: command line, configuration, server.
fn main() {}
