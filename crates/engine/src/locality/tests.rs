use super::*;
use crate::town::{model, town};

const GRANT: (&str, &str) = ("training.grant", "resident_id");
const CERTIFICATE: (&str, &str) = ("training.certificate", "resident_id");

/// The column that carries the partition, or the code of the refusal.
async fn proof(sql: &str, by: &[(&str, &str)]) -> String {
    let packs = town();
    match prove(&packs, &[], &model(&packs, sql, by)).await {
        Ok(Some(proved)) => proved.column,
        Ok(None) => "whole ledger".to_owned(),
        Err(error) => format!("{} {error}", error.trouble().code),
    }
}

#[tokio::test]
async fn these_plans_are_local() {
    let both = [GRANT, CERTIFICATE];
    let certificate_no = [("training.grant", "certificate_no"), ("training.certificate", "certificate_no")];
    for (column, by, sql) in [
        // aggregate by the partition, alone and with more
        ("resident_id", &[GRANT][..], "SELECT g.resident_id, count(*) AS n FROM grant g GROUP BY g.resident_id"),
        (
            "who",
            &[GRANT],
            "SELECT g.resident_id AS who, date_part('year', g.granted_on) AS year FROM grant g GROUP BY 1, 2",
        ),
        // no aggregate at all
        ("resident_id", &[GRANT], "SELECT g.grant_no, g.resident_id FROM grant g WHERE g.amount > 800"),
        // through a CTE and a derived table
        (
            "r",
            &[GRANT],
            "WITH x AS (SELECT resident_id AS r, amount FROM grant) SELECT y.r FROM (SELECT r FROM x GROUP BY r) y",
        ),
        // joins that equate, in every writing
        ("resident_id", &both, "SELECT g.resident_id FROM grant g JOIN certificate c ON c.resident_id = g.resident_id"),
        ("resident_id", &both, "SELECT c.resident_id FROM grant g JOIN certificate c USING (resident_id)"),
        (
            "resident_id",
            &both,
            "SELECT g.resident_id FROM grant g, certificate c WHERE c.resident_id = g.resident_id AND c.level > 3",
        ),
        (
            "resident_id",
            &both,
            "SELECT g.resident_id FROM grant g LEFT JOIN certificate c ON c.resident_id = g.resident_id",
        ),
        (
            "certificate_no",
            &certificate_no,
            "SELECT c.certificate_no FROM grant g JOIN certificate c ON g.certificate_no = c.certificate_no",
        ),
        // three tables, the equality over a third
        (
            "resident_id",
            &both,
            "SELECT a.resident_id FROM grant a, certificate c, grant b WHERE a.resident_id = c.resident_id AND c.resident_id = b.resident_id",
        ),
        // the self-join
        (
            "resident_id",
            &[GRANT],
            "SELECT a.resident_id FROM grant a JOIN grant b ON a.resident_id = b.resident_id AND a.grant_no < b.grant_no",
        ),
        // reference tables, whatever the condition
        (
            "resident_id",
            &[GRANT],
            "SELECT g.resident_id FROM grant g JOIN common.civil_servant s ON s.resident_id = g.resident_id",
        ),
        (
            "resident_id",
            &[GRANT],
            "SELECT s.resident_id FROM common.civil_servant s JOIN grant g ON s.resident_id = g.resident_id",
        ),
        (
            "resident_id",
            &[GRANT],
            "SELECT g.resident_id FROM grant g LEFT JOIN common.civil_servant s ON s.hired_on > g.granted_on",
        ),
        (
            "resident_id",
            &[GRANT],
            "SELECT g.resident_id FROM grant g JOIN param.limit p ON p.value > 2 GROUP BY g.resident_id",
        ),
        // windows
        (
            "resident_id",
            &[GRANT],
            "SELECT x.resident_id FROM (SELECT g.resident_id, row_number() OVER (PARTITION BY g.resident_id ORDER BY g.granted_on) AS n FROM grant g) x WHERE x.n = 1",
        ),
        ("resident_id", &[GRANT], "SELECT DISTINCT g.resident_id, g.amount FROM grant g"),
        // correlated subqueries
        (
            "resident_id",
            &both,
            "SELECT g.resident_id FROM grant g WHERE EXISTS (SELECT 1 FROM certificate c WHERE c.resident_id = g.resident_id)",
        ),
        (
            "resident_id",
            &both,
            "SELECT g.resident_id FROM grant g WHERE NOT EXISTS (SELECT 1 FROM certificate c WHERE c.level > 3 AND c.resident_id = g.resident_id)",
        ),
        (
            "resident_id",
            &both,
            "SELECT g.resident_id FROM grant g WHERE g.resident_id IN (SELECT c.resident_id FROM certificate c)",
        ),
        (
            "resident_id",
            &both,
            "SELECT g.resident_id, (SELECT max(c.level) FROM certificate c WHERE c.resident_id = g.resident_id) AS best FROM grant g",
        ),
        (
            "resident_id",
            &[GRANT],
            "SELECT g.resident_id FROM grant g WHERE g.resident_id NOT IN (SELECT s.resident_id FROM common.civil_servant s)",
        ),
        (
            "resident_id",
            &[GRANT],
            "SELECT g.resident_id FROM grant g WHERE EXISTS (SELECT 1 FROM common.civil_servant s WHERE s.hired_on < g.granted_on)",
        ),
        // union
        ("resident_id", &both, "SELECT resident_id FROM grant UNION ALL SELECT resident_id FROM certificate"),
        ("resident_id", &both, "SELECT resident_id FROM grant UNION SELECT resident_id FROM certificate"),
        // an expression as the partition
        (
            "year",
            &[("training.grant", "date_part('year', granted_on)")],
            "SELECT date_part('year', g.granted_on) AS year, count(*) AS n FROM grant g GROUP BY 1",
        ),
    ] {
        assert_eq!(proof(sql, by).await, column, "{sql}");
    }
}

#[tokio::test]
async fn these_plans_are_refused() {
    let both = [GRANT, CERTIFICATE];
    for (code, by, sql) in [
        // a ledger that is not named, one that is not read, one that nobody has
        (
            "MC-ENGINE-030",
            &[GRANT][..],
            "SELECT g.resident_id FROM grant g JOIN certificate c ON c.resident_id = g.resident_id",
        ),
        ("MC-ENGINE-031", &both, "SELECT g.resident_id FROM grant g"),
        ("MC-ENGINE-031", &[("training.grants", "resident_id")], "SELECT g.resident_id FROM grant g"),
        // expressions that are none, or not of one row
        ("MC-ENGINE-032", &[("training.grant", "resident")], "SELECT g.resident_id FROM grant g"),
        ("MC-ENGINE-032", &[("training.grant", "max(resident_id)")], "SELECT g.resident_id FROM grant g"),
        ("MC-ENGINE-032", &[("training.grant", "'x'")], "SELECT g.resident_id FROM grant g"),
        ("MC-ENGINE-032", &[("training.grant", "resident_id) AS a, (amount")], "SELECT g.resident_id FROM grant g"),
        ("MC-ENGINE-032", &[("training.grant", "CAST(amount AS DOUBLE)")], "SELECT g.amount FROM grant g"),
        (
            "MC-ENGINE-033",
            &[GRANT, ("training.certificate", "level")],
            "SELECT g.resident_id FROM grant g JOIN certificate c ON g.resident_id = c.resident_id",
        ),
        // joins that do not equate the partitions
        ("MC-ENGINE-034", &both, "SELECT g.resident_id FROM grant g, certificate c"),
        (
            "MC-ENGINE-034",
            &both,
            "SELECT g.resident_id FROM grant g JOIN certificate c ON c.certificate_no = g.certificate_no",
        ),
        (
            "MC-ENGINE-034",
            &both,
            "SELECT g.resident_id FROM grant g JOIN certificate c ON c.resident_id >= g.resident_id",
        ),
        (
            "MC-ENGINE-034",
            &both,
            "SELECT g.resident_id FROM grant g JOIN certificate c ON c.resident_id = g.resident_id OR c.level = 1",
        ),
        (
            "MC-ENGINE-034",
            &both,
            "SELECT g.resident_id FROM grant g JOIN certificate c ON lower(c.resident_id) = lower(g.resident_id)",
        ),
        // an equality after an outer join does not hold inside it
        (
            "MC-ENGINE-034",
            &both,
            "SELECT g.resident_id FROM grant g LEFT JOIN certificate c ON c.level = 1 WHERE c.resident_id = g.resident_id",
        ),
        // outer joins that keep reference rows
        (
            "MC-ENGINE-035",
            &[GRANT],
            "SELECT s.resident_id FROM common.civil_servant s LEFT JOIN grant g ON g.resident_id = s.resident_id",
        ),
        (
            "MC-ENGINE-035",
            &[GRANT],
            "SELECT g.resident_id FROM grant g FULL JOIN common.civil_servant s ON g.resident_id = s.resident_id",
        ),
        (
            "MC-ENGINE-039",
            &both,
            "SELECT g.resident_id FROM grant g FULL JOIN certificate c ON g.resident_id = c.resident_id",
        ),
        // the kept side's partner may be null, so its column carries nothing
        (
            "MC-ENGINE-040",
            &both,
            "SELECT c.resident_id FROM grant g LEFT JOIN certificate c ON g.resident_id = c.resident_id",
        ),
        // aggregates, windows and DISTINCT without the partition
        ("MC-ENGINE-036", &[GRANT], "SELECT count(*) AS n FROM grant g"),
        (
            "MC-ENGINE-036",
            &[GRANT],
            "SELECT g.certificate_no, max(g.resident_id) AS resident_id FROM grant g GROUP BY g.certificate_no",
        ),
        (
            "MC-ENGINE-036",
            &[GRANT],
            "SELECT g.resident_id, sum(g.amount) OVER (ORDER BY g.granted_on) AS s FROM grant g",
        ),
        (
            "MC-ENGINE-036",
            &[GRANT],
            "SELECT g.resident_id, sum(g.amount) OVER (PARTITION BY g.certificate_no) AS s FROM grant g",
        ),
        (
            "MC-ENGINE-036",
            &[GRANT],
            "SELECT g.resident_id, sum(g.amount) OVER (PARTITION BY g.resident_id) AS s, count(*) OVER () AS n FROM grant g",
        ),
        ("MC-ENGINE-036", &[GRANT], "SELECT DISTINCT g.certificate_no FROM grant g"),
        (
            "MC-ENGINE-036",
            &[GRANT],
            "SELECT lower(g.resident_id) AS resident_id, count(*) AS n FROM grant g GROUP BY 1",
        ),
        ("MC-ENGINE-039", &[GRANT], "SELECT g.resident_id, count(*) AS n FROM grant g GROUP BY ROLLUP (g.resident_id)"),
        // subqueries that see everything
        (
            "MC-ENGINE-037",
            &both,
            "SELECT g.resident_id FROM grant g WHERE EXISTS (SELECT 1 FROM certificate c WHERE c.level > 3)",
        ),
        (
            "MC-ENGINE-037",
            &both,
            "SELECT g.resident_id FROM grant g WHERE EXISTS (SELECT 1 FROM certificate c WHERE c.certificate_no = g.certificate_no)",
        ),
        (
            "MC-ENGINE-037",
            &both,
            "SELECT g.resident_id FROM grant g WHERE g.resident_id NOT IN (SELECT c.resident_id FROM certificate c)",
        ),
        (
            "MC-ENGINE-037",
            &both,
            "SELECT g.resident_id FROM grant g WHERE g.certificate_no IN (SELECT c.certificate_no FROM certificate c)",
        ),
        (
            "MC-ENGINE-037",
            &both,
            "SELECT g.resident_id FROM grant g WHERE g.amount > 1 OR g.resident_id IN (SELECT c.resident_id FROM certificate c)",
        ),
        (
            "MC-ENGINE-036",
            &[GRANT],
            "SELECT g.resident_id FROM grant g WHERE g.amount > (SELECT avg(x.amount) FROM grant x)",
        ),
        ("MC-ENGINE-036", &[GRANT], "SELECT g.resident_id, (SELECT count(*) FROM grant x) AS n FROM grant g"),
        // a name in between hides the outer row's
        (
            "MC-ENGINE-037",
            &both,
            "SELECT g.resident_id FROM grant g WHERE EXISTS (SELECT 1 FROM common.civil_servant g WHERE EXISTS (SELECT 1 FROM certificate c WHERE c.resident_id = g.resident_id))",
        ),
        // nodes that look at all rows at once
        ("MC-ENGINE-039", &[GRANT], "SELECT g.resident_id FROM grant g ORDER BY g.amount LIMIT 10"),
        (
            "MC-ENGINE-039",
            &[GRANT],
            "SELECT x.resident_id FROM (SELECT resident_id FROM grant ORDER BY amount DESC LIMIT 1) x",
        ),
        (
            "MC-ENGINE-038",
            &[GRANT],
            "SELECT resident_id FROM grant UNION ALL SELECT resident_id FROM common.civil_servant",
        ),
        // the result does not show it
        ("MC-ENGINE-040", &[GRANT], "SELECT g.grant_no FROM grant g"),
        ("MC-ENGINE-040", &[GRANT], "SELECT x.n FROM (SELECT g.resident_id, count(*) AS n FROM grant g GROUP BY 1) x"),
        (
            "MC-ENGINE-040",
            &both,
            "SELECT a.level FROM (SELECT resident_id FROM grant) b JOIN certificate a ON a.resident_id = b.resident_id",
        ),
    ] {
        let proof = proof(sql, by).await;
        assert!(proof.starts_with(code), "{sql}\n  wanted {code}, got {proof}");
    }
}

#[tokio::test]
async fn a_model_of_the_whole_ledger_needs_no_proof() {
    assert_eq!(proof("SELECT count(*) AS n FROM grant", &[]).await, "whole ledger");
}
