//! The one place that reads a clock and draws chance; everything else is handed both.

use mingcha_access::{Chance, Clock};
use mingcha_domain::Instant;

/// The machine's clock, in microseconds.
pub struct RealClock;

impl Clock for RealClock {
    #[expect(clippy::disallowed_methods, reason = "this is the binary's clock")]
    fn now(&self) -> Instant {
        Instant::from_micros(chrono::Utc::now().timestamp_micros())
    }
}

/// The operating system's source of chance.
pub struct RealChance;

impl Chance for RealChance {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Without chance there is no salt, no session and no password; going on would be worse than stopping.
            tracing::error!(%error, "the operating system gives no random bytes");
            std::process::abort();
        }
    }
}
