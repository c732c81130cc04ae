//! A clock that moves only when it is read: one second per reading.

use std::sync::atomic::{AtomicI64, Ordering};

use mingcha_access::Clock;
use mingcha_domain::Instant;

/// Begins at 2023-12-29 09:00 in China and ticks one second each time it is read.
pub struct TickingClock {
    next: AtomicI64,
}

const SECOND: i64 = 1_000_000;
/// 2023-12-29T01:00:00Z.
const BEGINNING: i64 = 1_703_811_600 * SECOND;

impl TickingClock {
    /// Lets so many seconds pass.
    pub fn pass_seconds(&self, seconds: i64) {
        self.next.fetch_add(seconds * SECOND, Ordering::SeqCst);
    }

    /// Lets so many hours pass.
    pub fn pass_hours(&self, hours: i64) {
        self.pass_seconds(hours * 3600);
    }
}

impl Default for TickingClock {
    fn default() -> Self {
        Self { next: AtomicI64::new(BEGINNING) }
    }
}

impl Clock for TickingClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.next.fetch_add(SECOND, Ordering::SeqCst))
    }
}
