//! The board of everything due: answers and rectifications, by unit, the longest overdue first.

use mingcha_access::{Action, Desk};
use mingcha_domain::Day;
use mingcha_store::params;

use super::case_list::late_by;
use super::cursor::{After, Page, page, page_lines};
use crate::hindrance::Hindrance;

/// Which lines of the board.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DueQuery {
    /// Code of a unit.
    pub unit: Option<String>,
    /// Only what is overdue.
    pub late: bool,
    /// Where the page begins.
    pub after: Option<String>,
    /// Lines of a page; 0 for the usual 50.
    pub limit: i64,
}

/// Something due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueLine {
    /// `case` or `problem`.
    pub about: String,
    /// Its identifier.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The sentence of a case, the title of a problem.
    pub title: String,
    /// Code of the unit whose turn it is.
    pub unit: String,
    /// The unit's name.
    pub unit_name: Option<String>,
    /// The last day.
    pub due: Day,
    /// Working days by which it is overdue.
    pub late_working_days: Option<u32>,
}

/// A page of the board.
pub async fn due_board(desk: &mut Desk, query: &DueQuery) -> Result<Page<DueLine>, Hindrance> {
    let after = After::read(query.after.as_deref())?;
    let (scope, today, limit) = (desk.scope(Action::CaseSee), desk.today, page_lines(query.limit));
    let (all, own) = scope.unit_filter();
    let rows = desk
        .tx()
        .all(
            "SELECT d.about, d.id, d.number, d.title, d.unit, u.name AS unit_name, d.due_on FROM ( \
               SELECT 'case' AS about, id, number, sentence AS title, unit, due_on FROM case_file \
               WHERE state = 'dispatched' \
               UNION ALL \
               SELECT 'problem' AS about, id, number, title, unit, due_on FROM problem WHERE state = 'rectifying' \
             ) d LEFT JOIN unit u ON u.id = d.unit \
             WHERE ($1 = 1 OR d.unit = $2) AND ($3 = '' OR d.unit = $3) AND ($4 = 0 OR d.due_on < $5) \
             AND (d.due_on > $6 OR (d.due_on = $6 AND d.id > $7)) \
             ORDER BY d.due_on, d.id LIMIT $8",
            params![
                all,
                own,
                query.unit.as_deref().unwrap_or_default(),
                query.late,
                today,
                after.key,
                after.id,
                limit + 1,
            ],
        )
        .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let due: Day = row.get("due_on")?;
        lines.push(DueLine {
            about: row.get("about")?,
            id: row.get("id")?,
            number: row.get("number")?,
            title: row.get("title")?,
            unit: row.get("unit")?,
            unit_name: row.get("unit_name")?,
            due,
            late_working_days: late_by(due, today),
        });
    }
    Ok(page(lines, limit, |line: &DueLine| After::write(&line.due.to_string(), &line.id)))
}
