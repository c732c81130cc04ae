//! How far a use case is, for whoever waits for it: a bar on a page, another system that asks.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// What is being done with a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// It has arrived.
    Received,
    /// Its cells are read.
    Reading,
    /// Its rows are held against the ledger.
    Checking,
    /// Its good rows go into the ledger.
    Writing,
}

/// How far a use case is. Written by the use case, read by anybody at any moment.
#[derive(Debug, Default)]
pub struct Progress {
    step: AtomicU8,
    rows: AtomicU64,
}

impl Progress {
    /// Says what is being done now.
    pub fn begin(&self, step: Step) {
        self.step.store(step as u8, Ordering::Relaxed);
    }

    /// Says how many rows it has seen in this step.
    pub fn rows(&self, rows: u64) {
        self.rows.store(rows, Ordering::Relaxed);
    }

    /// What is being done, and how many rows were seen so far.
    #[must_use]
    pub fn now(&self) -> (Step, u64) {
        let steps = [Step::Received, Step::Reading, Step::Checking, Step::Writing];
        let step = usize::from(self.step.load(Ordering::Relaxed)).min(steps.len() - 1);
        (steps[step], self.rows.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_the_step_and_the_rows() {
        let progress = Progress::default();
        assert_eq!(progress.now(), (Step::Received, 0));
        progress.begin(Step::Checking);
        progress.rows(8192);
        assert_eq!(progress.now(), (Step::Checking, 8192));
        progress.begin(Step::Writing);
        assert_eq!(progress.now(), (Step::Writing, 8192));
    }
}
