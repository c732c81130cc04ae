//! Units, read only: they belong to the foundation.

use mingcha_store::{StoreError, Tx, params};

/// A unit by its code and name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct UnitName {
    pub code: String,
    pub name: String,
}

/// The unit of that code, or else of that name.
pub(crate) async fn unit_find(tx: &mut Tx, code_or_name: &str) -> Result<Option<UnitName>, StoreError> {
    let row = tx
        .one(
            "SELECT id, name FROM unit WHERE id = $1 OR name = $1 ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id LIMIT 1",
            params![code_or_name.trim()],
        )
        .await?;
    row.map(|row| Ok(UnitName { code: row.get("id")?, name: row.get("name")? })).transpose()
}
