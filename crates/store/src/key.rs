//! The one primary key column by which the audit trail names a table's rows.

use crate::{Param, StoreError, Tx, params};

/// A table's primary key column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RowKey {
    pub(crate) column: String,
    pub(crate) is_number: bool,
}

impl RowKey {
    /// Binds a row's name as the type of the key column.
    pub(crate) fn bind(&self, table: &str, id: &str) -> Result<Param, StoreError> {
        if !self.is_number {
            return Ok(id.into());
        }
        id.parse::<i64>().map(Param::from).map_err(|_| StoreError::Column {
            column: format!("{table}.{}", self.column),
            wanted: "a whole number",
            found: id.to_owned(),
        })
    }
}

/// Asks the database for the table's key, once per store and table.
pub(crate) async fn of_table(tx: &mut Tx, table: &str) -> Result<RowKey, StoreError> {
    if let Some(key) = tx.store().known_key(table) {
        return Ok(key);
    }
    let sql = if tx.is_postgres() {
        "SELECT k.column_name AS name, c.data_type AS kind \
         FROM information_schema.table_constraints t \
         JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name \
           AND k.table_schema = t.table_schema AND k.table_name = t.table_name \
         JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name \
           AND c.column_name = k.column_name \
         WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_schema = current_schema() AND t.table_name = $1"
    } else {
        "SELECT name, lower(type) AS kind FROM pragma_table_info($1) WHERE pk > 0"
    };
    let columns = tx.all(sql, params![table]).await?;
    let [column] = columns.as_slice() else {
        return Err(StoreError::NoSingleKey { table: table.to_owned() });
    };
    let key = RowKey { column: column.text("name")?.to_owned(), is_number: column.text("kind")? == "bigint" };
    tx.store().remember_key(table, &key);
    Ok(key)
}
