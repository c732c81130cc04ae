//! Who handles which job. Rooms meet here and nowhere else: rows committed → models run → cases opened or marked.
//!
//! A handler may run twice (a crash after its work, before its mark): each is harmless the second time.

use std::fs::{File, OpenOptions, TryLockError};
use std::time::Duration;

use mingcha_casework::{FindingChange, FindingNews, RecheckCause, open_cases};
use mingcha_detect::{Change, Mode, Models, News, Request, Run, RunCause, VanishedCause};
use mingcha_domain::{BatchNo, RunId, UploadId};
use mingcha_store::fault;
use mingcha_store::jobs::{Fate, FindingsChanged, Leased, LedgerCrowded, Payload, RowsCommitted, SheetTaken};

use crate::{Platform, WiringError};

/// A job is ours for so long; a longer one is taken by nobody else while this process holds [`LOCK`].
const LEASE_SECONDS: i64 = 3600;
/// Below the data folder: whoever locks it runs the folder's jobs.
const LOCK: &str = "jobs.lock";
/// How often a process that waits for another one's jobs looks again.
const POLL: Duration = Duration::from_millis(50);

impl Platform {
    /// Does every job that is due, also those that these cause and what the turn of the business day asks for, and returns how many were done. A job that failed is
    /// tried again later; the first failure is the answer here, after the others were done.
    pub async fn drain(&self) -> Result<usize, WiringError> {
        let _alone = self.running.lock().await;
        let _alone_among_processes = self.lock_jobs().await?;
        let jobs = self.office.store().jobs();
        // A lease that is there now belongs to a process that was killed: one that lives would hold the lock.
        jobs.end_leases(self.office.now()).await?;
        // What hinders that run hinders no job.
        let (mut done, mut failure) = (0, self.turn_day().await.err());
        while let Some(job) = jobs.lease(self.office.now(), LEASE_SECONDS).await? {
            fault::point("jobs.leased");
            match self.handle(&job).await {
                Ok(()) => {
                    fault::point("jobs.handled");
                    jobs.done(&job).await?;
                    fault::point("jobs.done");
                    done += 1;
                }
                Err(error) => {
                    let fate = jobs.failed(&job, &error.to_string(), self.office.now()).await?;
                    tracing::error!(kind = %job.kind, job = job.id, %error, again = matches!(fate, Fate::Again(_)), "job");
                    failure.get_or_insert(error);
                }
            }
        }
        failure.map_or(Ok(done), Err)
    }

    /// Waits until no other process runs jobs of this folder. The operating system gives the lock back when a process
    /// ends, however it ends.
    async fn lock_jobs(&self) -> Result<File, WiringError> {
        let path = self.folder.root().join(LOCK);
        let refused = |error: &std::io::Error| WiringError::file(&path, error);
        let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
        let file = file.map_err(|error| refused(&error))?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(POLL).await,
                Err(TryLockError::Error(error)) => return Err(refused(&error)),
            }
        }
    }

    async fn handle(&self, job: &Leased) -> Result<(), WiringError> {
        match job.kind.as_str() {
            RowsCommitted::KIND => {
                let rows: RowsCommitted = job.read()?;
                let batch = BatchNo(rows.batch);
                let cause =
                    if rows.withdrawn { RunCause::BatchWithdrawn(batch) } else { RunCause::BatchCommitted(batch) };
                self.run_models(&self.system, Models::All, Mode::Auto, cause).await?;
                self.merge_later(&rows).await
            }
            SheetTaken::KIND => self.settle(&job.read()?).await,
            LedgerCrowded::KIND => self.merge_crowd(&job.read()?).await,
            FindingsChanged::KIND => {
                let changed: FindingsChanged = job.read()?;
                self.tell_casework(&changed.run).await
            }
            other => Err(WiringError::Job { kind: other.to_owned(), detail: "no handler".to_owned() }),
        }
    }

    /// Runs models as an actor; the findings become cases when the jobs are drained.
    pub async fn run_models(
        &self,
        actor: &mingcha_access::Actor,
        models: Models,
        mode: Mode,
        cause: RunCause,
    ) -> Result<Run, WiringError> {
        let mut desk = self.office.reading(actor).await?;
        let ops = mingcha_casework::export_ops(&mut desk).await.map_err(|error| WiringError::room(&error))?;
        drop(desk);
        let request = Request { models, mode, cause, ops };
        mingcha_detect::run(&self.office, actor, &self.lake, &self.packs, request)
            .await
            .map_err(|error| WiringError::room(&error))
    }

    /// Sees which rows of earlier sheets a sheet brings.
    async fn settle(&self, taken: &SheetTaken) -> Result<(), WiringError> {
        let upload: UploadId = taken.upload.parse().map_err(|_| WiringError::Job {
            kind: SheetTaken::KIND.to_owned(),
            detail: format!("{} is no upload", taken.upload),
        })?;
        let sources = self.sources();
        let ground = self.ledger_ground(&sources);
        let settled = mingcha_ledger::settle(&self.office, &self.system, ground, upload).await;
        let settled = settled.map_err(|error| WiringError::room(&error))?;
        tracing::info!(%upload, settled, "rows that waited");
        Ok(())
    }

    async fn tell_casework(&self, run: &str) -> Result<(), WiringError> {
        let id: RunId = run.parse().map_err(|_| WiringError::Job {
            kind: FindingsChanged::KIND.to_owned(),
            detail: format!("{run} is no run"),
        })?;
        let mut desk = self.office.reading(&self.system).await?;
        let news = mingcha_detect::news(&mut desk, id).await.map_err(|error| WiringError::room(&error))?;
        drop(desk);
        // What a later run has taken back is not told any more: its own job tells what is so now.
        let news: Vec<FindingNews> = news.into_iter().filter(|news| news.holds).map(as_casework_reads).collect();
        let desk = self.office.desk(&self.system).await?;
        let opened = open_cases(desk, run, &news).await.map_err(|error| WiringError::room(&error))?;
        tracing::info!(run, ?opened, "findings became casework");
        Ok(())
    }
}

/// The words of one room in those of the other.
fn as_casework_reads(news: News) -> FindingNews {
    FindingNews {
        finding: news.finding,
        change: match news.change {
            // What the turn of the day alone makes another (days counted up to today) is another every day.
            Change::Created | Change::Updated(None | Some(VanishedCause::DayTurned)) => FindingChange::Seen,
            Change::Updated(Some(cause)) => FindingChange::Changed(recheck_cause(cause)),
            Change::Returned => FindingChange::Returned,
            Change::Vanished(cause) => FindingChange::Vanished(recheck_cause(cause)),
        },
        model: news.model,
        project: news.pack,
        sentence: news.sentence,
        effect: news.effect,
        subject: news.subject_text,
        subject_code: news.subject_code,
    }
}

fn recheck_cause(cause: VanishedCause) -> RecheckCause {
    match cause {
        VanishedCause::DataCorrected => RecheckCause::DataCorrected,
        VanishedCause::BatchWithdrawn => RecheckCause::BatchWithdrawn,
        VanishedCause::ModelChanged => RecheckCause::ModelChanged,
        VanishedCause::ParameterChanged => RecheckCause::ParameterChanged,
        VanishedCause::DayTurned => RecheckCause::DayTurned,
        VanishedCause::Exempted => RecheckCause::Exempted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_domain::FindingId;

    #[test]
    fn only_other_data_ask_to_look_again_not_words_nor_the_turn_of_the_day() {
        let read = |change| {
            let told = as_casework_reads(News {
                finding: FindingId::from_random([1; 16]),
                change,
                holds: true,
                model: "training.three".into(),
                pack: "training".into(),
                unit: None,
                sentence: String::new(),
                effect: "核查".into(),
                subject_text: None,
                subject_code: None,
            });
            told.change
        };
        let withdrawn = Change::Updated(Some(VanishedCause::BatchWithdrawn));
        assert_eq!(read(withdrawn), FindingChange::Changed(RecheckCause::BatchWithdrawn));
        assert_eq!(read(Change::Updated(Some(VanishedCause::DayTurned))), FindingChange::Seen);
        assert_eq!(read(Change::Updated(None)), FindingChange::Seen);
    }
}
