//! The list of findings, newest first.

use mingcha_access::{Action, Desk};
use mingcha_store::params;

use super::FINDING;
use crate::limits::LIST_LINES;
use crate::{DetectError, Finding, LIST_LINES_MAX};

/// Which findings. Empty fields leave nothing out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FindingQuery {
    /// Full name of a model.
    pub model: Option<String>,
    /// A pack.
    pub pack: Option<String>,
    /// Code of a state: `seen`, `vanished`, `returned`; or `there` for all that the data says now.
    pub state: Option<String>,
    /// Part of sentence or subject, or a whole key, in capitals or not (of LIKE alone, PostgreSQL minds that and SQLite does not). The key
    /// only as a whole: it holds identity numbers in full, and a search for parts would tell their hidden digits.
    pub text: Option<String>,
    /// Where the page begins, as the page before gave it.
    pub after: Option<String>,
    /// Lines of a page; 0 for the usual 50.
    pub limit: i64,
}

/// One page of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// The findings.
    pub lines: Vec<Finding>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// How many findings a model has in which state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FindingCounts {
    /// Full name of the model.
    pub model: String,
    /// 在列.
    pub seen: i64,
    /// 再现.
    pub returned: i64,
    /// 已消失.
    pub vanished: i64,
}

/// A page of findings.
pub async fn finding_list(desk: &mut Desk, query: &FindingQuery) -> Result<Page, DetectError> {
    let before = match query.after.as_deref().filter(|cursor| !cursor.is_empty()) {
        None => i64::MAX,
        Some(cursor) => cursor.parse().map_err(|_| DetectError::BadCursor { cursor: cursor.to_owned() })?,
    };
    let limit = if query.limit <= 0 { LIST_LINES } else { query.limit.min(LIST_LINES_MAX) };
    let scope = desk.scope(Action::FindingSee);
    let (all, unit) = scope.unit_filter();
    let text = query.text.as_deref().unwrap_or_default().trim();
    let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let given = |field: &Option<String>| field.clone().unwrap_or_default();
    let sql = format!(
        "SELECT {FINDING} FROM finding f WHERE ($1 = 1 OR f.unit = $2) AND f.number < $3 \
         AND ($4 = '' OR f.model = $4) AND ($5 = '' OR f.pack = $5) \
         AND ($6 = '' OR f.state = $6 OR ($6 = 'there' AND f.state <> 'vanished')) \
         AND ($7 = '' OR LOWER(f.sentence) LIKE LOWER($8) ESCAPE '\\' \
              OR LOWER(f.subject_text) LIKE LOWER($8) ESCAPE '\\' OR LOWER(f.key_text) = LOWER($7)) \
         ORDER BY f.number DESC LIMIT $9"
    );
    let values = params![
        all,
        unit,
        before,
        given(&query.model),
        given(&query.pack),
        given(&query.state),
        text,
        pattern,
        limit + 1
    ];
    let rows = desk.tx().all(&sql, values).await?;
    let mut lines = rows.iter().map(Finding::read).collect::<Result<Vec<_>, _>>()?;
    let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = lines.last().filter(|_| more).map(|last| last.number.to_string());
    Ok(Page { lines, next })
}

/// The counts of each model that has findings, by full name.
pub async fn finding_counts(desk: &mut Desk) -> Result<Vec<FindingCounts>, DetectError> {
    let scope = desk.scope(Action::FindingSee);
    let (all, unit) = scope.unit_filter();
    let rows = desk
        .tx()
        .all(
            "SELECT f.model, COUNT(CASE WHEN f.state = 'seen' THEN 1 END) AS seen, \
             COUNT(CASE WHEN f.state = 'returned' THEN 1 END) AS returned, \
             COUNT(CASE WHEN f.state = 'vanished' THEN 1 END) AS vanished \
             FROM finding f WHERE ($1 = 1 OR f.unit = $2) GROUP BY f.model ORDER BY f.model",
            params![all, unit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(FindingCounts {
                model: row.get("model")?,
                seen: row.int("seen")?,
                returned: row.int("returned")?,
                vanished: row.int("vanished")?,
            })
        })
        .collect()
}
