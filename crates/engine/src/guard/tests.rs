use super::*;

fn known() -> Known {
    let tables = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    Known {
        tables: [
            ("training".to_owned(), tables(&["certificate", "subsidy"])),
            ("common".to_owned(), tables(&["civil_servant"])),
            ("param".to_owned(), tables(&["limit"])),
        ]
        .into(),
        home: "training".to_owned(),
        functions: tables(&["count", "sum", "evidence", "date_part", "lower", "lpad", "repeat", "range"]),
        series: false,
    }
}

fn scalars() -> Scalars {
    let mut scalars = Scalars::of("2023-12-29".parse().expect("a day"), "2023", &[]);
    scalars.add("limit", Value::Int(3));
    scalars
}

fn check(sql: &str) -> Vec<String> {
    match pass(sql, &known(), &scalars()) {
        Ok(statement) => vec![statement.to_string()],
        Err(faults) => faults
            .iter()
            .map(|fault| {
                let trouble = fault.trouble();
                let marked = fault.at.as_ref().map_or("", |at| &sql[at.span()]);
                format!("{} [{marked}]", trouble.code)
            })
            .collect(),
    }
}

#[test]
fn a_reading_query_passes_and_its_parameters_are_literals() {
    let sql = "WITH few AS (SELECT no FROM certificate) SELECT count(*) FROM few, common.civil_servant c \
               WHERE c.day <= $as_of AND c.year = $action HAVING count(*) > $limit";
    let passed = check(sql);
    assert_eq!(passed.len(), 1, "{passed:?}");
    assert!(passed[0].contains("c.day <= DATE '2023-12-29' AND c.year = '2023'"), "{passed:?}");
    assert!(passed[0].ends_with("> 3"), "{passed:?}");
}

#[test]
fn the_clock_is_refused_and_the_message_is_about_the_clock() {
    for name in ["now()", "current_date", "CURRENT_TIMESTAMP", "today()", "Now()"] {
        let faults = check(&format!("SELECT no FROM certificate WHERE day < {name}"));
        assert_eq!(faults.len(), 1, "{name}: {faults:?}");
        assert!(faults[0].starts_with("MC-ENGINE-004 ["), "{name}: {faults:?}");
    }
}

#[test]
fn chance_files_and_series_are_refused() {
    assert_eq!(check("SELECT random() FROM certificate"), ["MC-ENGINE-005 [random]"]);
    assert_eq!(check("SELECT uuid() FROM certificate"), ["MC-ENGINE-005 [uuid]"]);
    assert_eq!(check("SELECT 1 FROM read_parquet('/etc/passwd')"), ["MC-ENGINE-006 [read_parquet]"]);
    assert_eq!(check("SELECT 1 FROM '/etc/passwd'"), ["MC-ENGINE-003 ['/etc/passwd']"]);
    assert_eq!(check("SELECT 1 FROM generate_series(1, 9)"), ["MC-ENGINE-006 [generate_series]"]);
    assert!(check("SELECT 1 FROM UNNEST([1, 2])")[0].starts_with("MC-ENGINE-006"));
    assert_eq!(check("SELECT read_text('/etc/passwd') FROM certificate"), ["MC-ENGINE-006 [read_text]"]);
}

#[test]
fn whatever_writes_is_refused_also_inside() {
    for sql in [
        "DELETE FROM certificate",
        "INSERT INTO certificate VALUES (1)",
        "COPY certificate TO 'x.csv'",
        "CREATE TABLE t AS SELECT 1",
        "DROP TABLE certificate",
        "SET datafusion.execution.batch_size = 1",
        "EXPLAIN SELECT 1 FROM certificate",
        "SELECT no INTO other FROM certificate",
        "WITH gone AS (DELETE FROM certificate RETURNING no) SELECT no FROM gone",
        "SELECT no FROM certificate FOR UPDATE",
        "SELECT no FROM certificate; SELECT no FROM certificate",
        "",
        "-- nothing",
    ] {
        let faults = check(sql);
        assert!(
            faults.iter().any(|fault| fault.starts_with("MC-ENGINE-002") || fault.starts_with("MC-ENGINE-001")),
            "{sql}: {faults:?}"
        );
    }
}

#[test]
fn recursion_and_deep_nesting_are_refused() {
    let endless = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    assert_eq!(check(endless), ["MC-ENGINE-012 [WITH]"]);
    let deep = format!("SELECT {}1{} FROM certificate", "(".repeat(500), ")".repeat(500));
    assert!(check(&deep)[0].starts_with("MC-ENGINE-001"));
    let long = format!("SELECT '{}' FROM certificate", "x".repeat(SQL_BYTES_MAX));
    assert!(check(&long)[0].starts_with("MC-ENGINE-013"));
}

#[test]
fn every_fault_is_told_at_once_with_its_place_and_the_nearest_name() {
    let sql = "SELECT lowr(no), $limt\nFROM certificat\nWHERE day < now()";
    assert_eq!(
        check(sql),
        ["MC-ENGINE-008 [lowr]", "MC-ENGINE-009 [$limt]", "MC-ENGINE-003 [certificat]", "MC-ENGINE-004 [now]"]
    );
    let faults = pass(sql, &known(), &scalars()).expect_err("faults");
    let near =
        |fault: &SqlFault| fault.trouble().facts.iter().find(|(name, _)| *name == "near").map(|(_, near)| near.clone());
    assert_eq!(faults.iter().filter_map(near).collect::<Vec<_>>(), ["lower", "$limit", "certificate"]);
}

#[test]
fn a_table_of_another_catalog_is_unknown() {
    assert!(check("SELECT 1 FROM information_schema.tables")[0].starts_with("MC-ENGINE-003"));
    assert!(check("SELECT 1 FROM x.training.certificate")[0].starts_with("MC-ENGINE-003"));
}

#[test]
fn what_a_text_uses_is_read_from_its_tree_and_not_from_its_comments() {
    assert!(uses_as_of("SELECT 1 FROM t WHERE a < $as_of"));
    assert!(!uses_as_of("SELECT 1 FROM t -- $as_of"));
    assert!(!uses_as_of("SELECT '$as_of' FROM t"));
    let names = tables("WITH x AS (SELECT * FROM common.Civil) SELECT * FROM x, certificate");
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["certificate", "common.civil", "x"]);
    // A CTE called like a ledger reads that ledger: whoever asks what a text depends on must hear of it.
    let names = tables("WITH certificate AS (SELECT no FROM certificate WHERE level > 1) SELECT * FROM certificate");
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["certificate"]);
}

#[test]
fn values_of_any_length_are_refused_outside_a_demo_plan() {
    assert_eq!(check("SELECT range(1, 1000000000) FROM certificate"), ["MC-ENGINE-015 [range]"]);
    assert_eq!(check("SELECT repeat(no, 1000000000) FROM certificate"), ["MC-ENGINE-015 [repeat]"]);
    assert_eq!(check("SELECT lpad(no, 2000000000, 'x') FROM certificate"), ["MC-ENGINE-015 [lpad]"]);
    assert_eq!(check("SELECT lpad(no, width, 'x') FROM certificate"), ["MC-ENGINE-015 [lpad]"]);
    assert!(check("SELECT lpad(no, 8, '0') FROM certificate")[0].starts_with("SELECT"));
    let plan = Known { series: true, ..known() };
    assert!(
        pass("SELECT lpad(no, 8, '0'), n.value FROM certificate, generate_series(1, 9) n", &plan, &scalars()).is_ok()
    );
}
