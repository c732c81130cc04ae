//! Units (单位): bureaus, towns, schools, each with a code and the unit above it.

mod import;
mod sheet;

pub use import::{UnitsImportError, UnitsImported, import};
pub use sheet::UnitFault;

use mingcha_store::{Row, StoreError, Tx, params};

/// A unit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Unit {
    /// Its code, by which everything else names it.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// What kind of unit it is: 部门, 镇街, 学校 …
    pub kind: String,
    /// The code of the unit above it.
    pub parent: Option<String>,
}

/// All units by code. They are no secret: everyone who is signed in may name them.
pub async fn list(tx: &mut Tx) -> Result<Vec<Unit>, StoreError> {
    let rows = tx.all("SELECT id, name, kind, parent FROM unit ORDER BY id", params![]).await?;
    rows.iter().map(unit_from).collect()
}

/// The unit with this code.
pub async fn find(tx: &mut Tx, code: &str) -> Result<Option<Unit>, StoreError> {
    let row = tx.one("SELECT id, name, kind, parent FROM unit WHERE id = $1", params![code]).await?;
    row.as_ref().map(unit_from).transpose()
}

/// The unit with this full name; what packs and sheets write. `None` also when two share it.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Unit>, StoreError> {
    let rows = tx.all("SELECT id, name, kind, parent FROM unit WHERE name = $1 LIMIT 2", params![name]).await?;
    match rows.as_slice() {
        [only] => unit_from(only).map(Some),
        _ => Ok(None),
    }
}

fn unit_from(row: &Row) -> Result<Unit, StoreError> {
    Ok(Unit { code: row.get("id")?, name: row.get("name")?, kind: row.get("kind")?, parent: row.get("parent")? })
}
