//! A town for tests: personas, clock, stores, sheets.
