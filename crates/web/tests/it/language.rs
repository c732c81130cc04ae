//! Both languages, by address, cookie and browser; the demo's banner; a first view of the public side.

use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, HOST};
use axum::http::{Request, StatusCode};

use crate::house::House;

#[tokio::test]
async fn a_language_that_was_chosen_is_kept() {
    let house = House::new().await;
    let mut visitor = house.stranger();
    assert!(visitor.get("/models").await.body.contains("<html lang=\"zh-CN\">"));
    let english = visitor.get("/models?lang=en").await;
    assert!(english.body.contains("<html lang=\"en\">") && english.body.contains("Open models"), "{}", english.words());
    assert!(visitor.get("/models").await.body.contains("<html lang=\"en\">"), "the choice was forgotten");
    let request =
        Request::builder().uri("/models").header(HOST, "x").header(ACCEPT_LANGUAGE, "fr,en;q=0.8").body(Body::empty());
    assert!(house.send(request.expect("a request")).await.body.contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn the_demo_says_which_day_it_is_on_every_side() {
    let house = House::new().await;
    let mut supervisor = house.sign_in("zheng.lan").await;
    for path in ["/", "/office", "/office/findings", "/office/models"] {
        assert!(supervisor.get(path).await.body.contains("2023-12-29"), "{path}");
    }
}

#[tokio::test]
async fn before_anything_happened_each_page_says_what_will_stand_there() {
    let house = House::new().await;
    let mut supervisor = house.sign_in("zheng.lan").await;
    for path in [
        "/",
        "/bulletins",
        "/models",
        "/office",
        "/office/findings",
        "/office/problems",
        "/office/inspections",
        "/office/ledgers",
        "/office/ledgers/vocational_training.certificate",
        "/office/models",
        "/office/models/vocational_training.more_than_three_a_year",
        "/office/results",
        "/office/results/bulletin",
        "/office/settings/audit",
    ] {
        let answer = supervisor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.words());
        assert!(!answer.body.contains("web-"), "{path} shows a key instead of words: {}", keys(&answer.body));
    }
}

/// Keys that were shown instead of words.
fn keys(body: &str) -> String {
    body.match_indices("web-")
        .map(|(at, _)| body[at..].chars().take(40).collect::<String>())
        .collect::<Vec<_>>()
        .join(" | ")
}
