use super::*;
use crate::town::{PAGE, packs};

/// Code and marked text of every fault of a changed page.
async fn faults(changes: &[(&str, &str)]) -> Vec<String> {
    let mut page = PAGE.to_owned();
    for (from, to) in changes {
        assert!(page.contains(from), "{from}");
        page = page.replacen(from, to, 1);
    }
    let packs = packs(&[("more_than_three", &page)]);
    check(&packs, &[])
        .await
        .iter()
        .map(|fault| {
            assert_eq!(fault.at.file, "training/models/more_than_three.md");
            let marked = &page[fault.at.span()];
            let marked = if marked.contains('\n') { "…" } else { marked };
            format!("{} {marked}", fault.trouble.code)
        })
        .collect()
}

#[tokio::test]
async fn a_right_page_has_no_faults() {
    assert!(faults(&[]).await.is_empty());
}

#[tokio::test]
async fn faults_of_the_sql_point_at_the_very_words_and_all_at_once() {
    let changes =
        [("s.resident_id, CAST", "lowr(s.resident_id), CAST"), ("<= $as_of", "<= now()"), ("> $limit", "> $limmit")];
    assert_eq!(faults(&changes).await, ["MC-ENGINE-008 lowr", "MC-ENGINE-004 now", "MC-ENGINE-009 $limmit"]);
    assert_eq!(faults(&[("FROM grant s", "FROM grnt s")]).await, ["MC-ENGINE-003 grnt"]);
    assert_eq!(faults(&[("sum(s.amount)", "sum(s.amuont)")]).await, ["MC-ENGINE-007 s.amuont"]);
    let syntax = faults(&[("GROUP BY 1, 2", "GROUP 1, 2")]).await;
    assert!(syntax.len() == 1 && syntax[0].starts_with("MC-ENGINE-001"), "{syntax:?}");
}

#[tokio::test]
async fn keys_evidence_wording_and_cases_must_be_in_the_result() {
    assert_eq!(
        faults(&[("AS year", "AS yaer")]).await,
        ["MC-ENGINE-025 year", "MC-ENGINE-043 year", "MC-ENGINE-044 year"]
    );
    assert_eq!(faults(&[("evidence(s._ref) AS evidence", "evidence(s._ref) AS proof")]).await, ["MC-ENGINE-041 …"]);
    assert_eq!(faults(&[("evidence(s._ref) AS evidence", "max(s._ref) AS evidence")]).await, ["MC-ENGINE-042 …"]);
}

#[tokio::test]
async fn locality_that_cannot_be_proved_is_a_fault() {
    assert_eq!(faults(&[("resident_id\" }", "certificate_no\" }")]).await, ["MC-ENGINE-036 …"]);
    let expression = faults(&[("grant = \"resident_id\"", "grant = \"resident\"")]).await;
    assert!(expression.len() == 1 && expression[0].starts_with("MC-ENGINE-032"), "{expression:?}");
}
