//! Sheets of past casework that were taken in, and the rows of them that were not.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::Instant;
use mingcha_store::{StoreError, params};

use crate::hindrance::{Broken, Hindrance};

/// Most sheets, or rejects of one sheet, that are listed.
const LINES_MAX: i64 = 1_000;

/// One sheet that was taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastSheetLine {
    /// The import.
    pub import: String,
    /// `ops.problem` ….
    pub sheet: String,
    /// Name of the file.
    pub file_name: String,
    /// Rows that went in.
    pub accepted: i64,
    /// Rows that were on record already.
    pub unchanged: i64,
    /// Rows that did not go in.
    pub rejected: i64,
    /// When.
    pub taken_at: Instant,
    /// By whom.
    pub taken_by: String,
}

/// Something wrong with a row, as it was told when the sheet was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptReject {
    /// The line of the source sheet.
    pub row: i64,
    /// Name of the column; empty for the row as a whole.
    pub column: String,
    /// The cell as it stood.
    pub value: String,
    /// The code, key of its words.
    pub code: String,
    /// The facts that fill them.
    pub facts: Vec<(String, String)>,
}

/// The sheets that were taken in, newest first.
pub async fn past_sheets(desk: &mut Desk) -> Result<Vec<PastSheetLine>, Hindrance> {
    desk.ask(Action::PastCaseworkImport, Subject::house())?;
    let rows = desk
        .tx()
        .all(
            "SELECT id, sheet, file_name, accepted, unchanged, rejected, taken_at, taken_by FROM past_sheet \
             ORDER BY taken_at DESC, id LIMIT $1",
            params![LINES_MAX],
        )
        .await?;
    let line = |row: &mingcha_store::Row| {
        Ok(PastSheetLine {
            import: row.get("id")?,
            sheet: row.get("sheet")?,
            file_name: row.get("file_name")?,
            accepted: row.get("accepted")?,
            unchanged: row.get("unchanged")?,
            rejected: row.get("rejected")?,
            taken_at: row.get("taken_at")?,
            taken_by: row.get("taken_by")?,
        })
    };
    Ok(rows.iter().map(line).collect::<Result<_, StoreError>>()?)
}

/// The rejects of one sheet, by line.
pub async fn past_rejects(desk: &mut Desk, import: &str) -> Result<Vec<KeptReject>, Hindrance> {
    desk.ask(Action::PastCaseworkImport, Subject::house())?;
    let rows = desk
        .tx()
        .all(
            "SELECT id, sheet_row, column_name, cell, code, facts FROM past_reject WHERE past_sheet = $1 \
             ORDER BY sheet_row, id LIMIT $2",
            params![import, LINES_MAX],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let unreadable =
                |_| Broken { record: format!("past_reject of {import}"), reason: "facts that are no JSON object" };
            let facts: std::collections::BTreeMap<String, String> =
                serde_json::from_str(row.text("facts")?).map_err(unreadable)?;
            Ok(KeptReject {
                row: row.get("sheet_row")?,
                column: row.get("column_name")?,
                value: row.get("cell")?,
                code: row.get("code")?,
                facts: facts.into_iter().collect(),
            })
        })
        .collect()
}
