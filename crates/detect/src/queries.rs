//! All SQL of this room that changes rows, and what a run reads before it compares.

mod write;

use std::collections::BTreeMap;

use mingcha_access::Desk;
use mingcha_domain::RunId;
use mingcha_store::{Param, Row, params};

use crate::diff::Known;
use crate::inputs::RunInputs;
use crate::limits::IN_LIST_MAX;
use crate::{DetectError, FindingState, VanishedCause};

pub(crate) use write::{Rewrite, RunHead, finding_add, finding_rewrite, finding_vanish, result_add, run_add};

/// What a model's findings stand on: its last result that did not fail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Standing {
    pub run_number: i64,
    pub snapshot: i64,
    /// Absent when another version of this program wrote them.
    pub inputs: Option<RunInputs>,
}

/// Everything that a run writes about a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Written {
    pub model: String,
    pub pack: String,
    pub key_text: String,
    pub unit: Option<String>,
    pub subject: String,
    pub subject_text: Option<String>,
    pub subject_code: Option<String>,
    pub effect: &'static str,
    pub part: Option<String>,
    pub finding_key: String,
    pub details: String,
    pub sentence: String,
    pub evidence: String,
    pub evidence_count: i64,
    pub model_version: String,
}

impl Written {
    /// What a later run compares with.
    pub(crate) fn content(&self) -> String {
        content([
            &self.details,
            &self.sentence,
            &self.evidence,
            &self.evidence_count.to_string(),
            &self.model_version,
            self.unit.as_deref().unwrap_or_default(),
            self.subject_text.as_deref().unwrap_or_default(),
            self.subject_code.as_deref().unwrap_or_default(),
            self.effect,
            self.part.as_deref().unwrap_or_default(),
        ])
    }

    /// What of it the data say.
    pub(crate) fn substance(&self) -> String {
        substance([&self.details, &self.evidence, &self.evidence_count.to_string()])
    }
}

fn content(parts: [&str; 10]) -> String {
    parts.join("\u{0}")
}

/// What of a finding the data say: not its wording, effect, version of the model or lead unit.
fn substance(parts: [&str; 3]) -> String {
    parts.join("\u{0}")
}

/// The moment of a run, as its rows carry it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Moment {
    pub run: RunId,
    pub run_number: i64,
    pub snapshot: i64,
}

/// What the findings of each model stand on.
pub(crate) async fn standing_all(desk: &mut Desk) -> Result<BTreeMap<String, Standing>, DetectError> {
    let rows = desk
        .tx()
        .all(
            "SELECT r.model, r.run_number, r.snapshot, r.run_inputs FROM model_result r \
             WHERE r.how <> 'failed' AND r.run_number = \
             (SELECT MAX(n.run_number) FROM model_result n WHERE n.model = r.model AND n.how <> 'failed')",
            params![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let standing = Standing {
                run_number: row.int("run_number")?,
                snapshot: row.int("snapshot")?,
                inputs: RunInputs::read(row.text("run_inputs")?),
            };
            Ok((row.text("model")?.to_owned(), standing))
        })
        .collect()
}

/// The code of the unit with this name.
pub(crate) async fn unit_named(desk: &mut Desk, name: &str) -> Result<Option<String>, DetectError> {
    let row = desk.tx().one("SELECT id FROM unit WHERE name = $1 ORDER BY id", params![name]).await?;
    Ok(row.map(|row| row.get("id")).transpose()?)
}

/// What a comparison reads of a model's findings.
const KNOWN: &str = "SELECT id, key_text, state, vanished_cause, details, sentence, evidence, evidence_count, \
                     model_version, unit, subject_text, subject_code, effect, part FROM finding WHERE model = $1";

/// The findings of a model, of some partitions or of all.
pub(crate) async fn findings_known(
    desk: &mut Desk,
    model: &str,
    parts: Option<&[String]>,
) -> Result<Vec<Known>, DetectError> {
    let Some(parts) = parts else {
        let rows = desk.tx().all(&format!("{KNOWN} ORDER BY number"), params![model]).await?;
        return rows.iter().map(known).collect();
    };
    let mut all = Vec::new();
    for some in parts.chunks(IN_LIST_MAX) {
        let places = (2..some.len() + 2).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let mut values = params![model];
        values.extend(some.iter().map(Param::from));
        let sql = format!("{KNOWN} AND part IN ({places}) ORDER BY number");
        for row in desk.tx().all(&sql, values).await? {
            all.push(known(&row)?);
        }
    }
    Ok(all)
}

/// The findings of a model under some keys, whatever partition they were found in.
pub(crate) async fn findings_under(desk: &mut Desk, model: &str, keys: &[&str]) -> Result<Vec<Known>, DetectError> {
    let mut all = Vec::new();
    for some in keys.chunks(IN_LIST_MAX) {
        let places = (2..some.len() + 2).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let mut values = params![model];
        values.extend(some.iter().map(|key| Param::from(*key)));
        let sql = format!("{KNOWN} AND key_text IN ({places}) ORDER BY number");
        for row in desk.tx().all(&sql, values).await? {
            all.push(known(&row)?);
        }
    }
    Ok(all)
}

fn known(row: &Row) -> Result<Known, DetectError> {
    let text = |name: &str| row.opt_text(name).map(Option::unwrap_or_default);
    let state = match (row.text("state")?, row.opt_text("vanished_cause")?.and_then(VanishedCause::from_code)) {
        ("vanished", Some(cause)) => FindingState::Vanished(cause),
        ("returned", _) => FindingState::Returned,
        _ => FindingState::Seen,
    };
    let count = row.int("evidence_count")?.to_string();
    Ok(Known {
        id: row.get("id")?,
        key_text: row.get("key_text")?,
        state,
        substance: substance([text("details")?, text("evidence")?, &count]),
        content: content([
            text("details")?,
            text("sentence")?,
            text("evidence")?,
            &count,
            text("model_version")?,
            text("unit")?,
            text("subject_text")?,
            text("subject_code")?,
            text("effect")?,
            text("part")?,
        ]),
    })
}

/// The next number of a column that counts.
pub(crate) async fn number_next(desk: &mut Desk, table: &str) -> Result<i64, DetectError> {
    let row = desk.tx().one(&format!("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM {table}"), params![]).await?;
    row.map_or(Ok(1), |row| Ok(row.int("next")?))
}
