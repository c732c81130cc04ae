//! Journeys through the built binary, and the rules of the house that hold for every crate.

mod arrows;
mod house;
