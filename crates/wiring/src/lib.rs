//! The rooms put together: the platform, job handlers, sessions over all rooms, traces.
