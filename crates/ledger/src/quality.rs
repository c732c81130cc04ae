//! How good the rows of a ledger are, at one version and against another: how complete, how valid, how fresh, what is
//! there twice, what points nowhere, what moved.
//!
//! Every figure is counted by SQL over the lake within limits of memory and time; a part that hits a limit is left out
//! and says so, the others stand.

pub mod drift;
pub(crate) mod profile;
pub mod twins;
pub mod validity;

use mingcha_access::Desk;
use mingcha_domain::{Instant, Speaks, Trouble};
use mingcha_engine::{EngineError, Limits, Session, SessionPlan, Source};
use mingcha_pack::{Ledger, Rhythm};

use crate::history::{last_batch_at, seen, version_or_now};
use crate::references::{MissingReference, missing_references};
use crate::rows::RowsError;
use crate::{Batch, Ground, Hindrance, queries};

use drift::{Moved, drift};
pub use profile::{ColumnProfile, Profile};
use twins::{Twins, twins};
use validity::{Validity, validity};

/// What one look over a ledger may use.
const LIMITS: Limits = Limits { seconds: 60, memory_bytes: 512 << 20, rows: 10_000 };

/// How good a ledger is.
#[derive(Debug)]
pub struct Quality {
    /// The ledger in numbers.
    pub now: Profile,
    /// The batch that came last.
    pub last: Option<Batch>,
    /// When the newest rows came, against how often they are expected.
    pub freshness: Freshness,
    /// What was taken and what was kept back, and why.
    pub validity: Validity,
    /// Rows that are the same but for their key.
    pub twins: Result<Option<Twins>, Trouble>,
    /// Rows that point to what is not there.
    pub references: Result<Vec<MissingReference>, Trouble>,
    /// What it is compared with; `None` for the first version.
    pub against: Option<Against>,
}

/// A comparison with another version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Against {
    /// That version.
    pub version: i64,
    /// Every figure in both, those that moved far first.
    pub moved: Vec<Moved>,
}

/// When the newest rows came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Freshness {
    /// When the last batch came.
    pub last_import: Option<Instant>,
    /// Days since.
    pub days: Option<i64>,
    /// How often a sheet is expected, if the pack says so.
    pub every: Option<Rhythm>,
    /// Whether it is overdue.
    pub late: bool,
}

/// Looks at a ledger at a version, or now; against another one, or the one before its last batch.
pub async fn quality(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    version: Option<i64>,
    against: Option<i64>,
) -> Result<Quality, RowsError> {
    let known = seen(desk, ground, ledger).await?;
    let version = version_or_now(desk, version).await?;
    let last = match last_batch_at(desk, ledger, version).await? {
        Some(number) => queries::batch_find(desk.tx(), number).await?,
        None => None,
    };
    let session = session_at(desk, ground, version).await?;
    let now = profile::profile(&session, known, version).await.map_err(|error| trouble_of(&error))?;
    let before = match against {
        Some(version) => Some(version_or_now(desk, Some(version)).await?),
        None => last.as_ref().map(|batch| batch.lake_before).filter(|version| *version > 0),
    };
    let against = match before {
        Some(before) => compared(desk, ground, known, &now, before).await?,
        None => None,
    };
    Ok(Quality {
        freshness: freshness(desk.now, known, last.as_ref()),
        validity: validity(desk, ledger, version).await?,
        twins: twins(&session, known).await.map_err(|error| error.trouble()),
        references: missing_references(&session, ground.packs, known).await.map_err(|error| error.trouble()),
        now,
        last,
        against,
    })
}

/// Nothing is compared with a version at which the ledger was empty: everything would have moved.
async fn compared(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &Ledger,
    now: &Profile,
    version: i64,
) -> Result<Option<Against>, Hindrance> {
    let session = session_at(desk, ground, version).await?;
    let before = profile::profile(&session, ledger, version).await.map_err(|error| trouble_of(&error))?;
    Ok((before.rows > 0).then(|| Against { version, moved: drift(ledger, &before, now) }))
}

fn freshness(now: Instant, ledger: &Ledger, last: Option<&Batch>) -> Freshness {
    let last_import = last.map(|batch| batch.committed_at);
    let day = |at: Instant| i64::from(at.day_in_china().days_since_epoch());
    let days = last_import.map(|at| day(now) - day(at));
    let late = ledger.every.zip(days).is_some_and(|(every, days)| days > i64::from(every.days_max()));
    Freshness { last_import, days, every: ledger.every, late }
}

/// A session that sees every ledger by its full name, at a version.
pub(crate) async fn session_at(desk: &Desk, ground: Ground<'_>, version: i64) -> Result<Session, Hindrance> {
    let plan = SessionPlan {
        packs: ground.packs,
        source: Source::Lake(ground.lake, version),
        as_of: desk.today,
        action: desk.action_year(),
        ops: Vec::new(),
        only: None,
        // No pack is called so: all ledgers are seen, each by its full name.
        home: "",
        limits: LIMITS,
    };
    Session::new(plan).await.map_err(|error| trouble_of(&error))
}

/// What the engine could not, as what hinders any use case.
pub(crate) fn trouble_of(error: &EngineError) -> Hindrance {
    Hindrance::NotCounted { trouble: error.trouble(), kind: error.kind() }
}
