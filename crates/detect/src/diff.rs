//! What the hits of a run make of the findings that are there: pure, so that it can be read and tested alone.

use std::collections::BTreeMap;

use mingcha_domain::FindingId;

use crate::{FindingState, VanishedCause};

/// A finding as far as a comparison needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Known {
    pub id: FindingId,
    pub key_text: String,
    pub state: FindingState,
    /// Everything that a run writes about it, in one text.
    pub content: String,
    /// What of it the data say, and not the model's page: columns and evidence.
    pub substance: String,
}

/// A hit as far as a comparison needs it; `what` is handed back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found<T> {
    pub key_text: String,
    pub content: String,
    pub substance: String,
    pub what: T,
}

/// What is to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Outcome<T> {
    /// New findings.
    pub created: Vec<T>,
    /// Findings that are there with another content; with the cause, when what the data say is another.
    pub updated: Vec<(FindingId, T, Option<VanishedCause>)>,
    /// Findings that had vanished and are there again.
    pub returned: Vec<(FindingId, T)>,
    /// Findings that are no longer there.
    pub vanished: Vec<(FindingId, VanishedCause)>,
}

/// Compares. `known` are all findings of the partitions that were evaluated, `found` all hits of them.
pub(crate) fn compare<T>(known: Vec<Known>, found: Vec<Found<T>>, cause: VanishedCause) -> Outcome<T> {
    let mut before: BTreeMap<String, Known> =
        known.into_iter().map(|finding| (finding.key_text.clone(), finding)).collect();
    let mut outcome = Outcome { created: Vec::new(), updated: Vec::new(), returned: Vec::new(), vanished: Vec::new() };
    for hit in found {
        match before.remove(&hit.key_text) {
            None => outcome.created.push(hit.what),
            Some(finding) if !finding.state.is_there() => outcome.returned.push((finding.id, hit.what)),
            Some(finding) if finding.content != hit.content => {
                let cause = (finding.substance != hit.substance).then_some(cause);
                outcome.updated.push((finding.id, hit.what, cause));
            }
            Some(_) => {}
        }
    }
    outcome.vanished =
        before.into_values().filter(|finding| finding.state.is_there()).map(|finding| (finding.id, cause)).collect();
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(n: u8, state: FindingState, content: &str) -> Known {
        Known { id: id(n), key_text: format!("k{n}"), state, content: content.into(), substance: substance(content) }
    }

    /// Capitals are another wording of the same.
    fn substance(content: &str) -> String {
        content.to_lowercase()
    }

    fn id(n: u8) -> FindingId {
        FindingId::from_random([n; 16])
    }

    fn found(n: u8, content: &str) -> Found<u8> {
        Found { key_text: format!("k{n}"), content: content.into(), substance: substance(content), what: n }
    }

    #[test]
    fn each_finding_takes_one_of_five_ways() {
        let gone = FindingState::Vanished(VanishedCause::DataCorrected);
        let before = vec![
            known(1, FindingState::Seen, "a"),
            known(2, FindingState::Seen, "a"),
            known(3, FindingState::Returned, "a"),
            known(4, gone, "a"),
            known(5, gone, "a"),
        ];
        let hits = vec![found(1, "a"), found(2, "b"), found(4, "a"), found(6, "a")];
        let outcome = compare(before, hits, VanishedCause::BatchWithdrawn);
        assert_eq!(outcome.created, [6]);
        assert_eq!(outcome.updated, [(id(2), 2, Some(VanishedCause::BatchWithdrawn))]);
        assert_eq!(outcome.returned, [(id(4), 4)]);
        assert_eq!(outcome.vanished, [(id(3), VanishedCause::BatchWithdrawn)]);
    }

    #[test]
    fn another_wording_of_the_same_data_has_no_cause() {
        let outcome =
            compare(vec![known(1, FindingState::Seen, "a")], vec![found(1, "A")], VanishedCause::ModelChanged);
        assert_eq!(outcome.updated, [(id(1), 1, None)]);
    }
}
