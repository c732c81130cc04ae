//! From a figure down to the lines of source sheets: record → problem → findings → evidence rows → batch → file and line.
//!
//! The value is everybody's who may see figures; the records behind it are cut to what the actor may look at.

use std::collections::BTreeMap;

use mingcha_access::persons::Sight;
use mingcha_access::{Action, Desk, Scope};
use mingcha_casework::RestsOn;
use mingcha_detect::Finding;
use mingcha_domain::{FindingId, Kind, RowRef, Speaks};
use mingcha_engine::guard;
use mingcha_ledger::SourceLine;
use mingcha_publish::{Explanation, explain};
use serde_json::{Value as Json, json};

use crate::{Platform, WiringError};

/// A figure, opened down to the sheets.
pub struct Trace {
    /// The figure and its records, as far as the actor may look at them. The figure's own count is of all.
    pub explanation: Explanation,
    /// What each record rests on, in the order of the records.
    pub rests_on: Vec<RestsOn>,
    /// How many records count and are not among these: other units'.
    pub hidden: usize,
    /// The findings that were met, as far as the actor sees them.
    pub findings: BTreeMap<FindingId, Finding>,
    /// The source lines of their evidence; a row whose batch this program does not know is missing here.
    pub lines: BTreeMap<RowRef, SourceLine>,
}

impl Platform {
    /// Opens a figure. `sight` says whether persons may be shown in full.
    pub async fn trace(&self, desk: &mut Desk, figure: &str, sight: Sight) -> Result<Trace, WiringError> {
        let moment = self.moment(desk).await?;
        let mut explanation = explain(desk, moment.ground(&self.packs), figure, sight)
            .await
            .map_err(|error| WiringError::room(&error))?;
        let references: Vec<String> = explanation.records.iter().map(|record| record.reference.clone()).collect();
        let mut rests_on =
            mingcha_casework::rests_on(desk, &references).await.map_err(|error| WiringError::room(&error))?;
        // The figure counts everything; the list behind it is only what this actor may see.
        let beyond_casework = sees_what_is_no_casework(desk, &explanation.records_sql);
        let sees = |rests: &RestsOn| rests.seen && (rests.casework || beyond_casework);
        let mut seen = rests_on.iter().map(sees);
        explanation.records.retain(|_| seen.next().unwrap_or(false));
        rests_on.retain(sees);
        let hidden = references.len() - rests_on.len();
        let mut findings = BTreeMap::new();
        for id in rests_on.iter().flat_map(|rests| &rests.findings) {
            if !findings.contains_key(id) {
                match mingcha_detect::finding(desk, *id).await {
                    Ok(finding) => findings.insert(*id, finding),
                    // A figure may be opened by whoever may see figures; what is another unit's stays closed.
                    Err(error) if error.kind() == Kind::NotFound => None,
                    Err(error) => return Err(WiringError::room(&error)),
                };
            }
        }
        let rows: Vec<RowRef> = findings.values().flat_map(|finding: &Finding| finding.evidence.clone()).collect();
        let lines = mingcha_ledger::source_lines(desk, &rows).await.map_err(|error| WiringError::room(&error))?;
        Ok(Trace { explanation, rests_on, hidden, findings, lines })
    }
}

/// Whether the actor may look at a figure's records that casework does not know. Definitions are everybody's. A row of a
/// ledger, or one that a query made of several records, does not say whose it is: only for whoever sees all units'.
fn sees_what_is_no_casework(desk: &Desk, records_sql: &str) -> bool {
    let definitions_only = guard::tables(records_sql).iter().all(|table| table.starts_with("def."));
    definitions_only || [Action::CaseSee, Action::LedgerSee].into_iter().all(|action| desk.scope(action) == Scope::All)
}

impl Trace {
    /// How many records must be looked at again, because a finding that they rest on vanished or changed.
    #[must_use]
    pub fn recheck_count(&self) -> usize {
        self.rests_on.iter().filter(|rests| rests.recheck.is_some()).count()
    }

    /// As `figures --explain --json` tells it.
    #[must_use]
    pub fn json(&self) -> Json {
        let mut json = self.explanation.json();
        if let Some(records) = json.get_mut("records").and_then(Json::as_array_mut) {
            for (record, rests) in records.iter_mut().zip(&self.rests_on) {
                record["problem"] = json!(rests.number);
                record["recheck"] = json!(rests.recheck.is_some());
                record["recheck_cause"] = json!(rests.recheck);
                record["rests_on"] = rests.findings.iter().map(|id| self.finding_json(*id)).collect();
            }
        }
        json["hidden_count"] = json!(self.hidden);
        json["recheck_count"] = json!(self.recheck_count());
        json
    }

    fn finding_json(&self, id: FindingId) -> Json {
        let Some(finding) = self.findings.get(&id) else { return json!({ "id": id.to_string() }) };
        json!({
            "id": id.to_string(),
            "model": finding.model,
            "finding_state": finding.state.code(),
            "sentence": finding.sentence,
            "evidence_count": finding.evidence_count,
            "evidence": finding.evidence.iter().map(|at| self.row_json(*at)).collect::<Json>(),
        })
    }

    fn row_json(&self, at: RowRef) -> Json {
        let line = self.lines.get(&at);
        json!({
            "batch": at.batch.0,
            "row": at.row,
            "ledger": line.map(|line| &line.ledger),
            "file": line.map(|line| &line.file),
            "sheet": line.map(|line| &line.sheet),
        })
    }
}
