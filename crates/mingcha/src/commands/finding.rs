//! `mingcha finding list`: what the models found.

use std::collections::HashMap;

use mingcha_access::persons::{Sight, unmask};
use mingcha_access::{Desk, Subject};
use mingcha_casework::read::{CaseQuery, case_list};
use mingcha_detect::{DetectError, Finding, FindingQuery, FindingState, finding_list};
use mingcha_domain::{FindingId, ResidentId, RowRef};
use mingcha_ledger::source_lines;
use mingcha_pack::{Model, PackSet, nearest};
use mingcha_words::Lang;
use serde_json::json;

use crate::args::FindingListArgs;
use crate::opening::{acting, caught_up};
use crate::output::{self, Ended, Failure, Outcome};

/// Lists findings, one JSON object a line with `--json`.
pub async fn list(args: FindingListArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    caught_up(&platform, lang).await;
    let sight = match (&args.unmask.purpose, args.unmask.unmask) {
        (Some(purpose), true) => {
            let mut desk = platform.office.desk(&actor).await?;
            let (sight, _) = unmask(&mut desk, Subject::house(), "finding:*", purpose).await?;
            desk.commit().await?;
            sight
        }
        _ => Sight::masked(),
    };
    let mut desk = platform.office.reading(&actor).await?;
    let cases = cases_by_finding(&mut desk).await?;
    let mut query = FindingQuery { model: args.model.clone(), ..FindingQuery::default() };
    loop {
        let page = finding_list(&mut desk, &query).await?;
        if let Some(name) = args.model.as_deref().filter(|_| page.lines.is_empty() && query.after.is_none()) {
            is_known(&platform.packs, name)?;
        }
        let rows: Vec<RowRef> = page.lines.iter().flat_map(|finding| finding.evidence.clone()).collect();
        let sources = source_lines(&mut desk, &rows).await?;
        for finding in &page.lines {
            let model = platform.packs.model(&finding.model);
            let sentence = model.map_or_else(|| finding.sentence.clone(), |model| finding.say(model, sight));
            if !args.data.json {
                output::line(format!("{}\t{}\t{sentence}", finding.model, finding.state.code()));
                continue;
            }
            let evidence: Vec<_> = finding
                .evidence
                .iter()
                .map(|at| {
                    let ledger = sources.get(at).map(|line| &line.ledger);
                    json!({ "ledger": ledger, "batch": at.batch.0, "row": at.row })
                })
                .collect();
            output::json_line(&json!({
                "id": finding.id.to_string(),
                "model": finding.model,
                "key": key(finding, sight),
                "finding_state": finding.state.code(),
                "vanished_cause": vanished_cause(finding),
                "case": cases.get(&finding.id),
                "sentence": sentence,
                "evidence_count": finding.evidence_count,
                "evidence": evidence,
            }))?;
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(Ended::Done),
        }
    }
}

/// A model without findings is one thing, a name that nobody knows another. A model that left the packs may still have
/// findings, so this is asked only where there are none.
fn is_known(packs: &PackSet, name: &str) -> Result<(), DetectError> {
    if packs.model(name).is_some() {
        return Ok(());
    }
    let known: Vec<String> = packs.models().map(Model::full_name).collect();
    let near = nearest(name, known.iter().map(String::as_str)).unwrap_or_default().to_owned();
    Err(DetectError::NoSuchModel { name: name.to_owned(), near })
}

/// The values of the key joined by `|`; identity numbers are hidden unless a purpose was given.
fn key(finding: &Finding, sight: Sight) -> String {
    let shown = finding.key.iter().map(|(_, value)| {
        let text = value.to_string();
        if ResidentId::parse(&text).is_ok() { sight.identifier(&text) } else { text }
    });
    shown.collect::<Vec<_>>().join("|")
}

fn vanished_cause(finding: &Finding) -> Option<&'static str> {
    match finding.state {
        FindingState::Vanished(cause) => Some(cause.code()),
        FindingState::Seen | FindingState::Returned => None,
    }
}

async fn cases_by_finding(desk: &mut Desk) -> Result<HashMap<FindingId, serde_json::Value>, Failure> {
    let mut cases = HashMap::new();
    let mut query = CaseQuery::default();
    loop {
        let page = case_list(desk, &query).await?;
        for case in page.lines {
            cases
                .insert(case.finding, json!({ "id": case.id.to_string(), "number": case.number, "state": case.state }));
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(cases),
        }
    }
}
