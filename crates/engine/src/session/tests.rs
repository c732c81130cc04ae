use std::collections::BTreeSet;

use mingcha_domain::Value;

use super::*;
use crate::town::{day, grant, packs, session, text, town};

async fn one_column(session: &Session, sql: &str) -> Vec<String> {
    let rows = session.query(sql).await.expect("rows");
    rows.rows.iter().map(|row| row[0].to_string()).collect()
}

async fn code(session: &Session, sql: &str) -> &'static str {
    use mingcha_domain::Speaks;
    session.query(sql).await.expect_err("refused").trouble().code
}

#[tokio::test]
async fn tables_are_named_by_the_house_rules() {
    let packs = town();
    let session = session(&packs, vec![grant(2, "甲", "2023-01-05", 800)], Limits::CASE).await;
    assert_eq!(one_column(&session, "SELECT _ref FROM grant").await, [(16_777_216 + 2).to_string()]);
    assert_eq!(one_column(&session, "SELECT count(*) FROM training.grant").await, ["1"]);
    assert_eq!(one_column(&session, "SELECT count(*) FROM common.civil_servant").await, ["0"]);
    assert_eq!(one_column(&session, "SELECT problem_id FROM ops.problem").await, ["P1"]);
    assert_eq!(one_column(&session, "SELECT count(*) FROM def.indicator").await, ["0"]);
    assert_eq!(one_column(&session, "SELECT $as_of").await, ["2023-12-29"]);
    assert_eq!(one_column(&session, "SELECT $action").await, ["2023"]);
}

#[tokio::test]
async fn money_days_and_texts_keep_their_types() {
    let packs = town();
    let session = session(&packs, vec![grant(2, "甲", "2023-01-05", 800)], Limits::CASE).await;
    let rows =
        session.query("SELECT resident_id, granted_on, amount, sum(amount) OVER () FROM grant").await.expect("rows");
    let money = Value::Decimal(rust_decimal::Decimal::new(80_000, 2));
    assert_eq!(rows.rows, [[text("甲"), Value::Day(day("2023-01-05")), money.clone(), money]]);
}

#[tokio::test]
async fn a_parameter_with_several_rows_is_a_table_and_no_scalar() {
    let packs = town();
    let session = session(&packs, vec![grant(2, "甲", "2023-01-05", 800)], Limits::CASE).await;
    let one = packs.model("training.more_than_three").expect("the model").params.clone();
    let ask = |params, sql| Ask { sql, params, ..Ask::default() };
    let rows = session.ask(&ask(&one, "SELECT $limit, p.value, p.source FROM param.limit p")).await.expect("rows");
    assert_eq!(rows.rows, [[Value::Int(3), Value::Int(3), text("办法第二条")]]);

    let mut two = one.clone();
    two.push(one[0].clone());
    two[0].valid_to = Some(day("2022-12-31"));
    two[1].valid_from = Some(day("2023-01-01"));
    two[1].value = Value::Int(5);
    let joined = "SELECT p.value FROM grant g JOIN param.limit p ON g.granted_on >= coalesce(p.valid_from, DATE '0001-01-01') \
                  AND g.granted_on <= coalesce(p.valid_to, DATE '9999-12-31')";
    assert_eq!(session.ask(&ask(&two, joined)).await.expect("rows").rows, [[Value::Int(5)]]);
    let refused = session.ask(&ask(&two, "SELECT $limit FROM grant")).await.expect_err("refused");
    assert!(
        matches!(&refused, EngineError::Sql(SqlFault { wrong: crate::Wrong::ParameterIsTable { rows: 2, .. }, .. })),
        "{refused}"
    );
}

#[tokio::test]
async fn only_the_touched_partitions_are_seen_and_null_is_one() {
    let packs = town();
    let rows = vec![
        grant(1, "甲", "2023-01-05", 1),
        grant(2, "乙", "2023-01-05", 1),
        grant(3, "", "2023-01-05", 1),
        grant(4, "丙", "2022-01-05", 1),
    ];
    let seen = async |by: &str, values: BTreeSet<Value>| {
        let session = Session::new(SessionPlan {
            packs: &packs,
            source: Source::Tables(vec![MemLedger { name: "training.grant".into(), rows: rows.clone() }]),
            as_of: day("2023-12-29"),
            action: "2023",
            ops: Vec::new(),
            only: Some(Partitions { by: [("training.grant".to_owned(), by.to_owned())].into(), values }),
            home: "training",
            limits: Limits::CASE,
        })
        .await
        .expect("a session");
        one_column(&session, "SELECT grant_no FROM grant ORDER BY 1").await
    };
    let many = (0..2000).map(|i| text(&format!("x{i}")));
    assert_eq!(seen("resident_id", [text("甲")].into()).await, ["B1"]);
    assert_eq!(seen("resident_id", [text("甲"), Value::Null].into()).await, ["B1", "B3"]);
    assert_eq!(seen("resident_id", many.clone().chain([text("甲")]).collect()).await, ["B1"]);
    assert_eq!(seen("resident_id", many.chain([text("甲"), Value::Null]).collect()).await, ["B1", "B3"]);
    assert_eq!(seen("date_part('year', granted_on)", [Value::Int(2022)].into()).await, ["B4"]);
    assert_eq!(seen("resident_id", BTreeSet::new()).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_ledger_of_a_pack_that_is_not_named_in_depends_is_unknown() {
    let mut packs = packs(&[]);
    packs.packs.iter_mut().for_each(|pack| pack.depends.clear());
    let session = session(&packs, Vec::new(), Limits::CASE).await;
    assert_eq!(code(&session, "SELECT 1 FROM common.civil_servant").await, "MC-ENGINE-003");
}

#[tokio::test]
async fn a_wrong_column_is_told_with_its_place_and_the_nearest_name() {
    let packs = town();
    let session = session(&packs, Vec::new(), Limits::CASE).await;
    let sql = "SELECT g.grant_no,\n  g.amuont FROM grant g";
    let Err(EngineError::Sql(fault)) = session.query(sql).await else { panic!("refused") };
    assert_eq!(fault.wrong, crate::Wrong::UnknownColumn { name: "g.amuont".into(), near: "amount".into() });
    assert_eq!(&sql[fault.at.expect("a place").span()], "g.amuont");
}

#[tokio::test]
async fn an_exploding_query_meets_its_limits() {
    let packs = town();
    let many: Vec<LakeRow> = (1..3000).map(|i| grant(i, "甲", "2023-01-05", i)).collect();
    let rows = session(&packs, many.clone(), Limits { seconds: 20, memory_bytes: 64 << 20, rows: 1000 }).await;
    assert_eq!(code(&rows, "SELECT grant_no FROM grant").await, "MC-ENGINE-022");
    let time = session(&packs, many.clone(), Limits { seconds: 1, memory_bytes: 64 << 20, rows: 1000 }).await;
    let cubed = "SELECT count(*) FROM grant a, grant b, grant c WHERE a.amount + b.amount > c.amount * 2";
    assert_eq!(code(&time, cubed).await, "MC-ENGINE-020");
    let memory = session(&packs, many, Limits { seconds: 20, memory_bytes: 10_000, rows: 1000 }).await;
    let large = "SELECT count(*) FROM grant a JOIN grant b ON a.grant_no = b.grant_no";
    assert_eq!(code(&memory, large).await, "MC-ENGINE-021");
}

#[tokio::test]
async fn what_fails_on_the_rows_says_so() {
    let packs = town();
    let session = session(&packs, vec![grant(1, "甲", "2023-01-05", 1)], Limits::CASE).await;
    assert_eq!(code(&session, "SELECT 1 / CAST(amount - amount AS BIGINT) FROM grant").await, "MC-ENGINE-023");
    assert_eq!(code(&session, "SELECT CAST(grant_no AS BIGINT) FROM grant").await, "MC-ENGINE-023");
    // A value that no column of ours can hold is the page's trouble too: the lake is not broken, other models run on.
    for sql in
        ["SELECT CAST(0 AS DOUBLE) / CAST(0 AS DOUBLE) FROM grant", "SELECT CAST(granted_on AS TIMESTAMP) FROM grant"]
    {
        let refused = session.query(sql).await.expect_err("refused");
        assert!(matches!(refused, EngineError::Failed { .. }), "{sql}: {refused:?}");
    }
}

#[tokio::test]
async fn a_demo_plan_has_series_seed_and_fakes() {
    let packs = town();
    let session = session(&packs, Vec::new(), Limits::CASE).await;
    let sql = "SELECT 'B' || n.value AS grant_no, fake_resident_id($seed, n.value) AS resident_id, fake_name($seed, n.value) AS name, \
               pick(n.value, '甲|乙') AS kind, portion(1000.00, $rows, n.value) AS amount, \
               chosen(n.value, 2, $rows) AS hit, day_add(DATE '2023-01-31', n.value) AS day, fake_uscc('企业', n.value) AS org \
               FROM generate_series(1, $rows) n ORDER BY n.value";
    let ask =
        || Ask { sql, scalars: vec![("rows", Value::Int(3)), ("seed", Value::Int(7))], series: true, ..Ask::default() };
    let rows = session.ask(&ask()).await.expect("rows");
    assert_eq!(rows, session.ask(&ask()).await.expect("the same rows"));
    assert_eq!(rows.rows.len(), 3);
    let column = |name: &str| {
        let place = rows.position(name).expect("the column");
        rows.rows.iter().map(|row| row[place].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(column("grant_no"), ["B1", "B2", "B3"]);
    assert_eq!(column("kind"), ["乙", "甲", "乙"]);
    assert_eq!(column("amount"), ["333.33", "333.33", "333.34"]);
    assert_eq!(column("hit").iter().filter(|hit| *hit == "true").count(), 2);
    assert_eq!(column("day"), ["2023-02-01", "2023-02-02", "2023-02-03"]);
    column("resident_id").iter().for_each(|id| drop(mingcha_domain::ResidentId::parse(id).expect("right")));
    column("org").iter().for_each(|code| drop(mingcha_domain::Uscc::parse(code).expect("right")));
    // The functions read ledger columns too, which come as string views.
    let ledger = crate::town::session(&packs, vec![grant(1, "甲", "2023-01-05", 1)], Limits::CASE).await;
    assert_eq!(one_column(&ledger, "SELECT pick(0, resident_id) FROM grant").await, ["甲"]);
}

#[tokio::test]
async fn the_packs_of_this_house_have_no_faults_and_their_cases_pass() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let loaded = PackSet::load(&folder);
    assert!(loaded.faults.is_empty(), "{:#?}", loaded.faults);
    for model in loaded.set.models() {
        for outcome in crate::cases::run(&loaded.set, model).await {
            assert!(outcome.passed(), "{} · {}: {:#?}", model.full_name(), outcome.title, outcome.result);
        }
        let proved = crate::locality::prove(&loaded.set, &[], model).await.expect("a proof");
        assert!(proved.is_some(), "{} is local", model.full_name());
    }
}
