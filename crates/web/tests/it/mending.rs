//! Rows that were kept back are mended on the page, by forms alone.

use axum::http::StatusCode;

use crate::house::{House, Visitor};

const HEAD: &str = "发放编号,补贴种类,身份证号码,姓名,发放日期,补贴金额（元）";
const LEDGER: &str = "/office/ledgers/vocational_training.training_subsidy";

/// Hands a sheet in and takes it in; returns the page on which its rows are mended.
async fn taken_in(clerk: &mut Visitor<'_>, rows: &str) -> String {
    let sheet = format!("{HEAD}\n{rows}\n");
    let file = Some(("file", "十一月.csv", sheet.as_bytes()));
    let upload = clerk.upload(&format!("{LEDGER}/uploads"), &[], file).await.leads_to();
    clerk.post(&format!("{upload}/commit"), &[]).await;
    format!("{upload}/mend")
}

const ROWS: &str = "B1,培训补贴,,王小明,2023-02-14,800\n\
    B2,培训补帖,,李<b>四,2023-13-05,八百\n\
    B3,培训补贴,,赵五,2023-06-01,x\n\
    B4,培训补贴,,钱六,2023-06-01,y";

#[tokio::test]
async fn a_clerk_mends_bad_cells_on_the_page_and_sees_what_is_left() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    let at = taken_in(&mut clerk, ROWS).await;
    let page = clerk.get(&at).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    assert!(page.words().contains("十一月.csv：还需更正 3 行"), "{}", page.words());
    assert!(page.body.contains("name=\"cell-3-4\" value=\"2023-13-05\""), "the bad cells are fields");
    assert!(page.words().contains("没有 13 月") && !page.body.contains("李<b>四"));

    let sent = [
        ("cell-3-1", "培训补贴"),
        ("cell-3-4", "2023-12-05"),
        ("cell-3-5", "800"),
        ("cell-4-5", "三百"),
        ("cell-5-5", "y"),
    ];
    let partly = clerk.post(&at, &sent).await;
    assert_eq!(partly.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = partly.words();
    assert!(words.contains("第 3 行已更正并入库") && words.contains("还有 1 行没有改好"), "{words}");
    assert!(
        partly.body.contains("value=\"三百\"") && words.contains("原表： x"),
        "what was typed and what stood there"
    );
    assert!(words.contains("发放日期：2023-13-05 → 2023-12-05"), "{words}");

    assert!(clerk.post(&at, &[("cell-4-5", "300")]).await.leads_to().starts_with(&at));
    let line = clerk.get("/office/batches/2/rows/2").await;
    assert!(line.words().contains("更正自“十一月.csv”第 3 行（王芳"), "{}", line.words());

    let aside = format!("{}/set-aside", at.trim_end_matches("/mend"));
    let refused = clerk.post(&aside, &[("row", "5"), ("why-5", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.words().contains("没有写明不需报送的原因"), "{}", refused.words());
    assert!(clerk.post(&aside, &[("row", "5"), ("why-5", "重复")]).await.leads_to().starts_with(&at));
    let done = clerk.get(&at).await;
    assert!(done.words().contains("没有待更正的行") && done.words().contains("原因：重复"), "{}", done.words());
    assert!(clerk.get("/office/batches/1").await.words().contains("还需更正 0 行 / 已更正 2 行"));
    assert!(clerk.get(LEDGER).await.words().contains("还需更正 0 行 / 已更正 2 行"));

    let back = format!("{}/take-back", at.trim_end_matches("/mend"));
    assert!(clerk.post(&back, &[("row", "5")]).await.leads_to().starts_with(&at));
    assert!(clerk.get(&at).await.words().contains("还需更正 1 行"));
}

#[tokio::test]
async fn what_was_typed_stays_when_somebody_else_was_faster_or_another_row_is_set_aside() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    let at = taken_in(&mut clerk, ROWS).await;
    clerk.post(&at, &[("cell-4-5", "300")]).await;
    let late = clerk.post(&at, &[("cell-4-5", "900"), ("cell-5-5", "七百")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.words().contains("第 4 行已由王芳于") && late.body.contains("value=\"七百\""), "{}", late.words());

    let aside = format!("{}/set-aside", at.trim_end_matches("/mend"));
    let kept = clerk.post(&aside, &[("row", "5"), ("why-5", "重复"), ("cell-3-5", "800")]).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert!(kept.words().contains("已标为不需报送") && kept.body.contains("value=\"800\""), "{}", kept.words());
    let nothing = clerk.post(&at, &[("cell-3-4", "2023-13-05")]).await;
    assert!(nothing.words().contains("没有改动任何一格"), "{}", nothing.words());
}

#[tokio::test]
async fn a_sheet_that_was_sent_again_settles_what_waited() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    let at = taken_in(&mut clerk, ROWS).await;
    let mended = ROWS.replace(",x", ",300").replace(",y", ",400");
    let second = taken_in(&mut clerk, &mended).await;
    let page = clerk.get(&at).await;
    assert!(
        page.words().contains("没有待更正的行") && page.words().contains("已随王芳后来上传的表入库"),
        "{}",
        page.words()
    );
    assert!(page.words().contains("后来上传的表里这一行仍需更正"), "{}", page.words());
    assert!(clerk.get(&second).await.words().contains("还需更正 1 行"));
    assert!(clerk.get(LEDGER).await.words().contains("还需更正 1 行 / 已更正 2 行"));
}
