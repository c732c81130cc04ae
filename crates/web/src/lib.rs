//! The office, the portal: pages over the rooms.
