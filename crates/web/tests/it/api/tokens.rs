//! Who comes in.

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, COOKIE, HOST};
use axum::http::{Method, Request, StatusCode};
use mingcha_access::tokens::{TokenScope, revoke};
use mingcha_store::audit::{EntryFilter, list};
use mingcha_web::{Gate, Route, routes};

use super::System;
use crate::gate::address;
use crate::house::House;

fn calls() -> impl Iterator<Item = (&'static Route, TokenScope)> {
    routes().iter().filter_map(|route| match route.gate {
        Gate::Token(scope) => Some((route, scope)),
        _ => None,
    })
}

fn call(route: &Route, headers: &[(axum::http::HeaderName, String)]) -> Request<Body> {
    let mut request = Request::builder().method(route.method.clone()).uri(address(route)).header(HOST, "mingcha.test");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request.body(Body::empty()).expect("a request")
}

#[tokio::test]
async fn without_a_good_token_no_call_comes_further() {
    let house = House::new().await;
    let (good, gone) = (house.token("hrss", &TokenScope::ALL).await, house.token("hrss", &TokenScope::ALL).await);
    let operator = house.town.operator().await;
    revoke(house.town.desk(&operator).await, gone.id, "换新").await.expect("revoked");
    let clerk = house.sign_in("wang.fang").await;
    let cookies: Vec<String> = clerk.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let wrong = [
        (vec![], "MC-ACCESS-040"),
        (vec![(COOKIE, cookies.join("; "))], "MC-ACCESS-040"),
        (vec![(AUTHORIZATION, "Bearer".to_owned())], "MC-ACCESS-040"),
        (vec![(AUTHORIZATION, format!("Basic {}", good.token))], "MC-ACCESS-040"),
        (vec![(AUTHORIZATION, format!("Bearer mct_{}", "0".repeat(64)))], "MC-ACCESS-040"),
        (vec![(AUTHORIZATION, format!("Bearer {}", gone.token))], "MC-ACCESS-042"),
    ];
    let mut seen = 0;
    for (route, _) in calls() {
        for (headers, code) in &wrong {
            let answer = house.send(call(route, headers)).await;
            answer.is_problem(StatusCode::UNAUTHORIZED, code);
            assert!(answer.header("www-authenticate").starts_with("Bearer"), "{}", route.path);
            seen += 1;
        }
    }
    assert!(seen >= 7 * 6, "the walk saw only {seen} calls");
    house.town.clock.pass_hours(31 * 24);
    for (route, _) in calls() {
        let answer = house.send(call(route, &[(AUTHORIZATION, format!("Bearer {}", good.token))])).await;
        answer.is_problem(StatusCode::UNAUTHORIZED, "MC-ACCESS-041");
    }
}

#[tokio::test]
async fn a_token_opens_the_calls_of_its_scope_and_no_others() {
    let house = House::new().await;
    for own in TokenScope::ALL {
        let token = house.token("hrss", &[own]).await.token;
        for (route, scope) in calls() {
            let answer = house.send(call(route, &[(AUTHORIZATION, format!("Bearer {token}"))])).await;
            if scope == own {
                assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.path);
                assert_ne!(answer.status, StatusCode::FORBIDDEN, "{} {}", route.method, route.path);
            } else {
                answer.is_problem(StatusCode::FORBIDDEN, "MC-ACCESS-043");
            }
        }
    }
}

#[tokio::test]
async fn a_token_opens_no_page() {
    let house = House::new().await;
    let token = house.token("hrss", &TokenScope::ALL).await.token;
    for route in routes().iter().filter(|route| matches!(route.gate, Gate::SignedIn | Gate::Action(_))) {
        let answer = house.send(call(route, &[(AUTHORIZATION, format!("Bearer {token}"))])).await;
        let door = [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED];
        assert!(door.contains(&answer.status), "{} {}: {}", route.method, route.path, answer.status);
    }
}

#[tokio::test]
async fn another_units_system_finds_nothing_here() {
    let house = House::new().await;
    let school = house.system("education").await;
    assert_eq!(school.get("/api/v1/ledgers").await.json()["ledgers"], serde_json::json!([]));
    for path in [
        "/api/v1/ledgers/vocational_training.training_subsidy/rows",
        "/api/v1/batches?ledger=vocational_training.training_subsidy",
    ] {
        assert_eq!(school.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = school.sends(super::subsidies(1), &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
}

#[tokio::test]
async fn who_guesses_is_not_heard_for_a_while_and_stands_on_record() {
    let house = House::new().await;
    let good = house.system("hrss").await;
    assert_eq!(good.get("/api/v1/ledgers").await.status, StatusCode::OK);
    let late = house.system("hrss").await;
    let guess = async |n: u32| {
        let token = format!("mct_{n:064x}");
        System { house: &house, token, lang: "zh-CN" }.get("/api/v1/ledgers").await
    };
    for n in 0..20 {
        guess(n).await.is_problem(StatusCode::UNAUTHORIZED, "MC-ACCESS-040");
    }
    let shut = guess(20).await;
    shut.is_problem(StatusCode::TOO_MANY_REQUESTS, "MC-ACCESS-044");
    assert!(shut.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 200), "{:?}", shut.headers);
    assert_eq!(good.get("/api/v1/ledgers").await.status, StatusCode::OK, "who was right before is heard");
    assert_eq!(late.get("/api/v1/ledgers").await.status, StatusCode::TOO_MANY_REQUESTS, "a right guess is not told");
    let mut tx = house.town.store().read().await.expect("a transaction");
    let filter = EntryFilter { subject: None, actor: None, before: None, limit: 5 };
    let trail = list(&mut tx, &filter).await.expect("the trail");
    assert_eq!(trail.iter().filter(|entry| entry.verb == "token.guessed").count(), 1);
    drop(tx);
    house.town.clock.pass_seconds(300);
    assert_eq!(late.get("/api/v1/ledgers").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_a_system_did_stands_under_its_name() {
    let house = House::new().await;
    let system = house.system("hrss").await;
    assert_eq!(system.sends(super::subsidies(2), &[]).await.status, StatusCode::CREATED);
    let mut tx = house.town.store().read().await.expect("a transaction");
    let filter = EntryFilter { subject: None, actor: Some("api:hrss业务系统".to_owned()), before: None, limit: 9 };
    let verbs: Vec<String> =
        list(&mut tx, &filter).await.expect("the trail").into_iter().map(|entry| entry.verb).collect();
    assert_eq!(verbs, ["ledger.commit", "ledger.stage"]);
    drop(tx);
    assert_eq!(system.get("/api/v1/batches").await.json()["batches"][0]["by"], "hrss业务系统");
    let request = system.request(Method::GET, "/api/v1/nothing").body(Body::empty()).expect("a request");
    house.send(request).await.is_problem(StatusCode::NOT_FOUND, "MC-API-002");
}
