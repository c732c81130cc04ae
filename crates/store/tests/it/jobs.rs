//! What the queue promises.

use mingcha_store::jobs::{ATTEMPTS_MAX, Fate, FindingsChanged, Leased, Queue, RowsCommitted};
use mingcha_store::{Job, StoreError};

use crate::house::{House, at, on_both_databases, record};

on_both_databases!(
    a_job_exists_only_if_its_cause_was_committed,
    a_key_runs_once_ever,
    a_leased_job_is_nobody_elses,
    a_late_handler_cannot_commit,
    a_job_is_finished_in_the_transaction_of_its_effect,
    a_failed_job_waits_longer_each_time_and_is_given_up_at_last,
    a_job_that_kills_its_process_is_given_up_too,
    a_renewed_lease_lasts_longer,
    a_runner_that_is_alone_takes_over_what_a_killed_one_held,
    many_runners_never_share_a_job,
    the_oldest_due_job_comes_first,
);

fn rows(batch: i64) -> Job {
    Job::of(&RowsCommitted { batch, withdrawn: false }).expect("a job")
}

impl House {
    async fn queues(&self, job: &Job, seconds: i64) -> bool {
        let mut tx = self.store.begin().await.expect("a transaction");
        let added = tx.enqueue(job, at(seconds)).await.expect("the queue");
        tx.commit().await.expect("a commit");
        added
    }

    async fn leases(&self, seconds: i64) -> Option<Leased> {
        self.store.jobs().lease(at(seconds), 60).await.expect("the queue")
    }

    async fn queue(&self) -> Queue {
        self.store.jobs().count().await.expect("the queue")
    }
}

async fn a_job_exists_only_if_its_cause_was_committed(house: House) {
    let mut tx = house.store.begin().await.expect("a transaction");
    tx.enqueue(&rows(1), at(0)).await.expect("the queue");
    drop(tx);
    assert_eq!(house.leases(1).await, None);
    assert!(house.queues(&rows(1), 0).await);
    let leased = house.leases(1).await.expect("a job");
    assert_eq!(leased.read::<RowsCommitted>(), Ok(RowsCommitted { batch: 1, withdrawn: false }));
    assert!(leased.read::<FindingsChanged>().is_err());
}

async fn a_key_runs_once_ever(house: House) {
    assert!(house.queues(&rows(1), 0).await);
    assert!(!house.queues(&rows(1), 0).await);
    let leased = house.leases(1).await.expect("a job");
    house.store.jobs().done(&leased).await.expect("done");
    assert!(!house.queues(&rows(1), 0).await, "not even after it is done");
    assert!(house.queues(&Job { key: None, ..rows(1) }, 0).await, "without a key each one counts");
    assert_eq!(house.queue().await, Queue { ready: 1, done: 1, failed: 0 });
}

async fn a_leased_job_is_nobody_elses(house: House) {
    house.queues(&rows(1), 10).await;
    assert_eq!(house.leases(9).await, None, "not due yet");
    assert!(house.leases(10).await.is_some());
    assert_eq!(house.leases(11).await, None, "leased");
    assert_eq!(house.leases(70).await.map(|job| job.attempts), Some(2), "the lease ran out");
}

async fn a_late_handler_cannot_commit(house: House) {
    house.queues(&rows(1), 0).await;
    let late = house.leases(0).await.expect("a job");
    let other = house.leases(60).await.expect("the same job");
    let mut tx = house.store.begin().await.expect("a transaction");
    assert_eq!(tx.finish_job(&late).await, Err(StoreError::LeaseLost { job: late.id }));
    drop(tx);
    assert_eq!(house.store.jobs().failed(&late, "late", at(61)).await, Err(StoreError::LeaseLost { job: late.id }));
    assert_eq!(house.store.jobs().done(&other).await, Ok(()));
    assert_eq!(house.store.jobs().done(&other).await, Err(StoreError::LeaseLost { job: other.id }), "once is enough");
}

async fn a_job_is_finished_in_the_transaction_of_its_effect(house: House) {
    house.queues(&rows(1), 0).await;
    let leased = house.leases(0).await.expect("a job");
    for commits in [false, true] {
        let mut tx = house.store.begin().await.expect("a transaction");
        let touched = tx.set_setting("effect", "yes").await.expect("a change");
        record(&mut tx, &[touched]).await;
        tx.finish_job(&leased).await.expect("still ours");
        if commits {
            tx.commit().await.expect("a commit");
        }
    }
    assert_eq!(house.reads("SELECT value FROM setting").await, ["yes"]);
    assert_eq!(house.queue().await, Queue { ready: 0, done: 1, failed: 0 });
}

async fn a_failed_job_waits_longer_each_time_and_is_given_up_at_last(house: House) {
    house.queues(&rows(1), 0).await;
    let mut waits = Vec::new();
    let mut now = 0;
    loop {
        let leased = house.leases(now).await.expect("due again");
        match house.store.jobs().failed(&leased, "磁盘已满", at(now)).await.expect("noted") {
            Fate::Again(then) => {
                let wait = (then.micros() - at(now).micros()) / 1_000_000;
                assert_eq!(house.leases(now + wait - 1).await, None, "not before its time");
                waits.push(wait);
                now += wait;
            }
            Fate::GivenUp => break,
        }
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320]);
    assert_eq!(house.queue().await, Queue { ready: 0, done: 0, failed: 1 });
    assert_eq!(house.reads("SELECT last_error FROM job").await, ["磁盘已满"]);
}

async fn a_job_that_kills_its_process_is_given_up_too(house: House) {
    house.queues(&rows(1), 0).await;
    for attempt in 0..ATTEMPTS_MAX {
        assert!(house.leases(attempt * 60).await.is_some(), "attempt {attempt}");
    }
    assert_eq!(house.leases(ATTEMPTS_MAX * 60).await, None);
    assert_eq!(house.queue().await, Queue { ready: 0, done: 0, failed: 1 });
}

async fn a_renewed_lease_lasts_longer(house: House) {
    house.queues(&rows(1), 0).await;
    let leased = house.leases(0).await.expect("a job");
    house.store.jobs().renew(&leased, at(50), 60).await.expect("still ours");
    assert_eq!(house.leases(100).await, None);
    assert!(house.leases(110).await.is_some());
    assert_eq!(house.store.jobs().renew(&leased, at(111), 60).await, Err(StoreError::LeaseLost { job: leased.id }));
}

async fn a_runner_that_is_alone_takes_over_what_a_killed_one_held(house: House) {
    house.queues(&rows(1), 0).await;
    let killed = house.leases(0).await.expect("a job");
    assert_eq!(house.leases(1).await, None);
    house.store.jobs().end_leases(at(1)).await.expect("ended");
    let taken = house.leases(1).await.expect("due at once");
    assert_eq!((taken.id, taken.attempts), (killed.id, 2));
    assert_eq!(house.store.jobs().done(&killed).await, Err(StoreError::LeaseLost { job: killed.id }));
}

async fn many_runners_never_share_a_job(house: House) {
    for batch in 0..20 {
        house.queues(&rows(batch), 0).await;
    }
    let runners: Vec<_> = (0..4)
        .map(|_| {
            let jobs = house.store.jobs();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                while let Some(leased) = jobs.lease(at(1), 60).await.expect("the queue") {
                    mine.push(leased.id);
                }
                mine
            })
        })
        .collect();
    let mut all = Vec::new();
    for runner in runners {
        all.extend(runner.await.expect("a runner ends"));
    }
    all.sort_unstable();
    assert_eq!(all, (1..=20).collect::<Vec<i64>>());
}

async fn the_oldest_due_job_comes_first(house: House) {
    for (batch, seconds) in [(1, 5), (2, 3), (3, 3)] {
        house.queues(&rows(batch), seconds).await;
    }
    let mut order = Vec::new();
    while let Some(leased) = house.leases(10).await {
        order.push(leased.read::<RowsCommitted>().expect("a payload").batch);
    }
    assert_eq!(order, [2, 3, 1]);
}
