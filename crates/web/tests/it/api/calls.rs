//! Ledgers, rows, batches; and calls that are not as described.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{SUBSIDY, subsidies};
use crate::house::House;

#[tokio::test]
async fn the_ledgers_of_ones_unit_are_listed_with_their_columns() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let all = system.get("/api/v1/ledgers").await.json();
    let ledgers = all["ledgers"].as_array().expect("a list");
    let subsidy = ledgers.iter().find(|ledger| ledger["ledger"] == SUBSIDY).expect("subsidies");
    let column = &subsidy["columns"][0];
    assert_eq!((column["name"].as_str(), column["key"].as_bool()), (Some("grant_no"), Some(true)), "{subsidy:#}");
    assert!(ledgers.iter().all(|ledger| ledger["ledger"].as_str().is_some_and(|name| name.starts_with("vocational"))));
}

#[tokio::test]
async fn rows_are_read_page_by_page_at_one_version_with_persons_hidden() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    assert_eq!(system.sends(subsidies(5), &[]).await.status, StatusCode::CREATED);
    let rows = format!("/api/v1/ledgers/{SUBSIDY}/rows");
    let first = system.get(&format!("{rows}?limit=2")).await.json();
    assert_eq!(first["rows"].as_array().map(Vec::len), Some(2), "{first:#}");
    assert_eq!(first["rows"][0]["resident_id"], "330902********1238", "{first:#}");
    let (version, mut next) = (first["version"].clone(), first["next"].as_str().map(str::to_owned));
    // What comes meanwhile is not mixed in.
    assert_eq!(system.sends(subsidies(5).replace("800", "900"), &[]).await.status, StatusCode::CREATED);
    let mut read: Vec<String> = numbers(&first);
    while let Some(cursor) = next {
        let page = system.get(&format!("{rows}?limit=2&cursor={cursor}")).await.json();
        assert_eq!(page["version"], version);
        read.extend(numbers(&page));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(read, ["BT0001", "BT0002", "BT0003", "BT0004", "BT0005"]);
    let amount = |page: &serde_json::Value| page["rows"][0]["amount"].clone();
    assert_eq!(amount(&system.get(&rows).await.json()), "900.00");
    assert_eq!(amount(&system.get(&format!("{rows}?as_of={version}")).await.json()), "800.00");
    let never = system.get(&format!("{rows}?as_of=9999")).await;
    never.is_problem(StatusCode::NOT_FOUND, "MC-LEDGER-008");
    let mixed = system.get(&format!("{rows}?as_of=0&cursor=v{version}r1")).await;
    mixed.is_problem(StatusCode::CONFLICT, "MC-API-009");
}

fn numbers(page: &serde_json::Value) -> Vec<String> {
    let rows = page["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["grant_no"].as_str().expect("a number").to_owned()).collect()
}

#[tokio::test]
async fn batches_are_listed_page_by_page_and_withdrawn_with_a_reason() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    for count in 1..=3 {
        assert_eq!(system.sends(subsidies(count), &[]).await.status, StatusCode::CREATED);
    }
    let first = system.get("/api/v1/batches?limit=2").await.json();
    let second =
        system.get(&format!("/api/v1/batches?limit=2&cursor={}", first["next"].as_str().expect("more"))).await.json();
    let of = |page: &serde_json::Value| -> Vec<i64> {
        page["batches"].as_array().expect("batches").iter().filter_map(|batch| batch["batch"].as_i64()).collect()
    };
    assert_eq!((of(&first), of(&second), &second["next"]), (vec![3, 2], vec![1], &serde_json::Value::Null));

    let no_reason = system.posts("/api/v1/batches/3/withdrawal", &json!({ "why": " " })).await;
    no_reason.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-LEDGER-006");
    let gone = system.posts("/api/v1/batches/3/withdrawal", &json!({ "why": "发错了表" })).await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    assert_eq!((gone.json()["removed"].as_i64(), gone.json()["restored"].as_i64()), (Some(1), Some(0)));
    let twice = system.posts("/api/v1/batches/3/withdrawal", &json!({ "why": "再撤" })).await;
    twice.is_problem(StatusCode::CONFLICT, "MC-LEDGER-005");
    assert_eq!(system.get("/api/v1/batches?limit=1").await.json()["batches"][0]["state"], "withdrawn");
    system
        .posts("/api/v1/batches/99/withdrawal", &json!({ "why": "x" }))
        .await
        .is_problem(StatusCode::NOT_FOUND, "MC-LEDGER-004");
}

#[tokio::test]
async fn a_call_that_is_not_as_described_hears_what_is_wrong_with_it() {
    let house = House::new().await;
    let mut system = house.system("hrss").await;
    let cases = [
        ("/api/v1/ledgers?x=1", StatusCode::UNPROCESSABLE_ENTITY, "MC-API-004"),
        ("/api/v1/batches?limit=0", StatusCode::UNPROCESSABLE_ENTITY, "MC-API-004"),
        ("/api/v1/batches?limit=201", StatusCode::UNPROCESSABLE_ENTITY, "MC-API-004"),
        ("/api/v1/batches?cursor=x", StatusCode::UNPROCESSABLE_ENTITY, "MC-API-004"),
        ("/api/v1/batches?ledger=nothing.here", StatusCode::NOT_FOUND, "MC-LEDGER-001"),
        ("/api/v1/ledgers/nothing.here/rows", StatusCode::NOT_FOUND, "MC-API-002"),
        ("/api/v1/imports/7", StatusCode::NOT_FOUND, "MC-API-013"),
        ("/api/v1/imports/5f0c4b1e-3d1c-4b7e-9a51-0d7a3c1b2e4f", StatusCode::NOT_FOUND, "MC-API-013"),
        ("/api/v2", StatusCode::NOT_FOUND, "MC-API-002"),
    ];
    for (path, status, code) in cases {
        if path != "/api/v2" {
            system.get(path).await.is_problem(status, code);
        }
    }
    let wrong = system.request(Method::DELETE, "/api/v1/ledgers").body(Body::empty()).expect("a request");
    let wrong = house.send(wrong).await;
    wrong.is_problem(StatusCode::METHOD_NOT_ALLOWED, "MC-API-001");
    assert!(wrong.header("allow").contains("GET"), "{:?}", wrong.headers);
    let order = "/api/v1/batches/1/withdrawal";
    for body in [json!({}), json!({ "why": 3 }), json!({ "why": "x", "also": 1 }), json!([])] {
        system.posts(order, &body).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-API-005");
    }
    system
        .posts("/api/v1/batches/first/withdrawal", &json!({ "why": "x" }))
        .await
        .is_problem(StatusCode::NOT_FOUND, "MC-API-002");
    system.lang = "en-GB,en;q=0.9";
    let english = system.get("/api/v1/imports/7").await.is_problem(StatusCode::NOT_FOUND, "MC-API-013");
    assert!(english["detail"].as_str().is_some_and(|text| text.contains("There is no import")), "{english:#}");
}
