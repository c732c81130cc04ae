//! One moment of everything that figures are computed from: ledgers, casework, definitions, and where the audit stood.

use std::collections::BTreeMap;

use mingcha_access::Desk;
use mingcha_domain::Day;
use mingcha_engine::{Limits, Session, SessionPlan, Source};
use mingcha_pack::PackSet;
use mingcha_publish::Ground;
use mingcha_store::audit::{Head, head};

use crate::{Platform, WiringError};

/// One moment, read through one transaction.
pub struct Moment {
    sessions: BTreeMap<String, Session>,
    lake_snapshot: i64,
    audit: Head,
    as_of: Day,
    action: String,
}

impl Moment {
    /// The moment as `publish` takes it.
    #[must_use]
    pub fn ground<'a>(&'a self, packs: &'a PackSet) -> Ground<'a> {
        Ground {
            packs,
            sessions: &self.sessions,
            lake_snapshot: self.lake_snapshot,
            audit: self.audit,
            as_of: self.as_of,
            action: &self.action,
        }
    }
}

impl Platform {
    /// Takes the moment that a desk's transaction sees. Casework is exported once and shared by all sessions.
    pub async fn moment(&self, desk: &mut Desk) -> Result<Moment, WiringError> {
        let ops = mingcha_casework::export_ops(desk).await.map_err(|error| WiringError::room(&error))?;
        let lake_snapshot = self.readable_snapshot(desk).await?;
        let audit = head(desk.tx()).await?;
        let (as_of, action) = (desk.today, desk.action_year().to_owned());
        let mut sessions = BTreeMap::new();
        for pack in self.packs.packs.iter().filter(|pack| !pack.figures.is_empty()) {
            let session = Session::new(SessionPlan {
                packs: &self.packs,
                source: Source::Lake(&self.lake, lake_snapshot),
                as_of,
                action: &action,
                ops: ops.clone(),
                only: None,
                home: &pack.key,
                limits: Limits::FIGURE,
            })
            .await?;
            sessions.insert(pack.key.clone(), session);
        }
        Ok(Moment { sessions, lake_snapshot, audit, as_of, action })
    }

    /// The lake's snapshot up to which rows may be read.
    pub async fn readable_snapshot(&self, desk: &mut Desk) -> Result<i64, WiringError> {
        let text = desk.tx().setting("readable_snapshot").await?;
        match text.as_deref().map(str::parse) {
            None => Ok(0),
            Some(Ok(snapshot)) => Ok(snapshot),
            Some(Err(_)) => Err(mingcha_store::StoreError::Unreadable {
                what: "setting readable_snapshot",
                detail: text.unwrap_or_default(),
            }
            .into()),
        }
    }
}
