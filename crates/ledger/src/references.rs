//! Rows that point to rows which are not there: a number in a column that `references` another ledger, and no row of that
//! ledger has it.
//!
//! It is a note and never a rejection: sheets arrive in any order, and the row that is missing today may come tomorrow.

use mingcha_access::Desk;
use mingcha_domain::{RowRef, Value};
use mingcha_engine::{EngineError, Session};
use mingcha_pack::{Column, Ledger, PackSet};

use crate::history::{HISTORY_MAX, seen, version_or_now};
use crate::quality::profile::{quoted, table};
use crate::quality::{session_at, trouble_of};
use crate::rows::RowsError;
use crate::{Ground, Hindrance};

/// What a column points to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reference<'a> {
    /// The column.
    pub column: &'a Column,
    /// The ledger it points to.
    pub ledger: &'a Ledger,
    /// The column of that ledger in which its value must be; `None` when the key of that ledger has several columns and
    /// none of the same name, so that one value says nothing.
    pub key: Option<&'a Column>,
}

/// The references of a ledger, in the order of its columns.
#[must_use]
pub fn references_of<'a>(packs: &'a PackSet, ledger: &'a Ledger) -> Vec<Reference<'a>> {
    let mut all = Vec::new();
    for column in &ledger.columns {
        let Some(target) = column.references.as_deref().and_then(|name| packs.ledger(name)) else { continue };
        let key = match target.key.as_slice() {
            [only] => target.column(only),
            several => several.iter().find(|name| **name == column.name).and_then(|name| target.column(name)),
        };
        all.push(Reference { column, ledger: target, key });
    }
    all
}

/// How a column's references stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingReference {
    /// Name of the column.
    pub column: String,
    /// Full name of the ledger it points to.
    pub ledger: String,
    /// Rows that point somewhere.
    pub given: usize,
    /// Rows that point to a row which is not there; `None` when it cannot be told.
    pub missing: Option<usize>,
    /// Different values among them.
    pub values: usize,
}

/// Counts what is missing, column by column.
pub(crate) async fn missing_references(
    session: &Session,
    packs: &PackSet,
    ledger: &Ledger,
) -> Result<Vec<MissingReference>, EngineError> {
    let mut all = Vec::new();
    for reference in references_of(packs, ledger) {
        let name = quoted(&reference.column.name);
        let given = number(session, &format!("SELECT count({name}) FROM {}", table(ledger)), 0).await?;
        let (missing, values) = match condition(&reference) {
            None => (None, 0),
            Some(condition) => {
                let sql = format!(
                    "SELECT count(*) AS missing, count(DISTINCT s.{name}) AS kinds FROM {} AS s WHERE {condition}",
                    table(ledger)
                );
                let found = session.query(&sql).await?;
                let at = |place: usize| size(found.rows.first().and_then(|row| row.get(place)));
                (Some(at(0)), at(1))
            }
        };
        let (column, ledger) = (reference.column.name.clone(), reference.ledger.full_name());
        all.push(MissingReference { column, ledger, given, missing, values });
    }
    Ok(all)
}

async fn number(session: &Session, sql: &str, place: usize) -> Result<usize, EngineError> {
    Ok(size(session.query(sql).await?.rows.first().and_then(|row| row.get(place))))
}

fn size(value: Option<&Value>) -> usize {
    value.and_then(Value::as_int).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

/// `s` is the pointing row.
fn condition(reference: &Reference<'_>) -> Option<String> {
    let (name, key) = (quoted(&reference.column.name), quoted(&reference.key?.name));
    let target = table(reference.ledger);
    Some(format!("s.{name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target} AS t WHERE t.{key} = s.{name})"))
}

/// Rows that point to what is not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DanglingPage {
    /// Each with the value it points with.
    pub rows: Vec<(RowRef, Value)>,
    /// The place after which the next page begins; none on the last.
    pub next: Option<RowRef>,
}

/// A page of the rows of a column that point to a row which is not there, by batch and line.
pub async fn dangling(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &str,
    column: &str,
    version: Option<i64>,
    after: Option<RowRef>,
    limit: usize,
) -> Result<DanglingPage, RowsError> {
    let known = seen(desk, ground, ledger).await?;
    let version = version_or_now(desk, version).await?;
    let limit = limit.clamp(1, HISTORY_MAX);
    let references = references_of(ground.packs, known);
    let reference = references.iter().find(|reference| reference.column.name == column);
    let Some(condition) = reference.and_then(condition) else {
        return Ok(DanglingPage { rows: Vec::new(), next: None });
    };
    let session = session_at(desk, ground, version).await?;
    let after = after.map_or(0, RowRef::packed);
    let sql = format!(
        "SELECT s._ref AS at, s.{} AS value FROM {} AS s WHERE s._ref > {after} AND {condition} ORDER BY 1 LIMIT {}",
        quoted(column),
        table(known),
        limit + 1
    );
    let found = session.query(&sql).await.map_err(|error| trouble_of(&error))?;
    let mut rows: Vec<(RowRef, Value)> = Vec::new();
    for row in found.rows {
        let mut cells = row.into_iter();
        let at = cells.next().as_ref().and_then(Value::as_int);
        let at = at.ok_or_else(|| Hindrance::broken("_ref", "no number"))?;
        rows.push((RowRef::unpack(at), cells.next().unwrap_or_default()));
    }
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(at, _)| *at);
    Ok(DanglingPage { rows, next })
}
