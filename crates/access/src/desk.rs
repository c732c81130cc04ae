//! The desk: the one thing that a use case is handed. Transaction, time, actor, and the question “may I”.

use mingcha_domain::{Day, Instant};
use mingcha_store::{AuditSeq, Entry, Job, StoreError, Touched, Tx};
use serde_json::Value;

use crate::policy::{Reach, reach};
use crate::{Action, Actor, Office, Permit, Refused, Scope, Subject};

/// One actor at work, in one transaction, at one moment.
pub struct Desk {
    /// The moment; the same for everything in this transaction.
    pub now: Instant,
    /// The business date.
    pub today: Day,
    /// Who is at work, as the store knows them now.
    pub actor: Actor,
    tx: Tx,
    office: Office,
    action_year: String,
}

/// What is written into the audit trail about a change.
#[derive(Clone, PartialEq, Debug)]
pub struct Record<'a> {
    /// What was done, as `room.verb`.
    pub verb: &'a str,
    /// To what, as `kind:id`.
    pub subject: &'a str,
    /// The reason that the actor gave.
    pub why: Option<&'a str>,
    /// Every row of a tracked table that was added, changed or deleted.
    pub touched: &'a [Touched],
    /// What a reader should see later: old and new state, counts, file hashes.
    pub facts: Value,
}

impl Desk {
    pub(crate) fn new(tx: Tx, office: Office, actor: Actor, now: Instant, today: Day, action_year: String) -> Self {
        Self { now, today, actor, tx, office, action_year }
    }

    /// The transaction.
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// The action (专项治理行动) that work of today belongs to: the setting `action`, otherwise the year.
    #[must_use]
    pub fn action_year(&self) -> &str {
        &self.action_year
    }

    /// Asks whether the actor may do this to that. Invisible is answered as if it did not exist, whatever the role.
    pub fn ask(&self, action: Action, subject: Subject<'_>) -> Result<Permit, Refused> {
        if !subject.visible {
            return Err(Refused::Invisible);
        }
        let role = self.actor.role;
        let within = match reach(role, action) {
            Reach::Never => return Err(Refused::Role { role, action }),
            Reach::All => true,
            Reach::OwnUnit => self.actor.unit.is_some() && self.actor.unit.as_deref() == subject.unit,
        };
        if !within {
            return Err(Refused::OtherUnit { role, action });
        }
        if subject.done_by == Some(self.actor.account) {
            return Err(Refused::SamePerson { action });
        }
        Ok(Permit { action, account: self.actor.account, unit: subject.unit.map(str::to_owned) })
    }

    /// The part of a list that the actor sees. No error: a list of nothing is a list.
    #[must_use]
    pub fn scope(&self, action: Action) -> Scope {
        match (reach(self.actor.role, action), &self.actor.unit) {
            (Reach::All, _) => Scope::All,
            (Reach::OwnUnit, Some(unit)) => Scope::Unit(unit.clone()),
            (Reach::OwnUnit, None) | (Reach::Never, _) => Scope::Nothing,
        }
    }

    /// Whether the actor sees what belongs to this unit under this action: the usual argument of
    /// [`Subject::visible_if`].
    #[must_use]
    pub fn sees(&self, action: Action, unit: Option<&str>) -> bool {
        self.scope(action).covers(unit)
    }

    /// Writes the audit entry of the change, after its rows were written. A permit that was given to someone else
    /// records nothing: then the change counts as [`StoreError::Unaudited`].
    pub async fn record(&mut self, permit: &Permit, record: Record<'_>) -> Result<AuditSeq, StoreError> {
        if permit.account != self.actor.account {
            return Err(StoreError::Unaudited);
        }
        let entry = Entry {
            at: self.now,
            actor: &self.actor.login,
            verb: record.verb,
            subject: record.subject,
            why: record.why,
            touched: record.touched,
            facts: record.facts,
        };
        self.tx.record(entry).await
    }

    /// Queues follow-up work, due at once. Returns false when it was queued before.
    pub async fn enqueue(&mut self, job: &Job) -> Result<bool, StoreError> {
        self.tx.enqueue(job, self.now).await
    }

    /// Sixteen random bytes, for an identifier.
    #[must_use]
    pub fn random(&self) -> [u8; 16] {
        self.office.random()
    }

    /// Random bytes, as many as fit.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.office.fill(bytes);
    }

    pub(crate) fn into_tx(self) -> Tx {
        self.tx
    }

    /// Makes the changes last.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}
