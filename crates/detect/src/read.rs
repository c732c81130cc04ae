//! What the faces show of findings and runs, each list one statement, within the actor's scope.

mod list;
mod models;
mod one;

pub use list::{FindingCounts, FindingQuery, Page, finding_counts, finding_list};
pub use models::{ModelState, model_states};
pub use one::{finding, finding_by_name, findings_by_name};

/// Every column that [`crate::Finding`] is read from.
const FINDING: &str = "f.id, f.number, f.model, f.key_text, f.pack, f.unit, f.subject, f.subject_text, f.subject_code, \
                       f.effect, f.finding_key, f.details, f.sentence, f.state, f.vanished_cause, f.evidence, \
                       f.evidence_count, f.snapshot, f.as_of, f.model_version, f.first_run, f.last_run, \
                       f.first_seen_at, f.last_seen_at, f.changed_at";
