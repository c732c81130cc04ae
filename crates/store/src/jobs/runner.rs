//! Taking jobs from the queue: lease, renew, done, failed.

use mingcha_domain::Instant;

use super::{ATTEMPTS_MAX, Payload};
use crate::{Row, Store, StoreError, Why, params};

const BACKOFF_SECONDS_FIRST: i64 = 5;
const BACKOFF_SECONDS_MAX: i64 = 3600;

/// The queue as the runner sees it.
#[derive(Clone)]
pub struct Jobs {
    store: Store,
}

/// A job that is ours until the lease runs out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leased {
    /// Its number.
    pub id: i64,
    /// By which the handler is found.
    pub kind: String,
    /// JSON for the handler.
    pub payload: String,
    /// Which attempt this is, from 1. It also tells two leases of one job apart.
    pub attempts: i64,
}

impl Leased {
    /// Reads the payload.
    pub fn read<P: Payload>(&self) -> Result<P, StoreError> {
        serde_json::from_str(&self.payload)
            .map_err(|error| StoreError::Unreadable { what: "job payload", detail: error.to_string() })
    }
}

/// What becomes of a job that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is tried again then.
    Again(Instant),
    /// It is given up and waits for a person.
    GivenUp,
}

/// How many jobs there are in each state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Queue {
    /// Waiting or being worked on.
    pub ready: i64,
    /// Finished.
    pub done: i64,
    /// Given up.
    pub failed: i64,
}

impl Jobs {
    pub(crate) fn new(store: Store) -> Self {
        Self { store }
    }

    /// Takes the oldest due job for so many seconds; `None` when nothing is due. A job whose lease ran out is due again,
    /// unless it was tried too often: then it is given up, since it may be what kills the process.
    pub async fn lease(&self, now: Instant, seconds: i64) -> Result<Option<Leased>, StoreError> {
        let mut tx = self.store.begin_unaudited().await?;
        tx.run_unaudited(
            "UPDATE job SET state = 'failed', lease_until = NULL, \
             last_error = COALESCE(last_error, 'the process ended while it worked on this') \
             WHERE state = 'ready' AND attempts >= $1 AND lease_until IS NOT NULL AND lease_until <= $2",
            params![ATTEMPTS_MAX, now],
            Why::Lease,
        )
        .await?;
        let skip = if tx.is_postgres() { " FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!(
            "SELECT id, kind, payload, attempts FROM job WHERE state = 'ready' AND run_at <= $1 \
             AND (lease_until IS NULL OR lease_until <= $1) ORDER BY run_at, id LIMIT 1{skip}"
        );
        let Some(row) = tx.one(&sql, params![now]).await? else {
            tx.commit().await?;
            return Ok(None);
        };
        let leased = leased_from(&row)?;
        tx.run_unaudited(
            "UPDATE job SET attempts = $2, lease_until = $3 WHERE id = $1",
            params![leased.id, leased.attempts, now.plus_seconds(seconds)],
            Why::Lease,
        )
        .await?;
        tx.commit().await?;
        Ok(Some(leased))
    }

    /// Ends every lease: for a runner that knows that no other one is alive. The jobs are due again at once, and attempts
    /// stay counted, so that a job which kills its process is given up all the same.
    pub async fn end_leases(&self, now: Instant) -> Result<(), StoreError> {
        let mut reading = self.store.read().await?;
        let held = "state = 'ready' AND lease_until > $1";
        let some = reading.one(&format!("SELECT id FROM job WHERE {held} LIMIT 1"), params![now]).await?.is_some();
        drop(reading);
        if some {
            let mut tx = self.store.begin_unaudited().await?;
            let sql = format!("UPDATE job SET lease_until = $1 WHERE {held}");
            tx.run_unaudited(&sql, params![now], Why::Lease).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Keeps a job for so many seconds more.
    pub async fn renew(&self, job: &Leased, now: Instant, seconds: i64) -> Result<(), StoreError> {
        let mut tx = self.store.begin_unaudited().await?;
        let kept = tx
            .run_unaudited(
                "UPDATE job SET lease_until = $3 WHERE id = $1 AND state = 'ready' AND attempts = $2 \
                 AND lease_until IS NOT NULL",
                params![job.id, job.attempts, now.plus_seconds(seconds)],
                Why::Lease,
            )
            .await?;
        tx.commit().await?;
        if kept == 1 { Ok(()) } else { Err(StoreError::LeaseLost { job: job.id }) }
    }

    /// Marks a job done whose handler has not done so in its own transaction.
    pub async fn done(&self, job: &Leased) -> Result<(), StoreError> {
        let mut tx = self.store.begin_unaudited().await?;
        tx.finish_job(job).await?;
        tx.commit().await
    }

    /// Notes a failure: tried again after 5, 10, 20 … seconds, at most an hour, and given up after [`ATTEMPTS_MAX`].
    pub async fn failed(&self, job: &Leased, error: &str, now: Instant) -> Result<Fate, StoreError> {
        let fate =
            if job.attempts >= ATTEMPTS_MAX { Fate::GivenUp } else { Fate::Again(now.plus_seconds(backoff(job))) };
        let (state, run_at) = match fate {
            Fate::GivenUp => ("failed", now),
            Fate::Again(at) => ("ready", at),
        };
        let mut tx = self.store.begin_unaudited().await?;
        let noted = tx
            .run_unaudited(
                "UPDATE job SET state = $3, run_at = $4, lease_until = NULL, last_error = $5 \
                 WHERE id = $1 AND state = 'ready' AND attempts = $2 AND lease_until IS NOT NULL",
                params![job.id, job.attempts, state, run_at, error.replace('\0', " ")],
                Why::Job,
            )
            .await?;
        tx.commit().await?;
        if noted == 1 { Ok(fate) } else { Err(StoreError::LeaseLost { job: job.id }) }
    }

    /// How full the queue is.
    pub async fn count(&self) -> Result<Queue, StoreError> {
        let mut tx = self.store.read().await?;
        let mut queue = Queue::default();
        for row in tx.all("SELECT state, COUNT(*) AS jobs FROM job GROUP BY state", params![]).await? {
            let jobs = row.int("jobs")?;
            match row.text("state")? {
                "ready" => queue.ready = jobs,
                "done" => queue.done = jobs,
                _ => queue.failed = jobs,
            }
        }
        Ok(queue)
    }
}

fn backoff(job: &Leased) -> i64 {
    let doublings = u32::try_from(job.attempts - 1).unwrap_or(0).min(16);
    (BACKOFF_SECONDS_FIRST << doublings).min(BACKOFF_SECONDS_MAX)
}

fn leased_from(row: &Row) -> Result<Leased, StoreError> {
    Ok(Leased {
        id: row.int("id")?,
        kind: row.get("kind")?,
        payload: row.get("payload")?,
        attempts: row.int("attempts")? + 1,
    })
}
