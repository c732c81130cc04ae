//! The pages through their router, over a town of its own: what a browser would see, without a browser.

mod api;
mod editions;
mod forms;
mod gate;
mod house;
mod journey;
mod language;
mod mending;
mod tokens;
