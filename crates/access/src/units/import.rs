//! Bringing in a list of units: new ones are added, changed ones replaced, none removed.

use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_store::{StoreError, Touched, params};
use serde_json::json;

use super::list;
use super::sheet::{self, UnitFault};
use crate::{Action, Desk, Record, Refused, Subject};

/// What an import of units did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct UnitsImported {
    /// New units.
    pub added: usize,
    /// Units whose name, kind or parent is another now.
    pub changed: usize,
    /// Units that were as in the list already.
    pub unchanged: usize,
}

/// Why nothing was brought in.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnitsImportError {
    /// The answer was no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The list has faults; all of them are here.
    #[error("the list of units has {} faults", .0.len())]
    Faults(Vec<UnitFault>),
}

impl Speaks for UnitsImportError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Refused(refused) => refused.trouble(),
            Self::Store(error) => error.trouble(),
            Self::Faults(faults) => Trouble::new("MC-ACCESS-030").with("faults", faults.len()),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refused) => refused.kind(),
            Self::Store(error) => error.kind(),
            Self::Faults(_) => Kind::Invalid,
        }
    }
}

/// Reads CSV text with the columns code, name, kind, parent (代码, 名称, 类别, 上级) and saves all of it or nothing.
/// Commits.
pub async fn import(mut desk: Desk, text: &str) -> Result<UnitsImported, UnitsImportError> {
    let permit = desk.ask(Action::UnitManage, Subject::house())?;
    let known = list(desk.tx()).await?;
    let above = known.iter().map(|unit| (unit.code.clone(), unit.parent.clone())).collect();
    let units = sheet::read(text, &above).map_err(UnitsImportError::Faults)?;
    let (mut done, mut touched) = (UnitsImported::default(), Vec::new());
    for unit in &units {
        match known.iter().find(|before| before.code == unit.code) {
            Some(before) if before == unit => {
                done.unchanged += 1;
                continue;
            }
            Some(_) => done.changed += 1,
            None => done.added += 1,
        }
        desk.tx()
            .run(
                "INSERT INTO unit (id, name, kind, parent) VALUES ($1, $2, $3, $4) ON CONFLICT (id) \
                 DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent",
                params![&unit.code, &unit.name, &unit.kind, unit.parent.as_deref()],
            )
            .await?;
        touched.push(Touched::new("unit", &unit.code));
    }
    if touched.is_empty() {
        return Ok(done);
    }
    desk.record(
        &permit,
        Record {
            verb: "unit.import",
            subject: "unit:*",
            why: None,
            touched: &touched,
            facts: json!({ "added": done.added, "changed": done.changed }),
        },
    )
    .await?;
    desk.commit().await?;
    Ok(done)
}
