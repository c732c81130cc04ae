//! Imports: what goes in, what comes back, the same request twice.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use mingcha_store::{Why, params};
use serde_json::{Value, json};

use super::{IMPORTS, SUBSIDY, subsidies};
use crate::house::House;

#[tokio::test]
async fn good_rows_go_in_and_bad_ones_come_back_with_their_place() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let sheet = subsidies(3).replace("2023-02-15", "不详");
    let answer = system.sends(sheet, &[]).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let told = answer.json();
    for (name, count) in [("accepted", 2), ("added", 2), ("rejected", 1), ("unchanged", 0), ("superseded", 0)] {
        assert_eq!(told[name], count, "{name} of {told:#}");
    }
    let reject = &told["rejects"][0];
    assert_eq!((reject["row"].as_i64(), reject["name"].as_str()), (Some(3), Some("granted_on")), "{told:#}");
    assert_eq!(reject["column"], "发放日期");
    assert!(reject["message"].as_str().is_some_and(|text| text.contains("第 3 行")), "{reject:#}");

    let shown = system.get(answer.header("location")).await.json();
    assert_eq!((shown["stage"].as_str(), shown["rows"].as_i64()), (Some("done"), Some(3)), "{shown:#}");
    assert_eq!(shown["result"], told);
    let marked = system.get(told["marked"].as_str().expect("an address")).await;
    assert_eq!(marked.status, StatusCode::OK);
    assert!(marked.header("content-type").contains("spreadsheetml") && marked.body.starts_with("PK"));

    let again = system.sends(subsidies(3), &[]).await.json();
    assert_eq!((again["added"].as_i64(), again["unchanged"].as_i64()), (Some(1), Some(2)), "{again:#}");
    assert_eq!(again["marked"], Value::Null);
    let clean =
        system.get(&format!("/api/v1/imports/{}/marked.xlsx", again["import"].as_str().expect("a number"))).await;
    clean.is_problem(StatusCode::NOT_FOUND, "MC-API-008");
}

#[tokio::test]
async fn a_file_may_come_as_a_field_of_a_form_with_its_name() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\台账\\\\十一月.csv\"\r\n\r\n{}\r\n--edge--\r\n",
        subsidies(2)
    );
    let request = system.request(Method::POST, IMPORTS).header(CONTENT_TYPE, "multipart/form-data; boundary=edge");
    let answer = house.send(request.body(Body::from(body)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(system.get("/api/v1/batches").await.json()["batches"][0]["file"], "十一月.csv");
    let named = system.request(Method::POST, &format!("{IMPORTS}?file_name=%E5%8D%81%E4%BA%8C%E6%9C%88.csv"));
    let named = named.header(CONTENT_TYPE, "text/csv").body(Body::from(subsidies(4))).expect("a request");
    assert_eq!(house.send(named).await.status, StatusCode::CREATED);
    assert_eq!(system.get("/api/v1/batches").await.json()["batches"][0]["file"], "十二月.csv");
    for empty in ["--edge--\r\n", "--edge\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--edge--\r\n"] {
        let request = system.request(Method::POST, IMPORTS).header(CONTENT_TYPE, "multipart/form-data; boundary=edge");
        let answer = house.send(request.body(Body::from(empty)).expect("a request")).await;
        answer.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-API-006");
    }
}

#[tokio::test]
async fn the_same_request_twice_is_one_import_with_one_answer() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let key = [("idempotency-key", "2023-11")];
    let first = system.sends(subsidies(3), &key).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!(first.header("idempotent-replayed"), "");
    let second = system.sends(subsidies(3), &[("idempotency-key", "\"2023-11\"")]).await;
    assert_eq!(
        (second.status, second.json()),
        (first.status, first.json()),
        "the quotes of the draft are no part of it"
    );
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(second.header("location"), first.header("location"));
    let other = system.sends(subsidies(4), &key).await;
    other.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-API-010");
    assert_eq!(system.get("/api/v1/batches").await.json()["batches"].as_array().map(Vec::len), Some(1));

    let nothing_new = system.sends(subsidies(3), &[("idempotency-key", "again")]).await;
    assert_eq!(nothing_new.status, StatusCode::OK, "without its key it is another request, and changes nothing");
    assert_eq!(nothing_new.json()["batch"], Value::Null);
    house.town.clock.pass_hours(7 * 24);
    assert_eq!(system.sends(subsidies(3), &key).await.json(), first.json(), "a key is kept for seven days");
}

#[tokio::test]
async fn what_failed_fails_the_same_under_its_key_and_says_where() {
    let house = House::new().await;
    let mut system = house.system("hrss").await;
    let key = [("idempotency-key", "broken")];
    let sheet = subsidies(2).replace("补贴编号,", "编码,");
    let first = system.sends(sheet.clone(), &key).await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", first.body);
    let zh = first.is_problem(StatusCode::UNPROCESSABLE_ENTITY, first.json()["code"].as_str().expect("a code"));
    assert!(zh["detail"].as_str().is_some_and(|text| text.contains("补贴编号")), "{zh:#}");
    system.lang = "en";
    let second = system.sends(sheet, &key).await;
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!((second.json()["code"].clone(), second.status), (zh["code"].clone(), first.status));
    assert_ne!(second.json()["remedy"], zh["remedy"], "told in the language of the call");
    let shown = system.get(first.header("location")).await.json();
    assert_eq!((shown["stage"].as_str(), &shown["problem"]["code"]), (Some("failed"), &zh["code"]));
}

#[tokio::test]
async fn a_key_whose_import_is_under_way_waits_and_one_that_was_interrupted_goes_again() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let key = [("idempotency-key", "k1")];
    let first = system.sends(subsidies(2), &key).await.json();
    // As a server leaves it that ended in the middle.
    let mut tx = house.town.store().begin_unaudited().await.expect("a transaction");
    tx.run_unaudited("UPDATE import_request SET state = 'running', outcome = NULL, upload = NULL", params![], Why::Job)
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    let busy = system.sends(subsidies(2), &key).await;
    let busy = busy.is_problem(StatusCode::CONFLICT, "MC-API-011");
    assert!(busy["remedy"].as_str().is_some_and(|text| text.contains(first["import"].as_str().expect("a number"))));

    assert_eq!(house.platform.resolve_imports().await.expect("resolved"), 1);
    let shown = system.get(&format!("/api/v1/imports/{}", first["import"].as_str().expect("a number"))).await.json();
    assert_eq!((shown["stage"].as_str(), shown["problem"]["code"].as_str()), (Some("failed"), Some("MC-API-012")));
    let again = system.sends(subsidies(2), &key).await;
    assert_eq!((again.status, again.json()["unchanged"].as_i64()), (StatusCode::OK, Some(2)), "{}", again.body);
    assert_eq!(again.json()["import"], first["import"]);
}

#[tokio::test]
async fn who_does_not_wait_is_told_where_to_ask() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    let answer = system.sends(subsidies(12), &[("prefer", "respond-async")]).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    assert_eq!(answer.header("preference-applied"), "respond-async");
    assert_eq!(answer.json()["ledger"], SUBSIDY);
    let at = answer.header("location").to_owned();
    let mut shown = system.get(&at).await.json();
    while shown["stage"] != "done" {
        assert_ne!(shown["stage"], "failed", "{shown:#}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        shown = system.get(&at).await.json();
    }
    assert_eq!(shown["result"]["added"], 12, "{shown:#}");
}

#[tokio::test]
async fn a_file_that_is_too_large_or_none_is_refused_before_anything_is_kept() {
    let config = mingcha_web::WebConfig { sheet_bytes_max: 1024 * 1024, ..Default::default() };
    let house = House::with(config).await;
    let system = house.system("hrss").await;
    let large = system.sends("x".repeat(1024 * 1024 + 1), &[]).await;
    large.is_problem(StatusCode::PAYLOAD_TOO_LARGE, "MC-WEB-005");
    let pieces = futures::stream::iter((0..40).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 64 * 1024])));
    let streamed = system.sends(Body::from_stream(pieces), &[]).await;
    streamed.is_problem(StatusCode::PAYLOAD_TOO_LARGE, "MC-WEB-005");
    let broken = futures::stream::iter([Ok(b"x".to_vec()), Err(std::io::Error::other("the line broke"))]);
    let broken = system.sends(Body::from_stream(broken), &[]).await;
    broken.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-API-005");
    system.sends("", &[]).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-API-006");
    for key in ["", "汉字", &"k".repeat(201)] {
        let answer = system.sends(subsidies(1), &[("idempotency-key", key)]).await;
        answer.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "MC-API-007");
    }
    let form = system.request(Method::POST, IMPORTS).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let form = house.send(form.body(Body::from("a=b")).expect("a request")).await;
    form.is_problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "MC-API-003");
    let left = std::fs::read_dir(house.town.path("incoming")).map(|entries| entries.count()).unwrap_or(0);
    assert_eq!(left, 0, "half a file helps nobody");
    assert_eq!(system.get("/api/v1/batches").await.json(), json!({ "batches": [], "next": null }));
}
