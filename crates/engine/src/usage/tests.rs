use super::*;
use crate::town::{PAGE, packs};

/// What a page with another query reads, as `ledger! column! column column?`: needed, used, shown.
async fn reads(sql: &str) -> Vec<String> {
    let start = PAGE.find("SELECT").expect("a query");
    let end = PAGE.find("```\n\n## 表述").expect("its end");
    let page = format!("{}{sql}\n{}", &PAGE[..start], &PAGE[end..]);
    let packs = packs(&[("more_than_three", &page)]);
    let model = packs.models().next().expect("a model");
    let uses = usage(&packs, &[], model).await.expect("what it reads");
    uses.iter()
        .map(|used| {
            let columns = used.columns.iter().map(|column| match column.role {
                Role::Needed => format!(" {}!", column.name),
                Role::Used => format!(" {}", column.name),
                Role::Shown => format!(" {}?", column.name),
            });
            format!("{}{}{}", used.ledger, if used.needed { "!" } else { "" }, columns.collect::<String>())
        })
        .collect()
}

const COUNTED: &str =
    "SELECT s.resident_id, CAST(date_part('year', s.granted_on) AS BIGINT) AS year, count(*) AS times,
    sum(s.amount) AS amount, evidence(s._ref) AS evidence FROM grant s
    WHERE s.granted_on <= $as_of GROUP BY 1, 2 HAVING count(*) > $limit";

#[tokio::test]
async fn what_decides_is_told_from_what_is_only_shown_and_what_is_not_read_is_not_named() {
    assert_eq!(reads(COUNTED).await, ["training.grant! amount? granted_on! resident_id!"]);
}

#[tokio::test]
async fn a_column_that_the_query_has_an_answer_for_is_used_and_not_needed() {
    let sql = COUNTED.replace("WHERE", "WHERE (s.certificate_no IS NULL OR s.certificate_no <> '无') AND");
    assert_eq!(reads(&sql).await, ["training.grant! amount? certificate_no granted_on! resident_id!"]);
    let sql = COUNTED.replace("WHERE", "WHERE s.certificate_no <> '无' AND");
    assert_eq!(reads(&sql).await, ["training.grant! amount? certificate_no! granted_on! resident_id!"]);
}

#[tokio::test]
async fn a_joined_ledger_is_needed_and_one_that_only_adds_something_is_not() {
    let joined =
        COUNTED.replace("FROM grant s", "FROM grant s JOIN certificate c ON c.certificate_no = s.certificate_no");
    assert_eq!(
        reads(&joined).await,
        ["training.certificate! certificate_no!", "training.grant! amount? certificate_no! granted_on! resident_id!"]
    );
    let added = joined.replace(" JOIN", " LEFT JOIN").replace("sum(s.amount)", "max(c.level)");
    assert_eq!(
        reads(&added).await,
        ["training.certificate certificate_no level?", "training.grant! certificate_no granted_on! resident_id!"]
    );
}

#[tokio::test]
async fn a_ledger_whose_rows_speak_against_a_finding_is_not_needed_for_one() {
    let sql = COUNTED.replace(
        "GROUP BY",
        "AND NOT EXISTS (SELECT 1 FROM common.civil_servant v WHERE v.resident_id = s.resident_id) GROUP BY",
    );
    assert_eq!(
        reads(&sql).await,
        ["common.civil_servant resident_id", "training.grant! amount? granted_on! resident_id!"]
    );
}
