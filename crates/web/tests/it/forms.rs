//! Forms: none works without its token or from another site; what was wrong is said where it was typed; headers.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST};
use axum::http::{Method, Request, StatusCode};
use mingcha_access::Role;
use mingcha_access::policy::{Reach, reach};
use mingcha_testkit::PASSWORD;
use mingcha_web::{Gate, WebConfig, routes};

use crate::house::House;

#[tokio::test]
async fn no_form_works_without_its_token_or_from_another_site() {
    let house = House::new().await;
    let mut tried = 0;
    for (login, role) in [("zheng.lan", Role::Supervisor), ("wang.fang", Role::Clerk), ("zhou.kai", Role::Inspector)] {
        let visitor = house.sign_in(login).await;
        let cookies: Vec<String> = visitor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let may = |gate: Gate| match gate {
            Gate::Action(actions) => actions.iter().any(|action| reach(role, *action) != Reach::Never),
            Gate::SignedIn => true,
            Gate::Public | Gate::Token(_) => false,
        };
        for route in routes().iter().filter(|route| route.method == Method::POST && may(route.gate)) {
            let path = route
                .path
                .replace("{id}", "5f0c4b1e-3d1c-4b7e-9a51-0d7a3c1b2e4f")
                .replace("{no}", "1")
                .replace("{name}", "vocational_training.certificate");
            let multipart = format!("{:?}", route.body) != "Form";
            let (kind, body) = if multipart {
                (
                    "multipart/form-data; boundary=edge",
                    "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nwrong\r\n--edge--\r\n",
                )
            } else {
                ("application/x-www-form-urlencoded", "csrf=wrong&why=x")
            };
            for foreign in [false, true] {
                let mut request = Request::builder()
                    .method(Method::POST)
                    .uri(&path)
                    .header(HOST, "mingcha.test")
                    .header(COOKIE, &cookies)
                    .header(CONTENT_TYPE, kind);
                if foreign {
                    request = request.header("sec-fetch-site", "cross-site");
                }
                let answer = house.send(request.body(Body::from(body)).expect("a request")).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} as {login}: {}", route.path, answer.words());
                let code = if foreign { "MC-WEB-003" } else { "MC-ACCESS-014" };
                assert!(answer.body.contains(code), "{} as {login}: {}", route.path, answer.words());
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "only {tried} forms were tried");
}

#[tokio::test]
async fn a_wrong_password_is_said_at_the_door_and_the_login_is_kept() {
    let house = House::new().await;
    let mut visitor = house.stranger();
    visitor.get("/sign-in?next=/office/findings").await;
    let answer =
        visitor.post("/sign-in", &[("login", "wang.fang"), ("password", "wrong"), ("next", "/office/findings")]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("value=\"wang.fang\"") && answer.body.contains("MC-ACCESS-012"), "{}", answer.words());
    assert!(!answer.body.contains("wrong\""), "a password was shown again");
    let answer =
        visitor.post("/sign-in", &[("login", "wang.fang"), ("password", PASSWORD), ("next", "/office/findings")]).await;
    assert_eq!(answer.leads_to(), "/office/findings");
}

#[tokio::test]
async fn the_session_is_out_of_reach_of_scripts_and_ends_with_signing_out() {
    let house = House::new().await;
    let mut visitor = house.stranger();
    visitor.get("/sign-in").await;
    let answer = visitor.post("/sign-in", &[("login", "zheng.lan"), ("password", PASSWORD)]).await;
    let cookie = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.starts_with("mingcha="))
        .expect("a session")
        .to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    let kept = visitor.cookies.clone();
    visitor.get("/office/findings").await;
    assert_eq!(visitor.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    visitor.cookies = kept;
    assert_eq!(
        visitor.get("/office/findings").await.status,
        StatusCode::SEE_OTHER,
        "the ended session still opens pages"
    );
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let house = House::new().await;
    let mut visitor = house.sign_in("zheng.lan").await;
    for path in ["/", "/models", "/nothing", "/office/findings", "/assets/mingcha.css", "/sign-in"] {
        let answer = visitor.get(path).await;
        let header =
            |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let policy = header("content-security-policy");
        assert!(
            policy.contains("script-src 'self'")
                && policy.contains("frame-ancestors 'none'")
                && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert!(header("x-request-id").len() == 8, "{path} has no number");
    }
    let office = visitor.get("/office/findings").await;
    assert_eq!(office.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_the_limit() {
    let house = House::with(WebConfig { sheet_bytes_max: 1024 * 1024, ..WebConfig::default() }).await;
    let mut clerk = house.sign_in("wang.fang").await;
    let sheet = vec![b'x'; 2 * 1024 * 1024];
    let answer = clerk.upload("/office/uploads", &[], Some(("file", "大表.csv", &sheet))).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.words().contains("超过 1 MB") && answer.body.contains("MC-WEB-005"), "{}", answer.words());
    let text = "字".repeat(600_000);
    let answer = clerk.post("/office/batches/1/withdraw", &[("why", &text)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.words().contains("超过 1 MB"), "{}", answer.words());
}

#[tokio::test]
async fn behind_tls_cookies_go_nowhere_else() {
    let house = House::with(WebConfig { secure_cookies: true, ..WebConfig::default() }).await;
    let mut visitor = house.stranger();
    visitor.get("/sign-in").await;
    let answer = visitor.post("/sign-in", &[("login", "zheng.lan"), ("password", PASSWORD)]).await;
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok()).collect();
    assert!(
        cookies.iter().any(|cookie| cookie.starts_with("__Host-mingcha=") && cookie.contains("; Secure")),
        "{cookies:?}"
    );
    assert_eq!(visitor.get("/office/findings").await.status, StatusCode::OK);
}
