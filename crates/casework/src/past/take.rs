//! Takes a sheet of past casework in: one transaction, one audit entry, every row accounted for.

use mingcha_access::{Action, Desk, Permit, Record, Subject};
use mingcha_domain::{Kind, ProblemId, Speaks, Trouble};
use mingcha_intake::{IntakeError, Options, Parsed, ParsedRow};
use mingcha_pack::{Ledger, PackSet};
use mingcha_store::{Touched, params};
use serde_json::json;
use sm3::{Digest, Sm3};

use super::cells::{Cells, Met, RowFault, Stop};
use super::{PastSheet, answer, inspection, person, problem, recovery, verification};
use crate::finding_name::FindingLookup;
use crate::hindrance::{Hindrance, hindered};

/// A sheet that was read, not yet taken in. Reading needs no store and may take long.
#[derive(Debug)]
pub struct PastUpload {
    sheet: PastSheet,
    ledger: Ledger,
    file_name: String,
    sm3: String,
    parsed: Parsed,
}

impl PastUpload {
    /// Reads a file as a sheet of past casework.
    pub fn read(sheet: PastSheet, file_name: &str, bytes: &[u8], options: &Options) -> Result<Self, PastError> {
        let ledger = sheet.schema()?;
        let parsed = mingcha_intake::parse(bytes, &ledger, options)?;
        let sm3 = hex::encode(Sm3::digest(bytes));
        Ok(Self { sheet, ledger, file_name: file_name.to_owned(), sm3, parsed })
    }

    /// What the file holds, for a preview.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }
}

/// What rows are held against: which findings there are, and what the packs define.
#[derive(Clone, Copy)]
pub struct PastGround<'a> {
    /// Who knows which finding bears a name.
    pub findings: &'a dyn FindingLookup,
    /// Projects, their lead units, checklists.
    pub packs: &'a PackSet,
}

/// What became of a sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct TakenPast {
    /// The import, under which its rejects are kept.
    pub import: String,
    /// Rows that went in.
    pub accepted: usize,
    /// Rows that were on record already, the same.
    pub unchanged: usize,
    /// Rows that did not go in.
    pub rejected: Vec<PastReject>,
    /// What was done with the sheet that its sender should know; keys `intake-note-…`.
    pub notes: Vec<Trouble>,
}

/// A row that did not go in, or one of several things wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastReject {
    /// The line of the source sheet, 1-based.
    pub row: i64,
    /// Name of the column; empty for the row as a whole.
    pub column: String,
    /// The cell as it stands.
    pub value: String,
    /// What is wrong.
    pub trouble: Trouble,
}

/// Why a sheet was not taken at all.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// No sheet of past casework has that name.
    #[error("no sheet {sheet}")]
    NoSuchSheet {
        /// The name given.
        sheet: String,
    },
    /// The file is no such sheet.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A schema of this crate is wrong: a fault of the program.
    #[error("schema {sheet}: {reason}")]
    Schema {
        /// The sheet.
        sheet: &'static str,
        /// The first fault.
        reason: String,
    },
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(PastError);

impl Speaks for PastError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NoSuchSheet { sheet } => {
                let known = PastSheet::ALL.map(PastSheet::full_name).join(" ");
                Trouble::new("MC-CASE-032").with("sheet", sheet).with("known", known)
            }
            Self::Intake(error) => error.trouble(),
            Self::Schema { sheet, reason } => Trouble::new("MC-CASE-054").with("sheet", sheet).with("reason", reason),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchSheet { .. } => Kind::NotFound,
            Self::Intake(error) => error.kind(),
            Self::Schema { .. } => Kind::Internal,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// What a row is taken with.
pub(super) struct Taking<'a> {
    pub desk: &'a mut Desk,
    pub permit: &'a Permit,
    pub ground: PastGround<'a>,
    /// `file.xlsx`, for the story.
    pub file_name: &'a str,
    pub touched: Vec<Touched>,
}

/// Takes the good rows in, keeps the others with their reasons, and commits.
pub async fn take_past(mut desk: Desk, upload: &PastUpload, ground: PastGround<'_>) -> Result<TakenPast, PastError> {
    let permit = desk.ask(Action::PastCaseworkImport, Subject::house())?;
    let mut taken = TakenPast {
        import: ProblemId::from_random(desk.random()).to_string(),
        accepted: 0,
        unchanged: 0,
        rejected: rejected_by_intake(&upload.parsed),
        notes: upload.parsed.notes.clone(),
    };
    let mut taking = Taking { desk: &mut desk, permit: &permit, ground, file_name: &upload.file_name, touched: vec![] };
    for row in &upload.parsed.rows {
        match take_row(upload.sheet, &mut taking, Cells::new(&upload.ledger, row)).await {
            Ok(Met::New) => taken.accepted += 1,
            Ok(Met::Unchanged) => taken.unchanged += 1,
            Err(Stop::Row(fault)) => taken.rejected.push(reject(&upload.ledger, row, fault)),
            Err(Stop::All(error)) => return Err(error),
        }
    }
    taken.rejected.sort_by_key(|reject| reject.row);
    let mut touched = taking.touched;
    touched.extend(keep(&mut desk, &permit, upload, &taken).await?);
    touched.sort();
    touched.dedup();
    let subject = format!("past_sheet:{}", taken.import);
    let facts = json!({ "sheet": upload.sheet.full_name(), "file": upload.file_name, "sm3": upload.sm3,
                        "accepted": taken.accepted, "unchanged": taken.unchanged, "rejected": rows(&taken.rejected) });
    let record = Record { verb: "past.take", subject: &subject, why: None, touched: &touched, facts };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    Ok(taken)
}

async fn take_row(sheet: PastSheet, taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    match sheet {
        PastSheet::Problem => problem::take(taking, cells).await,
        PastSheet::ProblemPerson => person::take(taking, cells).await,
        PastSheet::Recovery => recovery::take(taking, cells).await,
        PastSheet::Inspection => inspection::take(taking, cells).await,
        PastSheet::InspectionAnswer => answer::take(taking, cells).await,
        PastSheet::Verification => verification::take(taking, cells).await,
    }
}

/// How many rows a list of rejects is about; one row may have several.
fn rows(rejected: &[PastReject]) -> usize {
    let mut lines: Vec<i64> = rejected.iter().map(|reject| reject.row).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

impl TakenPast {
    /// How many rows did not go in; [`Self::rejected`] may tell several things of one.
    #[must_use]
    pub fn rejected_rows(&self) -> usize {
        rows(&self.rejected)
    }
}

fn rejected_by_intake(parsed: &Parsed) -> Vec<PastReject> {
    let told = |row: &mingcha_intake::RejectedRow| {
        let line = i64::from(row.row);
        let one = |cell: &mingcha_intake::CellProblem| PastReject {
            row: line,
            column: cell.column.clone(),
            value: cell.value.clone(),
            trouble: cell.trouble.clone(),
        };
        row.problems.iter().map(one).collect::<Vec<_>>()
    };
    parsed.rejects.iter().flat_map(told).collect()
}

fn reject(ledger: &Ledger, row: &ParsedRow, fault: RowFault) -> PastReject {
    let value = Cells::new(ledger, row).shown(fault.column);
    PastReject { row: i64::from(row.row), column: fault.column.to_owned(), value, trouble: fault.trouble }
}

async fn keep(desk: &mut Desk, _: &Permit, upload: &PastUpload, taken: &TakenPast) -> Result<Vec<Touched>, Hindrance> {
    let (now, by) = (desk.now, desk.actor.name.clone());
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    desk.tx()
        .run(
            "INSERT INTO past_sheet (id, sheet, file_name, sm3, accepted, unchanged, rejected, taken_at, taken_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![
                &taken.import,
                upload.sheet.full_name(),
                &upload.file_name,
                &upload.sm3,
                count(taken.accepted),
                count(taken.unchanged),
                count(taken.rejected_rows()),
                now,
                by,
            ],
        )
        .await?;
    let mut touched = vec![Touched::new("past_sheet", &taken.import)];
    for (at, reject) in taken.rejected.iter().enumerate() {
        let id = format!("{}/{}", taken.import, at + 1);
        let facts: serde_json::Map<_, _> =
            reject.trouble.facts.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        desk.tx()
            .run(
                "INSERT INTO past_reject (id, past_sheet, sheet_row, column_name, cell, code, facts) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                params![
                    &id,
                    &taken.import,
                    reject.row,
                    &reject.column,
                    &reject.value,
                    reject.trouble.code,
                    serde_json::Value::Object(facts).to_string(),
                ],
            )
            .await?;
        touched.push(Touched::new("past_reject", id));
    }
    Ok(touched)
}
