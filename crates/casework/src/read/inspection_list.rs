//! The list of inspections, by day.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, InspectionId};
use mingcha_store::{Row, StoreError, params};

use super::case_list::containing;
use super::cursor::{After, Page, page, page_lines};
use crate::hindrance::Hindrance;

/// Which inspections. Empty fields leave nothing out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InspectionQuery {
    /// A project.
    pub project: Option<String>,
    /// Only those where something did not conform.
    pub fails: bool,
    /// Part of number or subject.
    pub text: Option<String>,
    /// Where the page begins.
    pub after: Option<String>,
    /// Lines of a page; 0 for the usual 50.
    pub limit: i64,
}

/// One inspection in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InspectionLine {
    /// The inspection.
    pub id: InspectionId,
    /// Its number.
    pub number: String,
    /// The project.
    pub project: String,
    /// Full name of the checklist.
    pub checklist: String,
    /// Who was inspected.
    pub subject: String,
    /// When.
    pub inspected_on: Day,
    /// By whom.
    pub inspectors: String,
    /// Indicators answered.
    pub answers: i64,
    /// Indicators that do not conform.
    pub fails: i64,
}

pub(super) const SELECT: &str = "SELECT i.id, i.number, i.project, i.checklist, i.subject, i.inspected_on, \
    i.inspectors, (SELECT COUNT(*) FROM inspection_answer a WHERE a.inspection = i.id) AS answers, \
    (SELECT COUNT(*) FROM inspection_answer a WHERE a.inspection = i.id AND a.result = '不符合') AS fails";

/// A page of inspections.
pub async fn inspection_list(desk: &mut Desk, query: &InspectionQuery) -> Result<Page<InspectionLine>, Hindrance> {
    let after = After::read(query.after.as_deref())?;
    let (scope, limit) = (desk.scope(Action::InspectionSee), page_lines(query.limit));
    let (all, own) = scope.unit_filter();
    let sql = format!(
        "{SELECT} FROM inspection i WHERE ($1 = 1 OR i.unit = $2) AND ($3 = '' OR i.project = $3) \
         AND ($4 = 0 OR EXISTS (SELECT 1 FROM inspection_answer a WHERE a.inspection = i.id AND a.result = '不符合')) \
         AND ($5 = '' OR LOWER(i.number) LIKE LOWER($6) ESCAPE '\\' \
              OR LOWER(i.subject) LIKE LOWER($6) ESCAPE '\\') \
         AND (i.inspected_on > $7 OR (i.inspected_on = $7 AND i.id > $8)) \
         ORDER BY i.inspected_on, i.id LIMIT $9"
    );
    let text = query.text.as_deref().unwrap_or_default().trim();
    let rows = desk
        .tx()
        .all(
            &sql,
            params![
                all,
                own,
                query.project.as_deref().unwrap_or_default(),
                query.fails,
                text,
                containing(text),
                after.key,
                after.id,
                limit + 1,
            ],
        )
        .await?;
    let lines = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(page(lines, limit, |line: &InspectionLine| After::write(&line.inspected_on.to_string(), &line.id.to_string())))
}

pub(super) fn read(row: &Row) -> Result<InspectionLine, StoreError> {
    Ok(InspectionLine {
        id: row.get("id")?,
        number: row.get("number")?,
        project: row.get("project")?,
        checklist: row.get("checklist")?,
        subject: row.get("subject")?,
        inspected_on: row.get("inspected_on")?,
        inspectors: row.get("inspectors")?,
        answers: row.get("answers")?,
        fails: row.get("fails")?,
    })
}
