//! Every route that exists, tried by those who may not: nobody, a stranger with a forged token, somebody whose session
//! has ended, and every role that the route is not for.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION};
use axum::http::{Method, Request, StatusCode};
use mingcha_access::Role;
use mingcha_access::policy::{Reach, reach};
use mingcha_web::{Gate, Route, routes};

use crate::house::House;

/// The pages that everybody may see. This list may only shrink without thought; a new line in it is a decision.
const PUBLIC: &str = include_str!("public_routes.txt");

pub fn address(route: &Route) -> String {
    let filled = route
        .path
        .replace("{id}", "5f0c4b1e-3d1c-4b7e-9a51-0d7a3c1b2e4f")
        .replace("{sm3}", "00")
        .replace("{no}", "1")
        .replace("{row}", "2")
        .replace("{pack}", "vocational_training")
        .replace("{key}", "persons_involved")
        .replace("{ledger}", "vocational_training.training_subsidy")
        .replace("{import}", "5f0c4b1e-3d1c-4b7e-9a51-0d7a3c1b2e4f")
        .replace("{batch}", "1");
    let name = if route.path.contains("ledger") {
        "vocational_training.training_subsidy"
    } else {
        "vocational_training.more_than_three_a_year"
    };
    filled.replace("{name}", name)
}

fn knock(route: &Route, cookie: Option<&str>) -> Request<Body> {
    let mut request = Request::builder().method(route.method.clone()).uri(address(route)).header(HOST, "mingcha.test");
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    if route.method == Method::POST {
        request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    request.body(Body::empty()).expect("a request")
}

#[test]
fn the_walk_sees_every_kind_of_route() {
    let all = routes();
    assert!(all.len() > 40, "the list has only {} routes", all.len());
    for gate in [Gate::Public, Gate::SignedIn] {
        assert!(all.iter().any(|route| route.gate == gate), "no route has {gate:?}");
    }
    assert!(all.iter().any(|route| route.path == "/office/findings/{id}/dispatch"));
    assert!(
        all.iter().all(|route| !address(route).contains('{')),
        "an address has a place that the walk does not fill"
    );
}

#[test]
fn what_everybody_may_see_is_a_committed_list() {
    let public: Vec<String> = routes()
        .iter()
        .filter(|route| route.gate == Gate::Public)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let agreed: Vec<&str> = PUBLIC.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(public, agreed, "the public routes are not those agreed in tests/it/public_routes.txt");
}

#[test]
fn no_public_route_changes_anything_but_the_door() {
    for route in routes().iter().filter(|route| route.gate == Gate::Public && route.method != Method::GET) {
        assert_eq!(route.path, "/sign-in", "{} {} changes something and is public", route.method, route.path);
    }
}

#[tokio::test]
async fn nobody_and_strangers_come_no_further_than_the_door() {
    let house = House::new().await;
    let mut expired = house.sign_in("zheng.lan").await;
    let token = expired.cookies.iter().find(|(name, _)| name == "mingcha").expect("a session").1.clone();
    house.town.clock.pass_hours(13);
    expired.get("/models").await;
    let forged = "ab".repeat(32);
    let cookies =
        [None, Some(format!("mingcha={forged}")), Some(format!("mingcha={token}")), Some("mingcha=short".into())];
    let pages = |route: &&Route| !matches!(route.gate, Gate::Public | Gate::Token(_));
    for route in routes().iter().filter(pages) {
        for cookie in &cookies {
            let answer = house.send(knock(route, cookie.as_deref())).await;
            let place = format!("{} {} with {cookie:?}", route.method, route.path);
            if route.method == Method::GET {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{place}");
                let to = answer.headers.get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
                assert!(to.starts_with("/sign-in?next="), "{place} leads to {to}");
            } else {
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{place}");
            }
            assert!(!answer.body.contains("name=\"csrf\" value=\"") || answer.body.contains("/sign-in"), "{place}");
        }
    }
}

#[tokio::test]
async fn a_role_finds_no_page_that_is_never_its() {
    let house = House::new().await;
    let logins = [
        ("zheng.lan", Role::Supervisor),
        ("wang.fang", Role::Clerk),
        ("zhou.kai", Role::Inspector),
        ("wu.min", Role::Auditor),
        ("xu.lei", Role::Operator),
    ];
    let mut refused = 0;
    for (login, role) in logins {
        let visitor = house.sign_in(login).await;
        let cookies: Vec<String> = visitor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        for route in routes() {
            let Gate::Action(actions) = route.gate else { continue };
            if actions.iter().any(|action| reach(role, *action) != Reach::Never) {
                continue;
            }
            let answer = house.send(knock(route, Some(&cookies.join("; ")))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} at {} {}", route.method, route.path);
            assert!(answer.body.contains("MC-WEB-002"), "{role} at {} {}", route.method, route.path);
            refused += 1;
        }
    }
    assert!(refused > 60, "only {refused} refusals: does the walk still see the roles?");
}

#[tokio::test]
async fn what_is_not_there_and_what_one_may_not_know_of_look_the_same() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    for path in [
        "/office/findings/5f0c4b1e-3d1c-4b7e-9a51-0d7a3c1b2e4f",
        "/office/findings/x",
        "/office/batches/99",
        "/office/nothing",
        "/nothing",
    ] {
        let answer = clerk.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.words());
        assert!(answer.body.contains("/office\""), "{path} offers no way on");
    }
}
