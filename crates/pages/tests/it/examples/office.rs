//! The office: door, overview, lists, an inspection to fill in, a page that is not there.

use mingcha_pages::errors::ErrorPage;
use mingcha_pages::office::{Filter, Filters, Indicator, InspectionFormPage, ListPage, OverviewPage, SignInPage, Work};
use mingcha_pages::parts::{Align, Choice, Empty, Field, Grid, Head, Input, Light, Line, Link, Notice, Pager, Tone};
use mingcha_pages::{Place, Template};
use mingcha_words::Lang;

use super::frame;

pub fn examples(lang: Lang, add: &mut dyn FnMut(&str, String)) {
    add("sign-in", sign_in(lang, None));
    let wrong = Notice::bad("账号或密码不对。", "再试一次；连续错五次会锁定十五分钟。", Some("MC-ACCESS-002".into()));
    add("sign-in-wrong", sign_in(lang, Some(wrong)));
    add("overview", overview(lang, true));
    add("overview-nothing", overview(lang, false));
    add("findings", findings(lang, true));
    add("findings-nothing", findings(lang, false));
    add("inspection-new", inspection(lang));
    add("office-model", super::portal::office_article(lang));
    add("not-found", not_found(lang));
}

fn sign_in(lang: Lang, failed: Option<Notice>) -> String {
    let mut frame = frame(lang, Place::Public, "登录");
    frame.me = None;
    SignInPage { frame, login: "jingban".into(), next: "/office".into(), failed }.render().expect("renders")
}

fn work(href: &str, text: &str, under: &str, light: Light) -> Work {
    Work { link: Link::new(href, text), under: under.into(), light: Some(light), n: None }
}

fn overview(lang: Lang, full: bool) -> String {
    let mine = vec![
        work(
            "/office/findings/1",
            "李*（330999********0023）在 2023 年享受培训补贴 4 次，合计 3,100.00 元，超过每年三次。",
            "一年内享受补贴超过三次 · 区人社局反馈：属实",
            Light::new(Tone::Amber, "待列入问题"),
        ),
        work(
            "/office/findings/2",
            "证书 S000033090223088 的补贴发放了 2 次，合计 1,600.00 元。",
            "同一证书重复享受补贴 · 区人社局反馈：部分属实",
            Light::new(Tone::Amber, "待列入问题"),
        ),
        work(
            "/office/problems/9",
            "2023-09 号问题已整改，等您复核：退回两笔重复发放的补贴。",
            "区人社局 · 2023-12-27 反馈",
            Light::new(Tone::Amber, "待复核"),
        ),
        work(
            "/office/findings/3",
            "赵**（330999********1171）在职期间领取培训补贴 900.00 元。<img src=x>",
            "公职人员享受补贴 · 2023-12-26 首次出现",
            Light::new(Tone::Grey, "待派发"),
        ),
        work(
            "/office/findings/4",
            "孙*（330999********5502）在 2023 年享受培训补贴 5 次，合计 3,900.00 元。",
            "一年内享受补贴超过三次 · 2023-12-26 首次出现",
            Light::new(Tone::Grey, "待派发"),
        ),
    ];
    let late = vec![Work {
        link: Link::new("/office/findings?unit=rsj&late=1", "区人社局"),
        under: "最早应于 2023-12-22 反馈，已过 5 个工作日".into(),
        light: Some(Light::new(Tone::Red, "逾期 2 件")),
        n: None,
    }];
    let changed = vec![
        Work {
            link: Link::new(
                "/office/ledgers/vocational_training.training_subsidy",
                "培训补贴发放入库第 14 批：212 行收下，3 行待改",
            ),
            under: "2023-12-29 09:12 · 区人社局 王芳".into(),
            light: None,
            n: None,
        },
        Work {
            link: Link::new("/office/findings", "模型新发现 2 条疑点，1 条消失"),
            under: "2023-12-29 09:12 · 自动".into(),
            light: None,
            n: None,
        },
        Work {
            link: Link::new("/office/findings/8", "区人社局反馈了一条疑点：属实"),
            under: "2023-12-28 16:40 · 王芳".into(),
            light: None,
            n: None,
        },
    ];
    OverviewPage {
        frame: frame(lang, Place::Overview, "我的待办"),
        heading: if full {
            "2023 年 12 月 29 日，有 7 件事等您办".into()
        } else {
            "2023 年 12 月 29 日，没有事等您办".into()
        },
        mine: if full { mine } else { Vec::new() },
        mine_all: full.then(|| Link::new("/office/findings?mine=1", "全部 7 件")),
        mine_none: Empty::new("都办完了", "模型发现新的疑点、单位反馈或整改之后，会列在这里。", None),
        late: if full { late } else { Vec::new() },
        changed: if full { changed } else { Vec::new() },
    }
    .render()
    .expect("renders")
}

fn findings(lang: Lang, full: bool) -> String {
    let heads = vec![
        Head::new("疑点", Align::Lead),
        Head::new("模型", Align::Short),
        Head::new("单位", Align::Short),
        Head::new("状态", Align::Plain),
        Head::new("期限", Align::Day),
        Head::new("首次出现", Align::Day),
    ];
    let row = |n: u32, sentence: &str, model: &str, unit: &str, light: Light, due: &str| {
        let link = Link::new(format!("/office/findings/{n}"), sentence);
        Line::of(vec![link.into(), model.into(), unit.into(), light.into(), due.into(), "2023-11-06".into()])
    };
    let lines = vec![
        row(
            1,
            "王**（330999********1234）在 2023 年享受培训补贴 4 次，合计 3,200.00 元，超过每年三次的上限。",
            "一年内享受补贴超过三次",
            "区人社局",
            Light::new(Tone::Red, "待核查 · 逾期 5 个工作日"),
            "2023-12-22",
        ),
        row(
            2,
            "证书 S000033090223088 的补贴发放了 2 次，合计 1,600.00 元。",
            "同一证书重复享受补贴",
            "区人社局",
            Light::new(Tone::Amber, "待核查 · 还有 3 个工作日"),
            "2024-01-04",
        ),
        row(
            3,
            "赵**（330999********1171）在职期间领取培训补贴 900.00 元。",
            "公职人员享受补贴",
            "",
            Light::new(Tone::Grey, "待派发"),
            "",
        ),
        row(
            4,
            "孙*（330999********5502）在 2023 年享受培训补贴 5 次，合计 3,900.00 元，超过每年三次的上限。",
            "一年内享受补贴超过三次",
            "区人社局",
            Light::new(Tone::Amber, "已反馈：属实"),
            "2023-12-29",
        ),
        row(
            5,
            "证书 S000033090223102 的补贴发放了 2 次，合计 1,800.00 元。",
            "同一证书重复享受补贴",
            "区人社局",
            Light::new(Tone::Green, "已列入问题 2023-07"),
            "",
        ),
        row(
            6,
            "<img src=x>钱*（330999********0458）在 2023 年享受培训补贴 4 次，合计 2,900.00 元。",
            "一年内享受补贴超过三次",
            "区人社局",
            Light::new(Tone::Grey, "不属实：数据错误"),
            "",
        ),
    ];
    let empty = Empty::new(
        "没有符合条件的疑点",
        "台账入库后模型会自动运行，发现的疑点列在这里。",
        Some(Link::new("/office/findings", "看全部疑点")),
    );
    let grid = Grid::list("疑点", heads, if full { lines } else { Vec::new() }, empty).pager(Pager {
        note: "第 1–50 条，共 126 条".into(),
        previous: None,
        next: Some(Link::new("/office/findings?after=50", "下一页")),
    });
    let choice = |value: &str, label: &str, chosen| Choice::new(value, label, chosen);
    let filters = Filters {
        action: "/office/findings".into(),
        filters: vec![
            Filter {
                name: "unit".into(),
                label: "单位".into(),
                choices: vec![choice("", "所有单位", true), choice("rsj", "区人社局", false)],
            },
            Filter {
                name: "state".into(),
                label: "状态".into(),
                choices: vec![choice("", "没有办结的", true), choice("waiting", "待派发", false)],
            },
            Filter {
                name: "model".into(),
                label: "模型".into(),
                choices: vec![choice("", "所有模型", true), choice("m", "一年内享受补贴超过三次", false)],
            },
            Filter {
                name: "late".into(),
                label: "期限".into(),
                choices: vec![choice("", "不论期限", true), choice("1", "逾期", false)],
            },
        ],
        day: None,
        search: Some(mingcha_pages::office::Search {
            name: "text".into(),
            label: "编号、人、证书".into(),
            value: String::new(),
        }),
        submit: "筛选".into(),
        clear: None,
    };
    ListPage {
        frame: frame(lang, Place::Findings, "疑点"),
        heading: "126 条疑点没有办结".into(),
        intro: "疑点是模型提出的问题，不是结论。派给单位核查后才知道是否属实。".into(),
        action: None,
        drop: None,
        filters: Some(filters),
        tables: vec![(String::new(), grid)],
    }
    .render()
    .expect("renders")
}

fn inspection(lang: Lang) -> String {
    let answers = || {
        vec![
            Choice::new("ok", "没有问题", false),
            Choice::new("problem", "有问题", false),
            Choice::new("na", "不适用", false),
        ]
    };
    let titles = [
        "学校制度上墙",
        "办学地址与许可一致",
        "师资备案与授课一致",
        "培训班级备案",
        "学员考勤",
        "考务安排",
        "证书发放",
        "补贴申领资料",
        "收费公示",
        "消防安全",
        "投诉渠道公示",
    ];
    let indicators = titles.iter().zip(1..).map(|(title, no)| Indicator {
        no,
        title: (*title).into(),
        how: "看现场，查资料，核对与备案是否一致。".into(),
        answers: answers(),
        remark: String::new(),
        error: (no == 3).then(|| "选一项：没有问题、有问题或不适用。".into()),
    });
    let units = vec![Choice::new("a", "海山技能培训学校", true), Choice::new("b", "昌国职业培训中心", false)];
    InspectionFormPage {
        frame: frame(lang, Place::Inspections, "登记检查"),
        crumbs: vec![Link::new("/office/inspections", "检查")],
        checklist: "职业技能培训督导检查表（第 1 版，11 项）".into(),
        action: "/office/inspections".into(),
        failed: Some(Notice::bad("11 项里还有 1 项没有答。", "补上第 3 项再保存；其余已填的都保留着。", None)),
        fields: vec![
            Field::new("inspection", "subject", "检查对象", Input::Select(units)),
            Field::new("inspection", "on", "检查日期", Input::Day).value("2023-12-28"),
            Field::new("inspection", "inspectors", "检查人员", Input::Text)
                .hint("至少两人，用顿号分开")
                .value("周明、王芳"),
        ],
        hidden: Vec::new(),
        indicators: indicators.collect(),
    }
    .render()
    .expect("renders")
}

fn not_found(lang: Lang) -> String {
    ErrorPage {
        frame: frame(lang, Place::Public, "没有这一页"),
        heading: "没有这一页".into(),
        remedy: "可能是地址写错了，也可能您没有查看它的权限。".into(),
        code: Some("MC-WEB-001".into()),
        request: "7f3a9c21".into(),
        ways: vec![Link::new("/office", "回到我的待办"), Link::new("/", "公开页")],
    }
    .render()
    .expect("renders")
}
