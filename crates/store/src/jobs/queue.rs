//! Queueing and finishing a job inside the transaction that it belongs to.

use mingcha_domain::Instant;

use super::Payload;
use super::runner::Leased;
use crate::{StoreError, Tx, Why, params};

/// Work to be done after the transaction that queues it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// By which the handler is found.
    pub kind: String,
    /// JSON for the handler.
    pub payload: String,
    /// A job with a key that was queued before, ever, is not queued again.
    pub key: Option<String>,
}

impl Job {
    /// Wraps a payload.
    pub fn of<P: Payload>(payload: &P) -> Result<Self, StoreError> {
        let text = serde_json::to_string(payload)
            .map_err(|error| StoreError::Unreadable { what: "job payload", detail: error.to_string() })?;
        Ok(Self { kind: P::KIND.to_owned(), payload: text, key: payload.key() })
    }
}

impl Tx {
    /// Queues a job, due at `run_at`, in a write transaction. Returns false when its key was queued before.
    pub async fn enqueue(&mut self, job: &Job, run_at: Instant) -> Result<bool, StoreError> {
        // The number of a job is the next free one, which only the one writer may take.
        if !self.can_record() {
            return Err(StoreError::ReadOnly { sql: job.kind.clone() });
        }
        let added = self
            .run_unaudited(
                "INSERT INTO job (id, kind, payload, key, state, attempts, run_at) \
                 SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, 'ready', 0, $4 FROM job WHERE true \
                 ON CONFLICT (key) DO NOTHING",
                params![&job.kind, &job.payload, job.key.as_deref(), run_at],
                Why::Job,
            )
            .await?;
        Ok(added == 1)
    }

    /// Marks a leased job done in this transaction. An error when its lease has passed to someone else: then this
    /// transaction must not commit.
    pub async fn finish_job(&mut self, job: &Leased) -> Result<(), StoreError> {
        let done = self
            .run_unaudited(
                "UPDATE job SET state = 'done', lease_until = NULL, last_error = NULL \
                 WHERE id = $1 AND state = 'ready' AND attempts = $2 AND lease_until IS NOT NULL",
                params![job.id, job.attempts],
                Why::Job,
            )
            .await?;
        if done == 1 { Ok(()) } else { Err(StoreError::LeaseLost { job: job.id }) }
    }
}
