use super::*;
use crate::town::{PAGE, model, packs, town};

async fn outcomes(page: &str) -> Vec<String> {
    let packs = packs(&[("more_than_three", page)]);
    let model = packs.model("training.more_than_three").expect("the model");
    run(&packs, model).await.iter().map(|outcome| format!("{}: {:?}", outcome.title, outcome.result)).collect()
}

#[tokio::test]
async fn the_cases_of_a_page_run_and_pass() {
    assert_eq!(outcomes(PAGE).await, ["fires on the fourth: Passed", "the third does not fire: Passed"]);
}

#[tokio::test]
async fn a_case_that_lists_another_finding_differs_in_both_directions() {
    let outcomes = outcomes(&PAGE.replace("| 甲 | 2023 | 4 | 3200 |", "| 甲 | 2023 | 5 | 3200.00 |")).await;
    assert_eq!(
        outcomes[0],
        "fires on the fourth: Differs { columns: [\"resident_id\", \"year\", \"times\", \"amount\", \"evidence\"], \
         missing: [[\"甲\", \"2023\", \"5\", \"3200.00\", \"a b c d\"]], \
         unexpected: [[\"甲\", \"2023\", \"4\", \"3200.00\", \"a b c d\"]] }"
    );
}

#[tokio::test]
async fn wrong_evidence_and_a_finding_that_is_not_listed_fail() {
    assert!(outcomes(&PAGE.replace("| a b c d |", "| a b c |")).await[0].contains("Differs"));
    let third = &outcomes(&PAGE.replace("count(*) > $limit", "count(*) >= $limit")).await[1];
    let words = ["Differs", "missing: []", "\"resident_id\", \"year\"", "\"甲\", \"2023\", \"3\"", "\"evidence\""];
    words.iter().for_each(|words| assert!(third.contains(words), "a finding is shown whole: {third}"));
}

#[tokio::test]
async fn two_hits_of_one_key_are_an_error() {
    let packs = town();
    let sql = "SELECT s.resident_id, CAST(2023 AS BIGINT) AS year, s.grant_no, evidence(s._ref) AS evidence \
               FROM grant s GROUP BY s.resident_id, s.grant_no";
    let twice = model(&packs, sql, &[("training.grant", "resident_id")]);
    let outcome = run(&packs, &twice).await;
    assert!(matches!(&outcome[0].result, CaseResult::Failed(EngineError::KeyRepeats { key }) if key == "甲|2023"));
}
