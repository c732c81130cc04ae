//! The face in the browser: the office for those who are signed in, the portal for everybody.
//!
//! One list, [`routes`], says what exists: method, path, who may come in, handler. The router is built from it and the
//! test of the gate walks it, so a page that is not in the list does not exist and one that is cannot be forgotten.
//! A handler parses, calls a room, renders: no rule of the field lives here, nor any query.
//!
//! `shell` has what is the same for every page (visit, gate, forms, failures, headers); `office` and `portal` have one
//! file per journey; `api` is the interface for other systems. Deliberately absent: a clock, TLS (a reverse proxy's), any
//! address of another house.

mod api;
mod config;
mod office;
mod portal;
mod route;
mod router;
mod serve;
mod shell;

pub use api::wire;
pub use config::WebConfig;
pub use route::{Body, Gate, Route, routes};
pub use router::router;
pub use serve::serve;
