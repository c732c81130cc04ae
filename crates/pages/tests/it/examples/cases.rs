//! A finding with its case, and a problem that rested on rows which were withdrawn.

use mingcha_pages::office::{Body, Card, Chip, Dossier};
use mingcha_pages::parts::{
    Align, Can, Choice, Empty, Fact, Field, Grid, Head, Input, Light, Line, Link, Move, Moves, Notice, Panel, Prose,
    Step, Story, Tone,
};
use mingcha_pages::{Place, Template};
use mingcha_words::Lang;

use super::frame;

pub fn examples(lang: Lang, add: &mut dyn FnMut(&str, String)) {
    add("finding", finding(lang, false));
    add("finding-answer-wrong", finding(lang, true));
    add("problem", problem(lang));
}

fn step(what: &str, when: &str, said: Option<&str>, ahead: bool) -> Step {
    Step { what: what.into(), when: when.into(), said: said.map(Into::into), ahead }
}

fn evidence() -> Grid {
    let heads = vec![
        Head::new("发放编号", Align::Mono),
        Head::new("职业（工种）", Align::Lead),
        Head::new("证书编号", Align::Mono),
        Head::new("发放日期", Align::Day),
        Head::new("金额（元）", Align::Number),
        Head::new("出处", Align::Plain),
    ];
    let row = |no: &str, work: &str, certificate: &str, day: &str, amount: &str, source: &str| {
        let source = Link::new("/office/batches/3/rows/118", source);
        Line::of(vec![no.into(), work.into(), certificate.into(), day.into(), amount.into(), source.into()])
    };
    let mut last =
        row("BT-2023-2204", "养老护理员 五级", "S000033090223…88", "2023-10-18", "900.00", "第 11 批 第 16 行");
    last.marked = true;
    let lines = vec![
        row("BT-2023-0418", "电工 五级", "S000033090223…01", "2023-02-14", "800.00", "第 3 批 第 118 行"),
        row("BT-2023-0977", "保育师 五级", "S000033090223…27", "2023-05-09", "800.00", "第 5 批 第 42 行"),
        row(
            "BT-2023-1620",
            "中式面点师 五级 <img src=x>",
            "S000033090223…63",
            "2023-08-22",
            "700.00",
            "第 8 批 第 207 行",
        ),
        last,
    ];
    Grid {
        walk: false,
        ..Grid::list("证据", heads, lines, Empty::new("没有证据行", "疑点总是带着它所依据的行。", None))
    }
}

fn finding(lang: Lang, wrong: bool) -> String {
    let verdicts = vec![
        Choice::new("true", "属实", false),
        Choice::new("partly", "部分属实", false),
        Choice::new("data_error", "不属实：数据错误", false),
        Choice::new("policy_allows", "不属实：政策允许", false),
        Choice::new("unverifiable", "无法核实", false),
    ];
    let verify = Panel {
        action: "/office/findings/1/verify".into(),
        effect: "反馈后由监督员决定列入问题或者结案；在那之前可以被退回补充。".into(),
        fields: vec![
            Field::new("verify", "verdict", "核查结果", Input::Radios(verdicts)),
            Field::new("verify", "report", "核查情况", Input::Area)
                .hint("写明查了什么、看到什么、与台账是否一致")
                .error(wrong.then(|| "写明核查情况，至少十个字。".into())),
        ],
        submit: "提交核查结果".into(),
        files: false,
        open: wrong,
        error: wrong.then(|| "还缺一项，没有提交。".into()),
    };
    let moves = Moves {
        label: "可办的事".into(),
        moves: vec![
            Move { key: "verify".into(), label: "登记核查结果".into(), primary: true, can: Can::Form(verify) },
            Move {
                key: "recall".into(),
                label: "撤回派发".into(),
                primary: false,
                can: Can::Post {
                    action: "/office/findings/1/recall".into(),
                    confirm: Some("撤回后这条疑点回到待派发。".into()),
                },
            },
            Move {
                key: "open".into(),
                label: "列入问题".into(),
                primary: false,
                can: Can::Not("先登记为“属实”".into()),
            },
        ],
        csrf: "forms-token".into(),
        none: "没有可办的事".into(),
        cancel: "取消".into(),
        previous: Some(Link::new("/office/findings/0", "上一条")),
        next: Some(Link::new("/office/findings/2", "下一条")),
    };
    let why = Prose::markdown(
        "同一人同一年度享受职业技能培训补贴不得超过三次，企业和学校代领的也计入本人次数。当日生效的上限为 **3 次**（[参数 limit](/office/models/vocational_training.more_than_three_a_year)，依据浙江省职业培训补贴规定，2022 年起）。",
    );
    let quiet = vec!["疑点不是结论：分两次打款的同一笔补贴、错录的身份证号也会出现在这里。".into()];
    let how = Prose::markdown(
        "1. 调取四次申领的银行回单，确认是否同一笔分次到账；\n2. 核对证书查询网；\n3. 请发放单位说明第四次的审核人。",
    );
    let story = Story {
        steps: vec![
            step("模型在第 11 批入库后发现", "2023-11-06 09:12 · 自动 · 存证 #18,204", None, false),
            step(
                "派发给区人社局，限 5 个工作日核查",
                "2023-11-06 10:40 · 监督员 周明 · 存证 #18,231",
                Some("请重点核对第四次的审核记录。"),
                false,
            ),
            step("核查结果", "应于 2023-11-13 前", None, true),
        ],
    };
    let amount = Grid { ..evidence() };
    Dossier {
        frame: frame(lang, Place::Findings, "疑点"),
        crumbs: vec![
            Link::new("/office/findings", "疑点"),
            Link::new("/office/findings?model=m", "一年内享受补贴超过三次"),
        ],
        id: "8f31c2a4".into(),
        heading: "王**（330999********1234）在 2023 年享受培训补贴 4 次，合计 3,200.00 元，超过每年三次的上限。".into(),
        chips: vec![
            Chip::Light(Light::new(Tone::Amber, "待核查 · 还有 3 个工作日")),
            Chip::Text("派给 区人社局".into()),
            Chip::Text("首次出现 2023-11-06".into()),
            Chip::Link(Link::new("/office/models/m", "核查类模型")),
        ],
        banner: None,
        cards: vec![
            Card::new("为什么查", Body::Prose(why)).and(Body::Words { said: Vec::new(), quiet }),
            Card::new("证据 · 4 行", Body::Grid(amount)).link(Link::new("/office/ledgers/s", "在台账中查看")),
            Card::new("怎么核实", Body::Prose(how)).link(Link::new("/office/models/m", "打开模型全文")),
        ],
        aside: vec![
            Card::new("经过", Body::Story(story)),
            Card::new(
                "运行",
                Body::Facts(vec![
                    Fact::new("模型版本", "3f9c12ab"),
                    Fact::new("按日期", "2023-12-29"),
                    Fact::new("台账版本", "第 14 批之后"),
                ]),
            ),
        ],
        moves: Some(moves),
    }
    .render()
    .expect("renders")
}

fn problem(lang: Lang) -> String {
    let heads =
        vec![Head::new("疑点", Align::Lead), Head::new("模型", Align::Plain), Head::new("数据现状", Align::Plain)];
    let findings = vec![
        Line::of(vec![
            Link::new("/office/findings/1", "证书 S000033090223088 的补贴发放了 2 次，合计 1,600.00 元。").into(),
            "同一证书重复享受补贴".into(),
            Light::new(Tone::Amber, "已消失：第 8 批撤回").into(),
        ]),
        Line::of(vec![
            Link::new("/office/findings/2", "证书 S000033090223102 的补贴发放了 2 次，合计 1,800.00 元。").into(),
            "同一证书重复享受补贴".into(),
            Light::new(Tone::Grey, "仍在").into(),
        ]),
    ];
    let persons =
        vec![Head::new("姓名", Align::Lead), Head::new("身份证号", Align::Mono), Head::new("涉及疑点", Align::Number)];
    let people = vec![
        Line::of(vec!["林**".into(), "330999********0418".into(), "1".into()]),
        Line::of(vec!["徐*".into(), "330999********2207".into(), "1".into()]),
    ];
    let recovered = vec![
        Head::new("追回编号", Align::Mono),
        Head::new("到账日期", Align::Day),
        Head::new("从谁", Align::Lead),
        Head::new("金额（元）", Align::Number),
    ];
    let money = vec![Line::of(vec!["ZH-2023-017".into(), "2023-08-03".into(), "林**".into(), "800.00".into()])];
    let empty = |why: &str| Empty::new(why, "登记之后列在这里。", None);
    let list =
        |caption: &str, heads, lines, why: &str| Grid { walk: false, ..Grid::list(caption, heads, lines, empty(why)) };
    let story = Story {
        steps: vec![
            step("立为问题，限 2023-07-31 前整改", "2023-07-03 · 周明", None, false),
            step("整改反馈：两笔重复发放已退回专户", "2023-07-28 · 区人社局 王芳", None, false),
            step("复核通过", "2023-08-02 · 检查人员 陈立", Some("银行回单两张，金额相符。"), false),
            step("销号", "2023-08-04 · 周明", None, false),
            step("第 8 批撤回，依据的一条疑点消失，请重新核对", "2023-12-29 09:12 · 自动", None, false),
        ],
    };
    let moves = Moves {
        label: "可办的事".into(),
        moves: vec![Move {
            key: "reopen".into(),
            label: "重开".into(),
            primary: false,
            can: Can::Form(Panel {
                action: "/office/problems/7/reopen".into(),
                effect: "重开后回到整改中，数字会少一个，直到再次销号。".into(),
                fields: vec![
                    Field::new("reopen", "why", "原因", Input::Area),
                    Field::new("reopen", "due", "整改期限", Input::Day).value("2024-01-12"),
                ],
                submit: "重开这个问题".into(),
                files: false,
                open: false,
                error: None,
            }),
        }],
        csrf: "forms-token".into(),
        none: "已销号".into(),
        cancel: "取消".into(),
        previous: None,
        next: None,
    };
    Dossier {
        frame: frame(lang, Place::Problems, "问题"),
        crumbs: vec![Link::new("/office/problems", "问题整改")],
        id: "2023-07".into(),
        heading: "海山技能培训学校两本证书重复申领补贴".into(),
        chips: vec![
            Chip::Light(Light::new(Tone::Green, "已销号 2023-08-04")),
            Chip::Text("区人社局".into()),
            Chip::Text("涉及 2 人".into()),
            Chip::Text("追回 800.00 元".into()),
        ],
        banner: Some(Notice::care("依据的数据变了：一条疑点因第 8 批撤回而消失。请核对这个问题是否仍然成立。")),
        cards: vec![
            Card::new("依据的疑点 · 2 条", Body::Grid(list("疑点", heads, findings, "没有关联疑点"))),
            Card::new("涉及的人 · 2 人", Body::Grid(list("人", persons, people, "没有登记涉及的人"))),
            Card::new("追回资金", Body::Grid(list("追回", recovered, money, "没有追回记录"))),
            Card::new(
                "整改材料",
                Body::Grid(list("材料", vec![Head::new("文件", Align::Lead)], Vec::new(), "还没有材料")),
            ),
        ],
        aside: vec![Card::new("经过", Body::Story(story))],
        moves: Some(moves),
    }
    .render()
    .expect("renders")
}
