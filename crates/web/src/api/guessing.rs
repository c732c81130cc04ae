//! Wrong tokens: after so many from one address nothing is heard from it for a while, except from tokens that were right
//! before. A token cannot be guessed; this keeps the log readable, the store quiet, and puts the attempt on record.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mingcha_domain::Instant;
use sm3::{Digest, Sm3};

/// Wrong tokens from one address within [`WINDOW_SECONDS`] after which it is shut out.
pub(crate) const WRONG_MAX: u32 = 20;
/// How long wrong tokens are counted together, and how long an address is shut out.
pub(crate) const WINDOW_SECONDS: i64 = 300;
/// Addresses that are remembered; beyond, they are counted as one.
const ADDRESSES_MAX: usize = 10_000;

/// Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guessing(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    wrong: HashMap<Option<IpAddr>, Count>,
    /// SM3 of tokens that were right. Only right ones, so it stays small.
    right: HashSet<[u8; 32]>,
}

#[derive(Debug)]
struct Count {
    wrong: u32,
    until: Instant,
}

/// An address was just shut out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Shut {
    /// Which.
    pub address: String,
    /// After how many wrong tokens.
    pub wrong: u32,
    /// For how long.
    pub seconds: u64,
}

impl Guessing {
    /// For how many seconds more this address is not heard, if it is shut out and the token is not known to be right.
    pub(crate) fn shut(&self, from: Option<IpAddr>, token: &str, now: Instant) -> Option<u64> {
        let known = self.lock();
        let count = known.wrong.get(&narrowed(from))?;
        if count.wrong < WRONG_MAX || count.until <= now || known.right.contains(&hash(token)) {
            return None;
        }
        let seconds = (count.until.micros() - now.micros()) / 1_000_000;
        Some(u64::try_from(seconds).unwrap_or(0).max(1))
    }

    /// A token was right.
    pub(crate) fn right(&self, token: &str) {
        self.lock().right.insert(hash(token));
    }

    /// A token was wrong; says so when that shuts its address out.
    pub(crate) fn wrong(&self, from: Option<IpAddr>, now: Instant) -> Option<Shut> {
        let mut known = self.lock();
        if known.wrong.len() >= ADDRESSES_MAX {
            known.wrong.retain(|_, count| count.until > now);
        }
        let narrowed = narrowed(from);
        let full = known.wrong.len() >= ADDRESSES_MAX && !known.wrong.contains_key(&narrowed);
        let address = if full { None } else { narrowed };
        let until = now.plus_seconds(WINDOW_SECONDS);
        let count = known.wrong.entry(address).or_insert(Count { wrong: 0, until });
        if count.until <= now {
            *count = Count { wrong: 0, until };
        }
        count.wrong += 1;
        (count.wrong == WRONG_MAX).then(|| {
            count.until = until;
            Shut {
                address: from.map_or_else(|| "?".to_owned(), |from| from.to_string()),
                wrong: WRONG_MAX,
                seconds: WINDOW_SECONDS.unsigned_abs(),
            }
        })
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One household has a whole network of IPv6 addresses: they count as one.
fn narrowed(from: Option<IpAddr>) -> Option<IpAddr> {
    match from {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            Some(IpAddr::from([a, b, c, d, 0, 0, 0, 0]))
        }
        other => other,
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sm3::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn an_address_that_guesses_is_not_heard_for_a_while_and_others_are() {
        let guessing = Guessing::default();
        let now = Instant::parse("2023-12-29T01:00:00Z").expect("a time");
        guessing.right("mct_right");
        for _ in 1..WRONG_MAX {
            assert_eq!(guessing.wrong(at("10.0.0.7"), now), None);
        }
        assert_eq!(guessing.shut(at("10.0.0.7"), "mct_x", now), None);
        let shut = guessing.wrong(at("10.0.0.7"), now).expect("shut out");
        assert_eq!((shut.address.as_str(), shut.wrong), ("10.0.0.7", WRONG_MAX));
        assert_eq!(guessing.wrong(at("10.0.0.7"), now), None, "told once");
        assert_eq!(guessing.shut(at("10.0.0.7"), "mct_x", now), Some(300));
        assert_eq!(guessing.shut(at("10.0.0.7"), "mct_right", now), None, "who was right before is heard");
        assert_eq!(guessing.shut(at("10.0.0.8"), "mct_x", now), None);
        assert_eq!(guessing.shut(at("10.0.0.7"), "mct_x", now.plus_seconds(WINDOW_SECONDS)), None);
    }

    #[test]
    fn a_network_of_one_household_counts_as_one() {
        let guessing = Guessing::default();
        let now = Instant::from_micros(0);
        for n in 0..WRONG_MAX {
            guessing.wrong(at(&format!("2001:db8:1:2::{n:x}")), now);
        }
        assert!(guessing.shut(at("2001:db8:1:2:ffff::1"), "mct_x", now).is_some());
        assert!(guessing.shut(at("2001:db8:1:3::1"), "mct_x", now).is_none());
    }

    #[test]
    fn addresses_do_not_fill_the_memory() {
        let guessing = Guessing::default();
        let now = Instant::from_micros(0);
        for n in 0..u32::try_from(ADDRESSES_MAX).expect("few") + 100 {
            guessing.wrong(Some(IpAddr::from(n.to_be_bytes())), now);
        }
        assert!(guessing.lock().wrong.len() <= ADDRESSES_MAX + 1);
    }
}
