//! Home: what the programme is, its projects, and what came of them in the newest published edition.
