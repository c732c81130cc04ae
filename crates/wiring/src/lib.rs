//! The rooms put together: what both faces, pages and command line, hold in their hands.
//!
//! In goes a data folder; out comes a [`Platform`]: store, lake, packs, clock. Here stand the job handlers by which rooms
//! meet (rows committed → models run → cases opened), the query session that sees ledgers and casework at one moment, the
//! walk from a figure down to the line of a sheet, the demo year, backup, and the check that nothing was altered.
//!
//! Deliberately absent: any rule of a room, HTTP, printing. Start reading at [`Platform`], then `jobs`.

mod answer;
mod backup;
mod compact;
mod day;
mod demo;
mod error;
mod folder;
mod found;
mod import;
pub mod imports;
mod inbox;
mod jobs;
mod moment;
mod packs;
mod past;
mod platform;
mod publish;
mod restore;
mod server_lock;
mod trace;
mod verify;

pub use backup::{BackedUp, backup};
pub use demo::{Generated, GeneratedSheet, LoadedSheet, LoadedYear, Planted, Size, generate, load as load_year};
pub use error::WiringError;
pub use folder::DataFolder;
pub use found::{casework_sheets, found};
pub use import::{ImportReject, Imported};
pub use inbox::Inbox;
pub use moment::Moment;
pub use packs::{check as check_packs, load as load_packs, spoken};
pub use platform::Platform;
pub use restore::{Restored, restore};
pub use server_lock::ServerLock;
pub use trace::Trace;
pub use verify::{Verified, tracked};
