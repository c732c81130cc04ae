//! The list of cases: what waits, what is due, what is closed. Ordered by deadline, those without one last.

use mingcha_access::{Action, Desk};
use mingcha_domain::{CaseId, Day, FindingId, calendar};
use mingcha_store::{Row, StoreError, params};

use super::cursor::{After, NO_DEADLINE, Page, page, page_lines};
use crate::hindrance::Hindrance;

/// Which cases. Empty fields leave nothing out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CaseQuery {
    /// Code of a state, or `open`: whatever is not part of a problem and not closed.
    pub state: Option<String>,
    /// Code of a unit.
    pub unit: Option<String>,
    /// Full name of a model.
    pub model: Option<String>,
    /// Only those whose answer is overdue.
    pub late: bool,
    /// Only those to be looked at again, or that may be reopened.
    pub recheck: bool,
    /// Part of number, sentence or subject.
    pub text: Option<String>,
    /// Where the page begins.
    pub after: Option<String>,
    /// Lines of a page; 0 for the usual 50.
    pub limit: i64,
}

/// One case in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseLine {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// The finding it is about.
    pub finding: FindingId,
    /// Full name of the model.
    pub model: String,
    /// The project.
    pub project: String,
    /// The finding in one sentence, masked.
    pub sentence: String,
    /// 提示, 核查 or 暂停支付.
    pub effect: String,
    /// Whom or what it is about.
    pub subject: Option<String>,
    /// Code of the state.
    pub state: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Name of the unit.
    pub unit_name: Option<String>,
    /// The last day for the answer.
    pub due: Option<Day>,
    /// Working days by which the answer is overdue.
    pub late_working_days: Option<u32>,
    /// Code of the verdict or closing kind.
    pub verdict: Option<String>,
    /// Why it must be looked at again, as a code.
    pub recheck: Option<String>,
    /// Whether its finding came back after closing.
    pub reopen_offered: bool,
    /// The version, for the next move.
    pub version: i64,
}

/// How many cases are where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CaseCounts {
    /// 待核.
    pub waiting: i64,
    /// 已派发.
    pub dispatched: i64,
    /// 已派发 and overdue.
    pub late: i64,
    /// 已核查.
    pub verified: i64,
    /// 已列入问题.
    pub in_problem: i64,
    /// 已结案.
    pub closed: i64,
    /// To be looked at again, or that may be reopened.
    pub recheck: i64,
}

const SELECT: &str = "SELECT c.id, c.number, c.finding, c.model, c.project, c.sentence, c.effect, c.subject, c.state, \
                      c.unit, u.name AS unit_name, c.due_on, c.verdict, c.recheck, c.reopen_offered, c.version \
                      FROM case_file c LEFT JOIN unit u ON u.id = c.unit";

/// A page of cases.
pub async fn case_list(desk: &mut Desk, query: &CaseQuery) -> Result<Page<CaseLine>, Hindrance> {
    let after = After::read(query.after.as_deref())?;
    let (scope, today, limit) = (desk.scope(Action::CaseSee), desk.today, page_lines(query.limit));
    let (all, own) = scope.unit_filter();
    let sql = format!(
        "{SELECT} WHERE ($1 = 1 OR c.unit = $2) AND ($3 = '' OR c.state = $3 \
         OR ($3 = 'open' AND c.state IN ('waiting', 'dispatched', 'verified'))) AND ($4 = '' OR c.unit = $4) \
         AND ($5 = '' OR c.model = $5) AND ($6 = 0 OR (c.state = 'dispatched' AND c.due_on < $7)) \
         AND ($8 = 0 OR c.recheck IS NOT NULL OR c.reopen_offered = 1) \
         AND ($9 = '' OR LOWER(c.number) LIKE LOWER($10) ESCAPE '\\' \
              OR LOWER(c.sentence) LIKE LOWER($10) ESCAPE '\\' OR LOWER(c.subject) LIKE LOWER($10) ESCAPE '\\') \
         AND (COALESCE(c.due_on, '{NO_DEADLINE}') > $11 \
              OR (COALESCE(c.due_on, '{NO_DEADLINE}') = $11 AND c.id > $12)) \
         ORDER BY COALESCE(c.due_on, '{NO_DEADLINE}'), c.id LIMIT $13"
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
                query.model.as_deref().unwrap_or_default(),
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
    let due = |line: &CaseLine| line.due.map_or_else(|| NO_DEADLINE.to_owned(), |due| due.to_string());
    Ok(page(lines, limit, |line| After::write(&due(line), &line.id.to_string())))
}

/// The counts above a list.
pub async fn case_counts(desk: &mut Desk) -> Result<CaseCounts, Hindrance> {
    let (scope, today) = (desk.scope(Action::CaseSee), desk.today);
    let (all, own) = scope.unit_filter();
    let rows = desk
        .tx()
        .all(
            "SELECT c.state, COUNT(*) AS cases, \
             COUNT(CASE WHEN c.state = 'dispatched' AND c.due_on < $3 THEN 1 END) AS late, \
             COUNT(CASE WHEN c.recheck IS NOT NULL OR c.reopen_offered = 1 THEN 1 END) AS recheck \
             FROM case_file c WHERE ($1 = 1 OR c.unit = $2) GROUP BY c.state",
            params![all, own, today],
        )
        .await?;
    let mut counts = CaseCounts::default();
    for row in &rows {
        let cases = row.int("cases")?;
        match row.text("state")? {
            "waiting" => counts.waiting = cases,
            "dispatched" => counts.dispatched = cases,
            "verified" => counts.verified = cases,
            "in_problem" => counts.in_problem = cases,
            _ => counts.closed = cases,
        }
        counts.late += row.int("late")?;
        counts.recheck += row.int("recheck")?;
    }
    Ok(counts)
}

/// A LIKE pattern for texts that contain this one, whatever signs it has.
pub(super) fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Working days by which a day lies in the past.
pub(super) fn late_by(due: Day, today: Day) -> Option<u32> {
    (due < today).then(|| calendar::working_days_between(due, today))
}

pub(super) fn read(row: &Row, today: Day) -> Result<CaseLine, StoreError> {
    let (state, due): (String, Option<Day>) = (row.get("state")?, row.get("due_on")?);
    let late_working_days = due.filter(|_| state == "dispatched").and_then(|due| late_by(due, today));
    Ok(CaseLine {
        id: row.get("id")?,
        number: row.get("number")?,
        finding: row.get("finding")?,
        model: row.get("model")?,
        project: row.get("project")?,
        sentence: row.get("sentence")?,
        effect: row.get("effect")?,
        subject: row.get("subject")?,
        state,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        due,
        late_working_days,
        verdict: row.get("verdict")?,
        recheck: row.get("recheck")?,
        reopen_offered: row.get("reopen_offered")?,
        version: row.get("version")?,
    })
}
