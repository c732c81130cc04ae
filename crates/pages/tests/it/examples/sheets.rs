//! Ledgers and sheets: the list, one ledger, a preview with bad cells, an unknown column.

use mingcha_pages::office::{
    Commit, Count, Drop, EndedRow, ListPage, Mapped, Mapping, MendCell, MendPage, MendRow, OtherSheet, PreviewPage,
    SheetChoice, Values,
};
use mingcha_pages::parts::{Align, Cell, Choice, Empty, Fact, Grid, Head, Light, Line, Link, Mark, Notice, Tone};
use mingcha_pages::{Me, Place, Template};
use mingcha_words::Lang;

use super::frame;

pub fn examples(lang: Lang, add: &mut dyn FnMut(&str, String)) {
    add("ledger", ledger(lang));
    add("preview", preview(lang));
    add("preview-unknown-column", unknown_column(lang));
    add("mend", mend(lang));
}

fn clerk(lang: Lang, title: &str) -> mingcha_pages::Frame {
    let mut frame = frame(lang, Place::Ledgers, title);
    frame.me = Some(Me { name: "王芳".into(), role: "经办人".into(), unit: Some("区人社局".into()) });
    frame
}

fn ledger(lang: Lang) -> String {
    let heads = vec![
        Head::new("批次", Align::Mono),
        Head::new("文件", Align::Lead),
        Head::new("入库时间", Align::Day),
        Head::new("经办人", Align::Plain),
        Head::new("收下", Align::Number),
        Head::new("改动", Align::Number),
        Head::new("待改", Align::Number),
        Head::new("状态", Align::Plain),
    ];
    let row = |no: u32, file: &str, at: &str, rows: &str, bad: &str, light: Light| {
        Line::of(vec![
            format!("第 {no} 批").into(),
            Link::new(format!("/office/batches/{no}"), file).into(),
            at.into(),
            "王芳".into(),
            rows.into(),
            "0".into(),
            bad.into(),
            light.into(),
        ])
    };
    let mut withdrawn = row(8, "八月补贴发放.xlsx", "2023-09-02 10:11", "240", "0", Light::new(Tone::Grey, "已撤回"));
    withdrawn.gone = true;
    let lines = vec![
        row(14, "十一月补贴发放.xlsx", "2023-12-29 09:12", "212", "3", Light::new(Tone::Amber, "3 行待改")),
        row(11, "十月补贴发放.csv", "2023-11-06 09:12", "231", "0", Light::new(Tone::Green, "在用")),
        withdrawn,
    ];
    let drop = Drop {
        action: "/office/ledgers/vocational_training.training_subsidy/uploads".into(),
        csrf: "forms-token".into(),
        heading: "把表拖到这里，或者选一个文件".into(),
        hint: "Excel（.xlsx）或 CSV，最大 200 MB。整张表可以反复传，没有变化的行不会重复入库。".into(),
        label: "要上传的表".into(),
        submit: "上传台账".into(),
        reading: "正在读取，请稍候".into(),
        broken: "连接断了，没有传完。再选一次文件即可。".into(),
        template: Some(Link::new("/office/ledgers/s/template.xlsx", "下载模板")),
    };
    let columns = vec![
        Head::new("列", Align::Lead),
        Head::new("类型", Align::Plain),
        Head::new("必填", Align::Plain),
        Head::new("说明", Align::Plain),
    ];
    let schema = vec![
        Line::of(vec![Cell::from("发放编号").under("grant_no"), "文字".into(), "必填".into(), "主键".into()]),
        Line::of(vec![
            Cell::from("身份证号").under("resident_id"),
            "身份证号".into(),
            "必填".into(),
            "末位校验；页面上遮去中间八位".into(),
        ]),
        Line::of(vec![Cell::from("金额").under("amount"), "金额（元）".into(), "必填".into(), "0 至 5,000".into()]),
    ];
    let empty = || Empty::new("还没有批次", "上传的每一张表成为一批，列在这里。", None);
    ListPage {
        frame: clerk(lang, "培训补贴发放"),
        heading: "培训补贴发放".into(),
        intro: "职业技能培训 · 按发放编号合并：编号已有而内容变了的行，以新内容为准。".into(),
        action: None,
        drop: Some(drop),
        filters: None,
        tables: vec![
            ("批次".into(), Grid::list("批次", heads, lines, empty())),
            ("列".into(), Grid { walk: false, ..Grid::list("列", columns, schema, empty()) }),
        ],
    }
    .render()
    .expect("renders")
}

fn heads() -> Vec<Head> {
    vec![
        Head::new("原表行", Align::Number),
        Head::new("发放编号", Align::Mono),
        Head::new("姓名", Align::Plain),
        Head::new("身份证号", Align::Mono),
        Head::new("证书编号", Align::Mono),
        Head::new("发放日期", Align::Day),
        Head::new("金额（元）", Align::Number),
    ]
}

fn preview(lang: Lang) -> String {
    let bad = |text: &str, note: &str| Cell::from(text).mark(Mark::Bad(note.into()));
    let read = |text: &str, note: &str| Cell::from(text).mark(Mark::ReadAs(note.into()));
    let lines = vec![
        Line::of(vec![
            "17".into(),
            "BT-2023-2301".into(),
            "李*".into(),
            "330999********002X".into(),
            "S0000330902230101".into(),
            bad("2023-13-05", "没有 13 月。请写成 2023-11-05 这样的日期"),
            "800.00".into(),
        ]),
        Line::of(vec![
            "58".into(),
            "BT-2023-2342".into(),
            "周**".into(),
            bad("3.30902E+17", "这一格被 Excel 存成了数字，后几位已丢失。请把整列设为“文本”，再填原号"),
            "S0000330902230142".into(),
            "2023-11-08".into(),
            "900.00".into(),
        ]),
        Line::of(vec![
            "160".into(),
            "BT-2023-2444".into(),
            "<img src=x>".into(),
            bad("330902197506113345", "末位校验码应为 7，现为 5"),
            "S0000330902230244".into(),
            "2023-11-21".into(),
            "700.00".into(),
        ]),
        Line::of(vec![
            "161".into(),
            "BT-2023-2445".into(),
            "郑**".into(),
            "330999********7716".into(),
            "S0000330902230245".into(),
            read("2023年11月21日", "读作 2023-11-21"),
            read("９００", "全角，读作 900.00"),
        ]),
    ];
    let change = |old: &str, new: &str| Cell::from(new).mark(Mark::Changed(old.into()));
    let changes = vec![Line::of(vec![
        "203".into(),
        "BT-2023-2188".into(),
        "何*".into(),
        "330999********6610".into(),
        "S0000330902230188".into(),
        change("2023-10-31", "2023-11-02"),
        change("800.00", "900.00"),
    ])];
    let empty = || Empty::new("没有要看的行", "所有行都照原样读取。", None);
    PreviewPage {
        frame: clerk(lang, "入库预览"),
        crumbs: vec![Link::new("/office/ledgers", "台账"), Link::new("/office/ledgers/s", "培训补贴发放")],
        heading: "十一月补贴发放.xlsx 的 215 行里，212 行可以入库，3 行要改".into(),
        counts: vec![
            Count { n: "212".into(), of: "可入库".into(), class: "good" },
            Count { n: "3".into(), of: "要改".into(), class: "bad" },
            Count::plain("1", "改动已有"),
            Count::plain("0", "与已有相同"),
        ],
        note: "表头在第 3 行；“身份证号码”认作“身份证号”，“发放时间”认作“发放日期”。".into(),
        cautions: vec![Notice::care("“培训机构代码”有 2 行（共 212 行）在台账“培训评价机构”里找不到：第 17 行 5233…")],
        commit: Some(Commit { action: "/office/uploads/u/commit".into(), label: "先收下 212 行".into() }),
        marked: vec![
            Link::new("/office/uploads/u/marked.xlsx", "下载标注表"),
            Link::new("/office/uploads/u/to-mend.xlsx", "只下载要改的行"),
        ],
        sheet: Some(Grid::sheet("需要看一眼的行", heads(), lines, empty())),
        changes: Some(Grid::sheet("会改动的行", heads(), changes, empty())),
        after: "要改的 3 行留在“待改”里，原文件保存完好。改好的表再传一次，不会重复入库。".into(),
        mapping: Some(mapping(false, None)),
        reading: Some(reading()),
        discard: Some(Commit { action: "/office/uploads/u/discard".into(), label: "放弃这份表".into() }),
    }
    .render()
    .expect("renders")
}

fn reading() -> SheetChoice {
    SheetChoice {
        heading: "读哪张工作表".into(),
        action: "/office/uploads/u/sheet".into(),
        sheets: vec![
            Choice::new("十一月", "十一月（表头在第 3 行，认出 8 / 22 列）", true),
            Choice::new("十二月", "十二月（表头在第 3 行，认出 8 / 22 列）", false),
        ],
        shown: "十一月".into(),
        header_row: "3".into(),
        also: "/office/uploads/u/other-sheet".into(),
        others: vec![OtherSheet {
            name: "十二月".into(), label: "“十二月”也要入库：另作一份".into()
        }],
    }
}

fn mapping(open: bool, trouble: Option<Notice>) -> Mapping {
    let choices = |chosen: &str| {
        [
            ("", "不读这一列"),
            ("grant_no", "发放编号"),
            ("resident_id", "身份证号"),
            ("granted_on", "发放日期"),
            ("amount", "金额"),
        ]
        .map(|(value, label)| Choice::new(value, label, value == chosen))
        .to_vec()
    };
    let column = |n: u32, heading: &str, sample: &str, chosen: &str| Mapped {
        name: format!("column-{n}"),
        heading: heading.into(),
        how: if heading == "发放时间" { "按上次的对应".into() } else { "按列名认出".into() },
        forget: (heading == "发放时间").then(|| heading.into()),
        sample: sample.into(),
        choices: choices(chosen),
    };
    Mapping {
        action: "/office/uploads/u/columns".into(),
        sheet: "十一月".into(),
        header_row: "3".into(),
        forget: "/office/uploads/u/forget".into(),
        columns: vec![
            column(0, "编号", "BT-2023-2301", "grant_no"),
            column(1, "身份证号码", "330999********002X", "resident_id"),
            column(2, "发放时间", "2023-11-05", "granted_on"),
            column(3, "实发", "800.00", ""),
        ],
        open,
        trouble,
    }
}

fn unknown_column(lang: Lang) -> String {
    let trouble = Notice::bad(
        "表里没有“金额”这一列。",
        "有一列“实发”没有认出来，最接近的是“金额”。在下面指定它，或改好表头再传。",
        Some("MC-INTAKE-004".into()),
    );
    PreviewPage {
        frame: clerk(lang, "入库预览"),
        crumbs: vec![Link::new("/office/ledgers", "台账"), Link::new("/office/ledgers/s", "培训补贴发放")],
        heading: "十一月补贴发放.xlsx 缺一列，还不能入库".into(),
        counts: vec![Count::plain("215", "行"), Count { n: "1".into(), of: "缺的列".into(), class: "bad" }],
        note: "表头在第 3 行。".into(),
        cautions: Vec::new(),
        commit: None,
        marked: Vec::new(),
        sheet: None,
        changes: None,
        after: "还没有任何一行入库。".into(),
        mapping: Some(mapping(true, Some(trouble))),
        reading: Some(reading()),
        discard: None,
    }
    .render()
    .expect("renders")
}

fn mend(lang: Lang) -> String {
    let cell = |row: u32, at: usize, heading: &str, value: &str, error: &str| MendCell {
        name: format!("cell-{row}-{at}"),
        heading: heading.into(),
        value: value.into(),
        error: error.into(),
        was: None,
        keyboard: "text",
        list: None,
    };
    let kind = MendCell {
        was: Some("培训补帖".into()),
        list: Some("values-kind".into()),
        ..cell(17, 1, "补贴种类", "培训", "只能是“培训补贴”等。从列表里选一个。")
    };
    let row = |row: u32, cells: Vec<MendCell>| MendRow {
        row,
        title: format!("第 {row} 行"),
        whole: None,
        cells,
        rest: vec![Fact::new("补贴编号", "BT-2023-2301"), Fact::new("姓名", "王*明")],
        as_it_is: None,
        why: String::new(),
        why_error: None,
    };
    let day = cell(17, 4, "发放日期", "2023-13-05", "没有 13 月。写成 2023-11-05 这样的日期。");
    let twice = MendRow {
        as_it_is: Some("这一行没有错，就按这样收下".into()),
        why_error: Some("没有写明不需报送的原因。写一句原因。".into()),
        ..row(18, vec![cell(18, 0, "补贴编号", "BT-1", "与第 19 行相同，内容不同。改正其中一行。")])
    };
    MendPage {
        frame: clerk(lang, "待更正的行"),
        crumbs: vec![Link::new("/office/ledgers", "台账"), Link::new("/office/batches/14", "第 14 批")],
        heading: "十一月补贴发放.xlsx：还需更正 2 行".into(),
        counts: vec![
            Count { n: "2".into(), of: "还需更正".into(), class: "bad" },
            Count { n: "1".into(), of: "已更正".into(), class: "good" },
        ],
        how: "在这里改好标红的格，保存后这些行就入库。".into(),
        downloads: vec![Link::new("/office/uploads/u/marked.xlsx", "下载标注表")],
        banners: vec![Notice::good("第 5 行已更正并入库。")],
        action: "/office/uploads/u".into(),
        rows: vec![row(17, vec![kind, day]), twice],
        lists: vec![Values {
            id: "values-kind".into(), values: vec!["培训补贴".into(), "技能提升补贴".into()]
        }],
        pager: None,
        empty: String::new(),
        ended: vec![EndedRow {
            title: "第 5 行".into(),
            what: "王芳于 2023-12-29 09:12 标为不需报送".into(),
            details: vec!["原因：与第 4 行重复".into()],
            link: None,
            take_back: Some(5),
        }],
        ended_more: None,
    }
    .render()
    .expect("renders")
}
