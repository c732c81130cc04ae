//! Figures, editions, the bulletin.
