//! What the use cases stand on besides the store: definitions, lake, and the folder of source files.

use std::path::Path;
use std::sync::Arc;

use mingcha_access::{Action, Desk, Permit, Refused, Subject, units};
use mingcha_engine::Lake;
use mingcha_pack::{Ledger, PackSet};

use crate::Hindrance;
use crate::progress::{Progress, Step};

/// Definitions, lake and source files of one data folder.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Every pack.
    pub packs: &'a PackSet,
    /// The ledgers.
    pub lake: &'a Lake,
    /// The folder in which files that were handed in are kept by their SM3.
    pub sources: &'a Path,
    /// Where use cases say how far they are, if somebody waits.
    pub progress: Option<&'a Arc<Progress>>,
}

impl<'a> Ground<'a> {
    pub(crate) fn ledger(&self, full_name: &str) -> Result<&'a Ledger, Hindrance> {
        self.packs.ledger(full_name).ok_or_else(|| {
            let known: Vec<String> = self.packs.ledgers().map(Ledger::full_name).collect();
            let near = mingcha_pack::nearest(full_name, known.iter().map(String::as_str)).map(ToOwned::to_owned);
            Hindrance::NoSuchLedger { ledger: full_name.to_owned(), near }
        })
    }

    /// Says to whoever waits what is being done now.
    pub(crate) fn begin(&self, step: Step) {
        if let Some(progress) = self.progress {
            progress.begin(step);
        }
    }

    /// The unit whose clerks keep a ledger: the lead unit of its pack's project. None for packs that are no project, and
    /// while the district has no unit of that name.
    pub(crate) async fn unit(&self, desk: &mut Desk, ledger: &Ledger) -> Result<Option<String>, Hindrance> {
        let Some(project) = self.packs.pack(&ledger.pack).and_then(|pack| pack.project.as_ref()) else {
            return Ok(None);
        };
        Ok(units::by_name(desk.tx(), &project.lead_unit).await?.map(|unit| unit.code))
    }
}

/// Asks about a ledger, a file or a batch of this unit, which is invisible to those who may not see its ledger.
pub(crate) fn ask(desk: &Desk, action: Action, unit: Option<&str>) -> Result<Permit, Refused> {
    desk.ask(action, Subject::of(unit).visible_if(desk.sees(Action::LedgerSee, unit)))
}
