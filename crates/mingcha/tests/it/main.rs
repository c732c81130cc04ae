//! Journeys through the built binary, and the rules of the house that hold for every crate.

mod arrows;
mod bad_input;
mod batches;
mod contract;
mod copies;
mod crash;
mod demo_year;
mod full_disk;
mod house;
mod packs;
mod postgres;
mod proof;
mod proof_evidence;
mod river;
mod serving;
mod sheets;
mod tidy;
