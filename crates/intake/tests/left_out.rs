//! What stands below the header and is no data: totals, notes, headings again. All of it is told; what might be data is
//! never left out.

mod support;

use mingcha_intake::Parsed;
use support::{HEAD, ID, csv, good, notes, problems, read_well};

#[track_caller]
fn said(parsed: &Parsed, expected: &str) {
    assert!(notes(parsed).iter().any(|note| note == expected), "{expected} in {:?}", notes(parsed));
}

#[test]
fn totals_are_left_out_wherever_they_stand() {
    for total in [
        "合计,,,,1600.00",
        "合　计,,,,1600.00",
        "合  计：,,,,1600.00",
        ",总计,,,1600.00",
        "小计,2人,,,1600.00",
        "Total,,,,1600.00",
        "Grand Total,,,,1600.00",
        "11月,合计,,,1600.00",
        "本页小计,,,,1600.00",
    ] {
        let parsed = read_well(&csv(&[&good("B1"), total, &good("B2"), total]));
        assert_eq!((parsed.rows.len(), parsed.rejects.len()), (2, 0), "{total}: {:?}", problems(&parsed));
        said(&parsed, "跳过合计行：第 3、5 行。");
    }
}

#[test]
fn notes_after_the_table_are_left_out() {
    for remark in [
        "说明：1. 本表按月填报。,,,,",
        "制表人：王五,,审核人：李四,,2023-12-01",
        "填表人,王五,审核人,李四,2023-12-01",
        "制表日期：2023年12月1日,,,,",
        "负责人（签字）：,,,经办人：,",
        "注：以上数据截至11月底,,,,",
        "（盖章）,,,,",
    ] {
        let parsed = read_well(&csv(&[&good("B1"), ",,,,", remark]));
        assert_eq!((parsed.rows.len(), parsed.rejects.len()), (1, 0), "{remark}: {:?}", problems(&parsed));
        said(&parsed, "跳过表尾说明：第 4 行。");
    }
    let parsed = read_well(&csv(&[&good("B1"), "填写说明：,,,,", "1. 金额到分,,,,", "2. 日期写全,,,,"]));
    assert_eq!((parsed.rows.len(), parsed.rejects.len()), (1, 0));
    said(&parsed, "跳过表尾说明：第 3、4、5 行。");
}

#[test]
fn what_might_be_data_is_never_left_out() {
    for row in [
        // A person or a firm is named: the row lacks something, and comes back.
        format!("合计,,{ID},,800"),
        format!("说明,,{ID},2023-11-05,800"),
        format!("负责人,,{ID},2023-11-05,800"),
        // A row with one cell right after the data may be a row that somebody forgot to fill.
        "B7,,,,".to_owned(),
        ",王小明,,,".to_owned(),
        "B7,王小明,,2023-11-05,".to_owned(),
    ] {
        let parsed = read_well(&csv(&[&good("B1"), &row]));
        assert_eq!((parsed.rows.len(), parsed.rejects.len()), (1, 1), "{row}: {:?}", notes(&parsed));
    }
    // Whatever a name sounds like: all that must be there is there.
    let parsed = read_well(&csv(&[&format!("小计-1,说明,{ID},2023-11-05,800")]));
    assert_eq!(parsed.rows.len(), 1);
}

#[test]
fn the_header_again_on_each_page_is_left_out() {
    let parsed =
        read_well(&csv(&[&good("B1"), HEAD, &good("B2"), " 发放编号 ,姓 名,身份证号,发放日期,补贴金额（元）"]));
    assert_eq!((parsed.rows.len(), parsed.rejects.len()), (2, 0), "{:?}", problems(&parsed));
    said(&parsed, "跳过重复的表头：第 3、5 行。");
}

#[test]
fn rows_that_repeat_are_counted() {
    let parsed = read_well(&csv(&[&good("B1"), &good("B1"), &good("B2"), &good("B1")]));
    assert_eq!((parsed.rows.len(), parsed.duplicated), (2, 2));
    let many: Vec<String> = (0..20).map(|_| good("B1")).collect();
    let lines: Vec<&str> = many.iter().map(String::as_str).collect();
    let parsed = read_well(&csv(&lines));
    said(&parsed, "有 19 行与前面的行完全相同，只收一次：第 3、4、5、6、7、8、9、10、11、12… 行。");
}
