//! The list of problems. Ordered by the day they were found.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, ProblemId, Yuan};
use mingcha_store::{Row, StoreError, params};

use super::case_list::{containing, late_by};
use super::cursor::{After, Page, page, page_lines};
use crate::hindrance::Hindrance;

/// Which problems. Empty fields leave nothing out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProblemQuery {
    /// Code of a state.
    pub state: Option<String>,
    /// Code of a unit.
    pub unit: Option<String>,
    /// A project.
    pub project: Option<String>,
    /// Only those whose rectification is overdue.
    pub late: bool,
    /// Only those to be looked at again.
    pub recheck: bool,
    /// Part of number, title or subject.
    pub text: Option<String>,
    /// Where the page begins.
    pub after: Option<String>,
    /// Lines of a page; 0 for the usual 50.
    pub limit: i64,
}

/// One problem in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProblemLine {
    /// The problem.
    pub id: ProblemId,
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: String,
    /// What it is.
    pub title: String,
    /// The project.
    pub project: String,
    /// The action (year).
    pub action: String,
    /// Code of the unit that rectifies.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: Option<String>,
    /// The unit or organisation it is about.
    pub subject: Option<String>,
    /// Code of the state.
    pub state: String,
    /// When it was found.
    pub found_on: Day,
    /// The last day of the rectification.
    pub due: Option<Day>,
    /// Working days by which it is overdue.
    pub late_working_days: Option<u32>,
    /// When it was closed.
    pub closed_on: Option<Day>,
    /// Findings that it rests on; 0: unlinked.
    pub findings: i64,
    /// Persons concerned.
    pub persons: i64,
    /// Money that came back.
    pub recovered: Yuan,
    /// Why it must be looked at again, as a code.
    pub recheck: Option<String>,
    /// `case`, `inspection` or `sheet`.
    pub origin: String,
    /// The version, for the next move.
    pub version: i64,
}

pub(super) const SELECT: &str = "SELECT p.id, p.number, p.kind, p.title, p.project, p.action, p.unit, \
    u.name AS unit_name, p.subject, p.state, p.found_on, p.due_on, p.closed_on, p.recheck, p.origin, p.version, \
    (SELECT COUNT(*) FROM problem_finding f WHERE f.problem = p.id) AS findings, \
    (SELECT COUNT(*) FROM problem_person n WHERE n.problem = p.id) AS persons, \
    (SELECT CAST(COALESCE(SUM(r.amount_fen), 0) AS BIGINT) FROM recovery r WHERE r.problem = p.id) AS recovered_fen \
    FROM problem p LEFT JOIN unit u ON u.id = p.unit";

/// A page of problems.
pub async fn problem_list(desk: &mut Desk, query: &ProblemQuery) -> Result<Page<ProblemLine>, Hindrance> {
    let after = After::read(query.after.as_deref())?;
    let (scope, today, limit) = (desk.scope(Action::CaseSee), desk.today, page_lines(query.limit));
    let (all, own) = scope.unit_filter();
    let sql = format!(
        "{SELECT} WHERE ($1 = 1 OR p.unit = $2) AND ($3 = '' OR p.state = $3) AND ($4 = '' OR p.unit = $4) \
         AND ($5 = '' OR p.project = $5) AND ($6 = 0 OR (p.state = 'rectifying' AND p.due_on < $7)) \
         AND ($8 = 0 OR p.recheck IS NOT NULL) \
         AND ($9 = '' OR LOWER(p.number) LIKE LOWER($10) ESCAPE '\\' \
              OR LOWER(p.title) LIKE LOWER($10) ESCAPE '\\' OR LOWER(p.subject) LIKE LOWER($10) ESCAPE '\\') \
         AND (p.found_on > $11 OR (p.found_on = $11 AND p.id > $12)) \
         ORDER BY p.found_on, p.id LIMIT $13"
    );
    let text = query.text.as_deref().unwrap_or_default().trim();
    let rows = desk
        .tx()
        .all(
            &sql,
            params![
                all,
                own,
                query.state.as_deref().unwrap_or_default(),
                query.unit.as_deref().unwrap_or_default(),
                query.project.as_deref().unwrap_or_default(),
                query.late,
                today,
                query.recheck,
                text,
                containing(text),
                after.key,
                after.id,
                limit + 1,
            ],
        )
        .await?;
    let lines = rows.iter().map(|row| read(row, today)).collect::<Result<Vec<_>, _>>()?;
    Ok(page(lines, limit, |line: &ProblemLine| After::write(&line.found_on.to_string(), &line.id.to_string())))
}

pub(super) fn read(row: &Row, today: Day) -> Result<ProblemLine, StoreError> {
    let (state, due): (String, Option<Day>) = (row.get("state")?, row.get("due_on")?);
    let late_working_days = due.filter(|_| state == "rectifying").and_then(|due| late_by(due, today));
    Ok(ProblemLine {
        id: row.get("id")?,
        number: row.get("number")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        project: row.get("project")?,
        action: row.get("action")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        subject: row.get("subject")?,
        state,
        found_on: row.get("found_on")?,
        due,
        late_working_days,
        closed_on: row.get("closed_on")?,
        findings: row.get("findings")?,
        persons: row.get("persons")?,
        recovered: row.get("recovered_fen")?,
        recheck: row.get("recheck")?,
        origin: row.get("origin")?,
        version: row.get("version")?,
    })
}
