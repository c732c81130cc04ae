//! Which models the data that is there can support at all, and what is missing for the others.
//!
//! What a model reads comes from its own query ([`mingcha_engine::usage`]), what is there is counted in the lake; nothing
//! is listed by hand, so that it holds for a pack that nobody has seen.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_access::{Action, Desk};
use mingcha_domain::{Speaks, Trouble, Value};
use mingcha_engine::usage::{LedgerUse, Role, usage};
use mingcha_engine::{OpsTable, Session};
use mingcha_pack::{PackSet, Status};

use crate::quality::profile::{quoted, table};
use crate::quality::{session_at, trouble_of};
use crate::rows::RowsError;
use crate::{Ground, Hindrance, history};

/// What every model reads, by the model's full name, in the order of the packs. It changes with the packs only.
pub type ModelUses = Vec<(String, Result<Vec<LedgerUse>, Trouble>)>;

/// Asks every model that is not retired what it reads. `ops` are the tables of casework.
pub async fn model_uses(packs: &PackSet, ops: &[OpsTable]) -> ModelUses {
    let mut all = Vec::new();
    for model in packs.models().filter(|model| model.status != Status::Retired) {
        let read = usage(packs, ops, model).await.map_err(|error| error.trouble());
        all.push((model.full_name(), read));
    }
    all
}

/// Whether the data can support a model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Support {
    /// It finds nothing whatever is true: something that it needs is not there at all.
    Not,
    /// It runs, and rows without something that it needs are not found.
    Partly,
    /// Everything that it needs is there in every row.
    Fully,
}

impl Support {
    /// Its name in addresses and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Not => "not",
            Self::Partly => "partly",
            Self::Fully => "supported",
        }
    }
}

/// A model against the data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelCoverage {
    /// Its full name.
    pub model: String,
    /// Whether the data can support it.
    pub support: Support,
    /// The ledgers that it reads, by full name.
    pub reads: Vec<LedgerUse>,
    /// What is missing, the gravest first.
    pub gaps: Vec<Gap>,
}

/// Something that is missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gap {
    /// A ledger has no rows.
    Empty {
        /// Its full name.
        ledger: String,
        /// Whether the model finds nothing without it.
        needed: bool,
    },
    /// A column is empty in some rows, or in all.
    Column {
        /// The ledger's full name.
        ledger: String,
        /// The column's name.
        column: String,
        /// What it is to the model.
        role: Role,
        /// Whether it is empty in all rows.
        wholly: bool,
        /// Rows without it, and all rows; `None` for a ledger whose rows the actor may not see.
        counts: Option<(usize, usize)>,
    },
    /// The model's query does not run.
    Query {
        /// Why.
        trouble: Trouble,
    },
}

impl Gap {
    /// What the data support at best with this gap.
    #[must_use]
    pub fn leaves(&self) -> Support {
        match self {
            Self::Query { .. } | Self::Empty { needed: true, .. } => Support::Not,
            Self::Column { role: Role::Needed, wholly: true, .. } => Support::Not,
            Self::Column { role: Role::Shown, .. } => Support::Fully,
            Self::Empty { needed: false, .. } | Self::Column { .. } => Support::Partly,
        }
    }
}

/// How full a ledger is, as far as models read it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Fill {
    rows: usize,
    filled: BTreeMap<String, usize>,
    visible: bool,
}

/// Holds every model, or those that read one ledger, against the data at a version, or now.
pub async fn coverage(
    desk: &mut Desk,
    ground: Ground<'_>,
    uses: &ModelUses,
    ledger: Option<&str>,
    version: Option<i64>,
) -> Result<Vec<ModelCoverage>, RowsError> {
    if let Some(ledger) = ledger {
        history::seen(desk, ground, ledger).await?;
    }
    let version = history::version_or_now(desk, version).await?;
    let reads_it = |read: &Result<Vec<LedgerUse>, Trouble>| match (ledger, read) {
        (None, _) => true,
        (Some(ledger), Ok(read)) => read.iter().any(|used| used.ledger == ledger),
        (Some(_), Err(_)) => false,
    };
    let wanted: Vec<_> = uses.iter().filter(|(_, read)| reads_it(read)).collect();
    let mut columns: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for used in wanted.iter().filter_map(|(_, read)| read.as_ref().ok()).flatten() {
        columns.entry(&used.ledger).or_default().extend(used.columns.iter().map(|column| column.name.as_str()));
    }
    let session = session_at(desk, ground, version).await?;
    let mut fills = BTreeMap::new();
    for (name, columns) in columns {
        fills.insert(name, fill(desk, ground, &session, name, &columns).await?);
    }
    let mut models: Vec<ModelCoverage> = wanted.into_iter().map(|(model, read)| held(model, read, &fills)).collect();
    models.sort_by_key(|model| model.support);
    Ok(models)
}

async fn fill(
    desk: &mut Desk,
    ground: Ground<'_>,
    session: &Session,
    name: &str,
    columns: &BTreeSet<&str>,
) -> Result<Fill, Hindrance> {
    let ledger = ground.ledger(name)?;
    let unit = ground.unit(desk, ledger).await?;
    let visible = desk.sees(Action::LedgerSee, unit.as_deref());
    let counted: Vec<String> = columns.iter().map(|column| format!(", count({})", quoted(column))).collect();
    let sql = format!("SELECT count(*){} FROM {}", counted.concat(), table(ledger));
    let found = session.query(&sql).await.map_err(|error| trouble_of(&error))?;
    let mut cells = found.rows.into_iter().next().unwrap_or_default().into_iter();
    let mut number =
        || cells.next().as_ref().and_then(Value::as_int).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let rows = number();
    Ok(Fill { rows, filled: columns.iter().map(|column| ((*column).to_owned(), number())).collect(), visible })
}

fn held(model: &str, read: &Result<Vec<LedgerUse>, Trouble>, fills: &BTreeMap<&str, Fill>) -> ModelCoverage {
    let (reads, mut gaps) = match read {
        Ok(read) => (read.clone(), read.iter().flat_map(|used| gaps(used, fills)).collect()),
        Err(trouble) => (Vec::new(), vec![Gap::Query { trouble: trouble.clone() }]),
    };
    gaps.sort_by_key(Gap::leaves);
    let support = gaps.iter().map(Gap::leaves).min().unwrap_or(Support::Fully);
    ModelCoverage { model: model.to_owned(), support, reads, gaps }
}

fn gaps(used: &LedgerUse, fills: &BTreeMap<&str, Fill>) -> Vec<Gap> {
    let none = Fill::default();
    let fill = fills.get(used.ledger.as_str()).unwrap_or(&none);
    let ledger = || used.ledger.clone();
    if fill.rows == 0 {
        return vec![Gap::Empty { ledger: ledger(), needed: used.needed }];
    }
    let gap = |column: &mingcha_engine::usage::ColumnUse| {
        let filled = fill.filled.get(&column.name).copied().unwrap_or(0);
        let wholly = filled == 0;
        // A column that the query has an answer for, or that is only shown, is missed when nobody fills it in at all.
        let missed = if column.role == Role::Needed { filled < fill.rows } else { wholly };
        let counts = fill.visible.then_some((fill.rows - filled.min(fill.rows), fill.rows));
        let (column, role) = (column.name.clone(), column.role);
        missed.then(|| Gap::Column { ledger: ledger(), column, role, wholly, counts })
    };
    used.columns.iter().filter_map(gap).collect()
}
