//! Laws of the room, through its public functions.

mod absent_columns;
mod bulk;
mod faults;
mod going_in;
mod looking_at_quality;
mod looking_back;
mod mending;
mod past_uploads;
mod proof;
mod property;
mod remembered;
mod scene;
mod sheets;
mod taking_out;
