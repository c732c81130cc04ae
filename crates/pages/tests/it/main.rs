//! Named examples of every page, and the laws that all of them keep. With `MINGCHA_GALLERY=FOLDER` the examples are
//! written there, to be looked at in a browser.

mod examples;
mod laws;
