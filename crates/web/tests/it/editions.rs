//! What is public, and when: nothing before the first edition, then what that edition says.

use axum::http::StatusCode;

use crate::house::House;

const FIGURE: &str = "/projects/vocational_training/supervision_indicators";

#[tokio::test]
async fn before_the_first_edition_no_number_is_public() {
    let house = House::new().await;
    let mut citizen = house.stranger();
    for page in ["/", "/projects/vocational_training", "/bulletins"] {
        let answer = citizen.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(answer.body.contains("还没有发布成果通报"), "{page}: {}", answer.words());
        assert!(!answer.body.contains("class=\"n\""), "{page}: {}", answer.words());
    }
    for page in [FIGURE, &format!("{FIGURE}/months.csv"), "/bulletins/1", "/bulletins/1/bulletin.md", "/bulletins/one"]
    {
        assert_eq!(citizen.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
}

#[tokio::test]
async fn a_supervisor_publishes_once_however_often_the_form_is_sent() {
    let house = House::new().await;
    let mut supervisor = house.sign_in("zheng.lan").await;
    let page = supervisor.get("/office/results").await;
    assert!(page.body.contains("没有发布过"), "{}", page.words());
    let form = [("version", "0"), ("why", "第一期 <img src=x>")];
    let published = supervisor.post("/office/results/publish", &form).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.words());
    assert!(published.leads_to().starts_with("/bulletins/1?done=publish"), "{}", published.leads_to());
    let again = supervisor.post("/office/results/publish", &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.words());
    assert!(again.body.contains("第 1 期") && again.body.contains("第一期 &#60;img src=x&#62;"), "{}", again.words());

    let mut citizen = house.stranger();
    let figure = citizen.get(FIGURE).await;
    assert!(figure.body.contains("监督指标") && figure.body.contains("第 1 期成果通报"), "{}", figure.words());
    assert!(figure.body.contains("SM3 "), "{}", figure.words());
    let bulletin = citizen.get("/bulletins/1").await;
    assert!(bulletin.body.contains("第一期 &#60;img src=x&#62;"), "{}", bulletin.words());
    assert_eq!(citizen.get("/bulletins/2").await.status, StatusCode::NOT_FOUND);
    let markdown = citizen.get("/bulletins/1/bulletin.md").await;
    assert!(markdown.body.contains("11项具体监督指标"), "{}", markdown.body);
}

#[tokio::test]
async fn a_note_that_is_missing_is_asked_for_in_the_open_panel() {
    let house = House::new().await;
    let mut supervisor = house.sign_in("zheng.lan").await;
    supervisor.get("/office/results").await;
    let answer = supervisor.post("/office/results/publish", &[("version", "0"), ("why", "  ")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("move-form open") && answer.body.contains("发布说明应为"), "{}", answer.words());
    assert_eq!(house.stranger().get("/bulletins/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_may_see_figures_opens_them_and_only_a_supervisor_is_offered_to_publish() {
    let house = House::new().await;
    for login in ["wang.fang", "chen.jing", "zhou.kai", "wu.min"] {
        let mut person = house.sign_in(login).await;
        let results = person.get("/office/results").await;
        assert_eq!(results.status, StatusCode::OK, "{login}");
        assert!(!results.body.contains("action=\"/office/results/publish\""), "{login} is offered to publish");
        let opened = person.get("/office/results/figures/vocational_training.supervision_indicators").await;
        assert_eq!(opened.status, StatusCode::OK, "{login}: {}", opened.words());
        assert_eq!(opened.body.matches("<details class=\"opening\"").count(), 11, "{login}");
        let refused = person.post("/office/results/publish", &[("version", "0"), ("why", "年度通报")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{login}");
    }
    let mut clerk = house.sign_in("wang.fang").await;
    assert_eq!(clerk.get("/office/results/figures/vocational_training.nothing").await.status, StatusCode::NOT_FOUND);
}
