//! Where the table stands in the sheet, and what stands around it.

use super::book::{Book, Page, book, one};
use super::family::Family;
use super::grid::{Cell, Grid, altered, column, grid, number, texts};
use crate::sheets::Sheet;

/// The cells with these lines above.
fn below(mut lines: Grid, cells: Grid) -> Grid {
    lines.extend(cells);
    lines
}

fn title(text: &str) -> Vec<Cell> {
    texts(&[text])
}

#[test]
fn hostile_the_table_is_found_where_it_stands() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(2);
    let cells = below(
        vec![title("2023年度定海区技能证书发放情况表"), texts(&["填报单位：区人社保局", "", "", "单位：人"])],
        grid(&sheet),
    );
    family
        .hands_in("two title rows above the header", "证书.xlsx", book(cells))
        .took(2, 0)
        .said(&["表头在第 3 行"])
        .holds(4, "name", "张三")
        .done();

    let sheet = family.sheet(2);
    let cells = below(vec![title("2023年度技能证书发放情况表")], grid(&sheet));
    let page = Page { merged: vec!["A1:J1"], ..Page::new("Sheet1", cells) };
    family
        .hands_in("a title merged over all columns", "证书.xlsx", one(page).bytes())
        .took(2, 0)
        .said(&["表头在第 2 行"])
        .done();

    let sheet = family.sheet(2);
    let mut above: Grid = (1..=10).map(|no| title(&format!("{no}. 填报说明第 {no} 条，逐项填写"))).collect();
    above.push(Vec::new());
    family
        .hands_in("a header on row 12", "证书.xlsx", book(below(above, grid(&sheet))))
        .took(2, 0)
        .said(&["表头在第 12 行"])
        .holds(13, "name", "张三")
        .done();

    let sheet = family.sheet(2).renamed("理论成绩", "理论");
    let mut upper = texts(&[
        "证书编号",
        "身份证号",
        "姓名",
        "证书类别",
        "职业（工种）",
        "技能等级",
        "发证日期",
        "发证机构代码",
        "发证机构",
        "成绩",
    ]);
    upper.push(Cell::Blank);
    let mut cells = grid(&sheet);
    cells[0] = vec![Cell::Blank; 9];
    cells[0].extend(texts(&["理论", "实操"]));
    cells[1].push(number("76.5"));
    cells[2].push(number("81"));
    let merged = vec!["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:G2", "H1:H2", "I1:I2", "J1:K1"];
    let page = Page { merged, ..Page::new("Sheet1", below(vec![upper], cells)) };
    family
        .hands_in("a header on two rows with merged cells", "证书.xlsx", one(page).bytes())
        .took(2, 0)
        .holds(3, "theory_score", "88.5")
        .holds(3, "skill_score", "76.5")
        .holds(4, "skill_score", "81.0")
        .done();

    let sheet = family.sheet(3).with(3, "发证机构", "").with(4, "发证机构", "");
    let page = Page { merged: vec!["I2:I4"], ..Page::new("Sheet1", grid(&sheet)) };
    family
        .hands_in("an issuer merged over three rows", "证书.xlsx", one(page).bytes())
        .took(3, 0)
        .holds(2, "issuer", "示例学校")
        .holds(4, "issuer", "示例学校")
        .done();

    let sheet = family.sheet(2);
    let mut cells = grid(&sheet);
    for row in &mut cells {
        row.insert(3, Cell::Blank);
        row.insert(7, Cell::Blank);
        row.insert(0, Cell::Blank);
    }
    family
        .hands_in("blank columns between and before", "证书.xlsx", book(cells))
        .took(2, 0)
        .holds(2, "level", "四级")
        .done();

    let sheet = family.sheet(2);
    let mut cells = grid(&sheet);
    cells.insert(2, Vec::new());
    cells.insert(1, vec![Cell::Blank; 10]);
    family
        .hands_in("blank rows between and below the header", "证书.xlsx", book(cells))
        .took(2, 0)
        .holds(5, "name", "张三")
        .done();

    let sheet = family.sheet(2);
    let mut cells = grid(&sheet);
    cells.push(Vec::new());
    cells.push(title("填表人：王芳　审核人：郑岚　填报日期：2023年12月1日"));
    cells.push(title("注：本表一式两份，一份报区人社保局，一份留存备查。"));
    family.hands_in("notes below the table", "证书.xlsx", book(cells)).took(2, 0).said(&["第 5", "6 行"]).done();

    let sheet = family.sheet(4);
    let mut cells = grid(&sheet);
    let mut total = vec![Cell::Blank; 10];
    total[9] = number("177");
    for (at, word) in [(3, "小计"), (6, "小  计"), (7, "合　计")] {
        total[0] = word.into();
        cells.insert(at, total.clone());
    }
    family
        .hands_in("rows of subtotals and a total", "证书.xlsx", book(cells))
        .took(4, 0)
        .said(&["合计", "4", "7", "8"])
        .holds(5, "name", "张三")
        .done();

    // The header again on each printed page.
    let sheet = family.sheet(4);
    let mut cells = grid(&sheet);
    let head = cells[0].clone();
    cells.insert(3, head);
    family
        .hands_in("the header again in the middle", "证书.xlsx", book(cells))
        .took(4, 0)
        .said(&["4"])
        .holds(5, "name", "张三")
        .done();

    let sheet = family.sheet(3);
    let mut numbered = grid(&sheet);
    for (at, row) in numbered.iter_mut().enumerate() {
        row.insert(0, if at == 0 { "序号".into() } else { number(&at.to_string()) });
    }
    numbered.push(vec![number("4")]);
    numbered.push(vec![number("5")]);
    // A form has its running numbers printed; the lines that nobody filled in are no rows.
    family.hands_in("running numbers below the last filled row", "证书.xlsx", book(numbered)).took(3, 0).done();

    family.finish();
}

#[test]
fn hostile_what_is_hidden_is_taken_and_told() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(4);
    let page = Page { hidden_rows: vec![3, 4], ..Page::new("Sheet1", grid(&sheet)) };
    family
        .hands_in("hidden rows", "证书.xlsx", one(page).bytes())
        .took(4, 0)
        .said(&["隐藏", "第 3", "4 行"])
        .holds(3, "name", "张三")
        .done();

    let sheet = family.sheet(2);
    let hidden_columns = vec![column(&sheet, "理论成绩") + 1];
    let page = Page { hidden_columns, ..Page::new("Sheet1", grid(&sheet)) };
    family
        .hands_in("a hidden column", "证书.xlsx", one(page).bytes())
        .took(2, 0)
        .said(&["隐藏", "理论成绩"])
        .holds(2, "theory_score", "88.5")
        .done();

    let (seen, hidden) = (family.sheet(2), family.sheet(2));
    let mut two = one(Page::new("十一月", grid(&seen)));
    two.sheets.push(Page { is_hidden: true, ..Page::new("旧数据", grid(&hidden)) });
    family
        .hands_in("a hidden sheet beside the one that is seen", "证书.xlsx", two.bytes())
        .took(2, 0)
        .said(&["旧数据"])
        .holds(2, "certificate_no", seen.rows[0][0].as_str())
        .done();

    family.finish();
}

fn workbook(pages: Vec<Page>) -> Vec<u8> {
    Book { sheets: pages, ..Book::default() }.bytes()
}

#[test]
fn hostile_the_sheet_that_fits_is_found() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(2);
    let cover = vec![title("定海区2023年技能证书"), Vec::new(), title("联系人：王芳")];
    let pages =
        vec![Page::new("封面", cover), Page::new("说明", vec![title("逐项填写")]), Page::new("明细", grid(&sheet))];
    family
        .hands_in("a cover and instructions before the sheet that fits", "证书.xlsx", workbook(pages))
        .took(2, 0)
        .said(&["明细", "封面", "说明"])
        .done();

    // The first is read; that there is another, and how to come to it, is not left unsaid.
    let (first, second) = (family.sheet(2), family.sheet(2));
    let pages = vec![Page::new("十月", grid(&first)), Page::new("十一月", grid(&second))];
    family
        .hands_in("two sheets that both fit", "证书.xlsx", workbook(pages))
        .took(2, 0)
        .said(&["读的是工作表“十月”", "工作表“十一月”也能读", "改选工作表"])
        .holds(2, "certificate_no", first.rows[0][0].as_str())
        .done();

    let pages = vec![
        Page::new("封面", vec![title("封面")]),
        Page::new("汇总", vec![texts(&["月份", "人数"]), texts(&["十月", "120"])]),
    ];
    family.hands_in("no sheet that fits", "证书.xlsx", workbook(pages)).refused(&[
        "MC-INTAKE-",
        "证书编号",
        "身份证号",
        "汇总",
    ]);

    let pages = vec![Page::new("证书", grid(&Sheet::certificates(0))), Page::new("空", Vec::new())];
    family.hands_in("a header with nothing below", "证书.xlsx", workbook(pages)).refused(&[
        "MC-INTAKE-014",
        "第 1 行",
        "没有数据",
    ]);

    let sheet = family.sheet(2);
    let sum = vec![texts(&["发证机构", "人数"]), vec!["示例学校".into(), number("2")]];
    let pages = vec![Page::new("汇总", sum), Page::new("明细", altered(&sheet, []))];
    family
        .hands_in("a summary in front of the sheet that fits", "证书.xlsx", workbook(pages))
        .took(2, 0)
        .said(&["明细"])
        .done();

    family.finish();
}
