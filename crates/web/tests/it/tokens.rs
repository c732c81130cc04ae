//! 接口凭证: given out by the operator, shown once, revoked with a reason.

use axum::http::StatusCode;

use crate::house::House;

const HERE: &str = "/office/settings/tokens";

const ORDER: [(&str, &str); 5] = [
    ("system", "人社业务系统"),
    ("acts_for", "hrss"),
    ("scope", "ledger:read"),
    ("scope", "ledger:import"),
    ("days", "30"),
];

#[tokio::test]
async fn a_token_is_shown_once_and_its_system_listed() {
    let house = House::new().await;
    let mut operator = house.sign_in("xu.lei").await;
    let list = operator.get(HERE).await;
    assert!(list.body.contains("还没有接口凭证"), "{}", list.words());
    let given = operator.post(&format!("{HERE}/give-token"), &ORDER).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.words());
    let shown = given.body.matches("mct_").count();
    assert_eq!(shown, 1, "shown once on its page: {}", given.words());
    assert_eq!(given.headers.get("cache-control").and_then(|value| value.to_str().ok()), Some("no-store"));
    let list = operator.get(HERE).await;
    assert!(!list.body.contains("mct_"), "and never again");
    assert!(
        operator
            .get("/office/settings/accounts")
            .await
            .words()
            .contains("api:人社业务系统 人社业务系统 经办人 区人社保局")
    );
    for words in ["人社业务系统", "区人社保局", "查看台账、报送和撤回台账", "徐磊", "1 个有效的接口凭证"]
    {
        assert!(list.body.contains(words), "{words} in {}", list.words());
    }
}

#[tokio::test]
async fn what_was_typed_stays_when_it_did_not_go() {
    let house = House::new().await;
    let mut operator = house.sign_in("xu.lei").await;
    operator.get(HERE).await;
    let order = [("system", "人社业务系统"), ("acts_for", "hrss"), ("days", "一年")];
    let answer = operator.post(&format!("{HERE}/give-token"), &order).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("没有选择凭证的用途"), "{}", answer.words());
    assert!(answer.body.contains("value=\"人社业务系统\"") && answer.body.contains("value=\"一年\""));
    let order = [("system", "人社业务系统"), ("acts_for", "hrss"), ("scope", "ledger:read"), ("days", "一年")];
    let answer = operator.post(&format!("{HERE}/give-token"), &order).await;
    assert!(answer.body.contains("1 至 730 天"), "{}", answer.words());
}

#[tokio::test]
async fn a_token_is_revoked_with_a_reason() {
    let house = House::new().await;
    let mut operator = house.sign_in("xu.lei").await;
    operator.get(HERE).await;
    operator.post(&format!("{HERE}/give-token"), &ORDER).await;
    let list = operator.get(HERE).await;
    let select = list.body.split("id=\"revoke_token-token\"").nth(1).expect("a choice of tokens");
    let id = select.split("<option value=\"").nth(1).and_then(|option| option.split('"').next()).expect("a token");
    let id = id.to_owned();
    let without = operator.post(&format!("{HERE}/revoke-token"), &[("token", &id), ("why", " ")]).await;
    assert!(without.body.contains("没有写撤销的原因"), "{}", without.words());
    let done = operator.post(&format!("{HERE}/revoke-token"), &[("token", &id), ("why", "系统下线")]).await;
    assert_eq!(done.leads_to(), format!("{HERE}?done=revoke-token"));
    let list = operator.get(HERE).await;
    assert!(list.body.contains("已撤销") && list.body.contains("0 个有效的接口凭证"), "{}", list.words());
}
