//! From a sheet with bad cells to a line of the bulletin, by the pages alone.

use axum::http::StatusCode;

use crate::house::House;

/// A resident identity number of an unassigned district with its right check digit.
fn resident(serial: u32) -> String {
    let body = format!("33099919900101{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

fn sheet(rows: &[String]) -> Vec<u8> {
    format!("发放编号,补贴种类,身份证号码,姓名,发放日期,补贴金额（元）\n{}\n", rows.join("\n")).into_bytes()
}

fn four_grants() -> Vec<String> {
    let person = resident(7);
    [("B1", "2023-02-14", "800"), ("B2", "2023-05-09", "800"), ("B3", "2023-08-22", "700"), ("B4", "2023-10-18", "900")]
        .iter()
        .map(|(no, day, amount)| format!("{no},培训补贴,{person},王小明,{day},{amount}"))
        .collect()
}

#[tokio::test]
async fn a_sheet_with_bad_cells_is_previewed_taken_in_and_withdrawn() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    let mut rows = four_grants();
    rows.push(format!("B5,培训补贴,{},李<b>四,2023-13-05,800", resident(8)));
    rows.push("B6,培训补贴,330999199001010011,赵六,2023-06-01,800".into());
    rows.push(format!("B7,培训补贴,{},钱七,2023年6月2日,８００", resident(9)));

    let page = clerk.get("/office/ledgers").await;
    assert!(page.body.contains("action=\"/office/uploads\""), "no place to drop a sheet");
    let handed = clerk.upload("/office/uploads", &[], Some(("file", "十一月补贴发放.csv", &sheet(&rows)))).await;
    let preview_at = handed.leads_to();
    let preview = clerk.get(&preview_at).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.words());
    assert!(preview.words().contains("7 行里，5 行可以入库，2 行要改"), "{}", preview.words());
    assert!(preview.words().contains("没有 13 月"), "{}", preview.words());
    assert!(preview.words().contains("末位校验码应为"), "{}", preview.words());
    assert!(preview.words().contains("读作 2023-06-02"), "{}", preview.words());
    assert!(!preview.body.contains("李<b>四"), "markup of the sheet got through");
    assert!(!preview.body.contains(&resident(9)), "an identifier without fault is shown in full");

    let marked = clerk.get(&format!("{preview_at}/marked.xlsx")).await;
    assert_eq!(marked.status, StatusCode::OK);
    assert!(marked.headers["content-disposition"].to_str().is_ok_and(|name| name.contains("attachment")));

    let taken = clerk.post(&format!("{preview_at}/commit"), &[]).await;
    let batch_at = taken.leads_to();
    assert!(batch_at.starts_with("/office/batches/1"), "{batch_at}");
    let batch = clerk.get(&batch_at).await;
    assert!(batch.words().contains("还需更正 2 行") && batch.words().contains("已入库"), "{}", batch.words());
    let line = clerk.get("/office/batches/1/rows/2").await;
    assert!(line.words().contains("十一月补贴发放.csv 第 2 行") && line.words().contains("B1"), "{}", line.words());

    let again = clerk
        .upload(
            "/office/ledgers/vocational_training.training_subsidy/uploads",
            &[],
            Some(("file", "十一月补贴发放.csv", &sheet(&rows))),
        )
        .await;
    let again = clerk.get(&again.leads_to()).await;
    assert!(again.words().contains("以前传过"), "{}", again.words());

    let withdrawn = clerk.post("/office/batches/1/withdraw", &[("why", "")]).await;
    assert_eq!(withdrawn.status, StatusCode::UNPROCESSABLE_ENTITY);
    let withdrawn = clerk.post("/office/batches/1/withdraw", &[("why", "传错了月份")]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.words());
    assert!(clerk.get("/office/batches/1").await.words().contains("传错了月份"));
}

#[tokio::test]
async fn a_sheet_without_a_needed_column_is_mapped_by_hand() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    let text =
        format!("补贴编号,补贴种类,身份证号,姓名,发放日期,实发\nC1,培训补贴,{},王小明,2023-02-14,800\n", resident(7));
    let handed = clerk
        .upload(
            "/office/ledgers/vocational_training.training_subsidy/uploads",
            &[],
            Some(("file", "补贴.csv", text.as_bytes())),
        )
        .await;
    let preview_at = handed.leads_to();
    let preview = clerk.get(&preview_at).await;
    assert_eq!(preview.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(preview.words().contains("补贴金额") && preview.body.contains("<details open"), "{}", preview.words());
    let mapped = [
        ("column-0", "grant_no"),
        ("column-1", "kind"),
        ("column-2", "resident_id"),
        ("column-3", "name"),
        ("column-4", "granted_on"),
        ("column-5", "amount"),
    ];
    assert_eq!(clerk.post(&format!("{preview_at}/columns"), &mapped).await.leads_to(), preview_at);
    assert!(clerk.get(&preview_at).await.words().contains("1 行可以入库"));
}

#[tokio::test]
async fn what_is_no_sheet_is_refused_with_what_it_is() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    clerk.get("/office/ledgers").await;
    for (name, bytes) in [("照片.xlsx", b"\x89PNG\r\n\x1a\n0000".as_slice()), ("空.csv", b"".as_slice())] {
        let answer = clerk
            .upload("/office/ledgers/vocational_training.training_subsidy/uploads", &[], Some(("file", name, bytes)))
            .await;
        assert!(answer.status.is_client_error(), "{name}: {}", answer.status);
        assert!(answer.body.contains("MC-INTAKE-00"), "{name}: {}", answer.words());
        assert!(answer.body.contains("data-drop"), "{name}: there is no place to drop the next one");
    }
    let nothing = clerk.upload("/office/uploads", &[], None).await;
    assert!(nothing.body.contains("MC-WEB-009"), "{}", nothing.words());
}

#[tokio::test]
async fn a_doubt_is_dispatched_verified_rectified_rechecked_closed_and_published() {
    let house = House::new().await;
    let mut clerk = house.sign_in("wang.fang").await;
    clerk.get("/office/ledgers").await;
    let handed = clerk.upload("/office/uploads", &[], Some(("file", "补贴.csv", &sheet(&four_grants())))).await;
    clerk.post(&format!("{}/commit", handed.leads_to()), &[]).await;

    let mut supervisor = house.sign_in("zheng.lan").await;
    let list = supervisor.get("/office/findings").await;
    let case_at = list.link("享受培训补贴 4 次");
    let case = supervisor.get(&case_at).await;
    assert!(case.words().contains("第 1 批 第 2 行"), "{}", case.words());
    assert!(!case.body.contains("王小明") && !case.body.contains(&resident(7)), "a person is shown in full");

    let version = case.field("dispatch", "version");
    let late = supervisor
        .post(
            &format!("{case_at}/dispatch"),
            &[("version", &version), ("to", "hrss"), ("working_days", "0"), ("note", "请核对第四次")],
        )
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("请核对第四次") && late.body.contains("move-form open"),
        "what was typed is lost: {}",
        late.words()
    );
    let sent = supervisor
        .post(
            &format!("{case_at}/dispatch"),
            &[("version", &version), ("to", "hrss"), ("working_days", "5"), ("note", "")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let twice = supervisor
        .post(&format!("{case_at}/dispatch"), &[("version", &version), ("to", "hrss"), ("working_days", "5")])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.words());

    let case = clerk.get(&case_at).await;
    let version = case.field("verify", "version");
    let answer = clerk
        .post(
            &format!("{case_at}/verify"),
            &[("version", &version), ("verdict", "true"), ("why", "银行回单四张，均已到账。")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.words());

    let case = supervisor.get(&case_at).await;
    let version = case.field("take_into_problem", "version");
    let opened = supervisor
        .post(
            &format!("{case_at}/take-into-problem"),
            &[
                ("version", &version),
                ("title", "一人一年享受补贴四次"),
                ("kind", "超次享受补贴"),
                ("working_days", "20"),
                ("person", "0"),
            ],
        )
        .await;
    let problem_at = opened.leads_to().split('?').next().unwrap_or_default().to_owned();
    assert!(problem_at.starts_with("/office/problems/"), "{}", opened.words());

    let problem = clerk.get(&problem_at).await;
    assert!(problem.words().contains("涉及 1 人"), "{}", problem.words());
    let version = problem.field("record_recovery", "version");
    let recovered = clerk
        .post(
            &format!("{problem_at}/record-recovery"),
            &[
                ("version", &version),
                ("amount", "900.00"),
                ("recovered_on", "2023-12-28"),
                ("returned_to", "就业补助资金专户"),
            ],
        )
        .await;
    assert_eq!(recovered.status, StatusCode::SEE_OTHER, "{}", recovered.words());
    let version = clerk.get(&problem_at).await.field("rectify", "version");
    let photo = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
    let mended = clerk
        .upload(
            &format!("{problem_at}/rectify"),
            &[("version", &version), ("why", "第四次补贴已退回。"), ("speaks_of", "2023-12-28")],
            Some(("evidence", "回单.pdf", photo)),
        )
        .await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.words());

    let problem = supervisor.get(&problem_at).await;
    let file = supervisor.get(&problem.link("回单.pdf")).await;
    assert!(file.body.starts_with("%PDF-1.7"), "{}", file.status);
    let version = problem.field("pass", "version");
    assert_eq!(
        supervisor
            .post(&format!("{problem_at}/pass"), &[("version", &version), ("why", "回单金额相符。")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let version = supervisor.get(&problem_at).await.field("close", "version");
    let closed = supervisor.post(&format!("{problem_at}/close"), &[("version", &version)]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.words());

    let results = supervisor.get("/office/results").await;
    assert_eq!(results.status, StatusCode::OK, "{}", results.words());
    let figure = supervisor.get(&results.link("人数")).await;
    assert!(figure.words().contains("一人一年") || figure.words().contains("享受培训补贴 4 次"), "{}", figure.words());
    assert!(figure.words().contains("问0001"), "{}", figure.words());
    for login in ["chen.jing", "zhou.kai"] {
        let figure = house.sign_in(login).await.get(&results.link("人数")).await;
        assert!(figure.words().contains("另有 1 条记录属于其他单位"), "{login}: {}", figure.words());
        assert!(!figure.words().contains("问0001") && !figure.body.contains("330999"), "{login}: {}", figure.words());
    }
    let version = results.field("publish", "version");
    let published = supervisor
        .post(
            "/office/results/publish",
            &[("version", &version), ("title", "2023 年专项治理成果通报"), ("why", "年度通报")],
        )
        .await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.words());

    let mut citizen = house.stranger();
    let home = citizen.get("/").await;
    assert!(home.words().contains("整改"), "{}", home.words());
    let figure = citizen.get("/projects/vocational_training/persons_involved").await;
    assert_eq!(figure.status, StatusCode::OK, "{}", figure.words());
    assert!(figure.body.contains("<span class=\"n\">1</span>"), "{}", figure.words());
    let bulletin = citizen.get("/bulletins/1").await;
    assert!(bulletin.words().contains("涉及人数1人"), "{}", bulletin.words());
    assert!(!bulletin.body.contains("王小明"), "a person is named in public");
}
