//! Journeys through the built binary, and the rules of the house that hold for every crate.

mod arrows;
mod at_once;
mod bad_input;
mod batches;
mod compaction;
mod contract;
mod copies;
mod crash;
mod demo_year;
mod disk_faults;
mod full_disk;
mod hostile;
mod house;
mod looking;
mod mending;
mod packs;
mod postgres;
mod power_cut;
mod proof;
mod proof_evidence;
mod river;
mod serving;
mod sheets;
mod tidy;
mod tokens;
mod watching;
