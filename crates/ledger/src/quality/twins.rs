//! Rows that say the same under different keys: one thing entered twice, perhaps.

use mingcha_domain::RowRef;
use mingcha_engine::{EngineError, Session};
use mingcha_pack::Ledger;

use super::profile::{quoted, table};

/// Groups that are named.
const SHOWN: usize = 20;

/// Rows that are the same but for their key.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Twins {
    /// How many groups there are.
    pub groups: usize,
    /// Rows beyond the first of each group.
    pub surplus: usize,
    /// The largest groups.
    pub shown: Vec<TwinGroup>,
}

/// One group of rows that say the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TwinGroup {
    /// How many rows.
    pub rows: usize,
    /// The first of them.
    pub first: RowRef,
    /// The last of them.
    pub last: RowRef,
}

/// Looks for them; `None` for a ledger that has nothing but its key, or no key.
pub(super) async fn twins(session: &Session, ledger: &Ledger) -> Result<Option<Twins>, EngineError> {
    let said = ledger.columns.iter().filter(|column| !ledger.key.contains(&column.name));
    let said: Vec<String> = said.map(|column| quoted(&column.name)).collect();
    if said.is_empty() || ledger.key.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "SELECT n, first, last, count(*) OVER () AS groups, sum(n - 1) OVER () AS surplus FROM (\
         SELECT count(*) AS n, min(_ref) AS first, max(_ref) AS last FROM {} GROUP BY {} HAVING count(*) > 1\
         ) AS g ORDER BY n DESC, first LIMIT {SHOWN}",
        table(ledger),
        said.join(", ")
    );
    let found = session.query(&sql).await?;
    let number =
        |row: &[mingcha_domain::Value], at: usize| row.get(at).and_then(mingcha_domain::Value::as_int).unwrap_or(0);
    let size = |n: i64| usize::try_from(n).unwrap_or(0);
    let shown = found.rows.iter().map(|row| TwinGroup {
        rows: size(number(row, 0)),
        first: RowRef::unpack(number(row, 1)),
        last: RowRef::unpack(number(row, 2)),
    });
    let whole = |at: usize| found.rows.first().map_or(0, |row| size(number(row, at)));
    Ok(Some(Twins { groups: whole(3), surplus: whole(4), shown: shown.collect() }))
}
