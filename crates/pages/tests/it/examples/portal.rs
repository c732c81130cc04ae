//! The public pages, with an edition and before the first one; and a model as an article, for both sides.

use mingcha_pages::chart::{Bar, bars};
use mingcha_pages::office::{Article, ArticlePage, Body, Card, Chip, Count, WorkedCase, WorkedTable};
use mingcha_pages::parts::{Align, Empty, Fact, Grid, Head, Light, Line, Link, Prose, Sql, Tone};
use mingcha_pages::portal::{
    BulletinPage, BulletinsPage, Counted, FigureLine, FigurePage, HomePage, InterfacePage, ModelLine, Operation,
    ProjectCard, ProjectPage, Proof, PublicModelPage, PublicModelsPage, Quote, Trend,
};
use mingcha_pages::{Frame, Place, Template};
use mingcha_words::Lang;

use super::frame;

pub fn examples(lang: Lang, add: &mut dyn FnMut(&str, String)) {
    add("home", home(lang, true));
    add("home-unpublished", home(lang, false));
    add("project", project(lang));
    add("figure", figure(lang));
    add("bulletin", bulletin(lang));
    add("bulletins", bulletins(lang, true));
    add("bulletins-unpublished", bulletins(lang, false));
    add("models", models(lang));
    add("interface", interface(lang));
    add("model", PublicModelPage { frame: public(lang, "模型"), article: article() }.render().expect("renders"));
}

fn public(lang: Lang, title: &str) -> Frame {
    let mut frame = frame(lang, Place::Public, title);
    frame.here = "/".into();
    frame
}

fn interface(lang: Lang) -> String {
    let call = |method: &str, path: &str, summary: &str| Operation {
        method: method.into(),
        path: path.into(),
        summary: summary.into(),
        description: "好的行收下，其余退回并说明。".into(),
        parameters: vec![("ledger".into(), "台账全名".into()), ("Idempotency-Key".into(), "这次请求的键".into())],
        scope: "ledger:import".into(),
        example: "curl -H \"Authorization: Bearer $TOKEN\" --data-binary @十一月.xlsx $BASE/api/v1/ledgers/".into(),
    };
    let operations = vec![
        call("GET", "/api/v1/ledgers", "台账及其各列"),
        call("POST", "/api/v1/ledgers/{ledger}/imports", "报送一份表"),
    ];
    InterfacePage { frame: public(lang, "接口说明"), operations }.render().expect("renders")
}

fn figures() -> Vec<Counted> {
    [
        ("problems_rectified", "22", "个", "整改问题"),
        ("persons_involved", "88", "人", "涉及人数"),
        ("funds_recovered", "8.69", "万元", "追回资金"),
        ("supervision_indicators", "11", "项", "监督指标"),
        ("inspections", "42", "次", "开展检查"),
    ]
    .into_iter()
    .map(|(key, n, unit, of)| Counted {
        href: format!("/projects/vocational_training/{key}"),
        n: n.into(),
        unit: unit.into(),
        of: of.into(),
        exact: n.into(),
    })
    .collect()
}

fn lines() -> Vec<ModelLine> {
    vec![
        ModelLine {
            link: Link::new("/models/vocational_training.more_than_three_a_year", "一年内享受补贴超过三次"),
            lead: "同一人在一个自然年里领取培训补贴多于规定次数。".into(),
        },
        ModelLine {
            link: Link::new("/models/vocational_training.certificate_subsidised_twice", "同一证书重复享受补贴"),
            lead: "同一本证书领取了不止一次补贴。".into(),
        },
        ModelLine {
            link: Link::new("/models/vocational_training.civil_servant_subsidised", "公职人员享受补贴"),
            lead: "在职公职人员领取了培训补贴。".into(),
        },
    ]
}

fn home(lang: Lang, published: bool) -> String {
    let card = ProjectCard {
        href: "/projects/vocational_training".into(),
        title: "职业技能培训领域突出问题专项治理".into(),
        lead: "区人社局牵头".into(),
        goal: "重点治理违规开展培训和评价、违规发证、虚假冒领培训补贴等问题，让补贴真正用在学技能的人身上。".into(),
        light: None,
        figures: if published { figures() } else { Vec::new() },
    };
    let inspections = Counted {
        href: "/projects/programme/inspections".into(),
        n: "194".into(),
        unit: "次".into(),
        of: "督导检查".into(),
        exact: "194 次".into(),
    };
    HomePage {
        frame: public(lang, "治理项目"),
        heading: "2023 年，群众身边的事治理得怎么样？".into(),
        lede: "区里把群众反映强烈的事列为治理项目，逐件查、逐件改。每个数字都由原始记录算出，点开可以看到怎么算、有多少条记录。".into(),
        programme: if published { vec![inspections] } else { Vec::new() },
        projects: vec![card],
        edition: published.then(|| Link::new("/bulletins/1", "2023 年成果通报 第 1 版，2023-12-29 发布")),
        unpublished: (!published).then(|| Empty::new("还没有发布成果通报", "监督员发布之后，各项数字会出现在这里。", None)),
        models: lines(),
    }
    .render()
    .expect("renders")
}

fn project(lang: Lang) -> String {
    let definition = "本年度专项治理中立案整改并已销号的问题数，一个问题可以依据多条疑点。";
    ProjectPage {
        frame: public(lang, "职业技能培训"),
        title: "职业技能培训领域突出问题专项治理".into(),
        lead: "区人社局牵头".into(),
        goal: "重点治理违规开展培训和评价、违规发证、虚假冒领培训补贴等问题，让补贴真正用在学技能的人身上。".into(),
        figures: figures().into_iter().map(|number| FigureLine { number, definition: definition.into() }).collect(),
        edition: Some(Link::new("/bulletins/1", "2023 年成果通报 第 1 版，2023-12-29 发布")),
        unpublished: None,
        section: Some(Prose::markdown("- 聚焦问题整改。共整改问题22个，涉及人数88人，追回违规资金8.69万元。\n- 聚焦督导检查。制定11项具体监督指标，累计开展检查42次。")),
        models: lines(),
    }
    .render()
    .expect("renders")
}

fn figure(lang: Lang) -> String {
    let months = [900.0, 1300.0, 2900.0, 3700.0, 5900.0, 14_200.0, 7000.0, 5200.0, 8300.0, 4400.0, 2700.0, 2000.0];
    let heights: Vec<Bar> = months
        .iter()
        .zip(1..)
        .map(|(value, month)| Bar { label: format!("{month}月"), value: *value, said: "1.42 万".into() })
        .collect();
    let table = Grid {
        walk: false,
        ..Grid::list(
            "每月",
            vec![Head::new("月", Align::Lead), Head::new("金额（元）", Align::Number)],
            vec![Line::of(vec!["1月".into(), "900.00".into()])],
            Empty::new("没有数据", "", None),
        )
    };
    FigurePage {
        frame: public(lang, "追回资金"),
        project: Link::new("/projects/vocational_training", "职业技能培训"),
        title: "追回资金".into(),
        n: "8.69".into(),
        unit: "万元".into(),
        quote: Some(Quote {
            before: "共整改问题22个，涉及人数88人，追回违规资金".into(),
            number: "8.69万元".into(),
            after: "。".into(),
        }),
        edition: Link::new("/bulletins/1", "2023 年成果通报 第 1 版"),
        definition: "2023 年专项治理中已收回财政账户的补贴资金合计，按到账金额相加，四舍五入到 0.01 万元。".into(),
        counted: "精确值 86,900.00 元，由 41 条追回记录得出。".into(),
        trend: bars("每月追回资金", &heights).map(|chart| Trend {
            chart,
            note: "单位：元，按到账月份。".into(),
            table,
            download: Link::new("/projects/vocational_training/funds_recovered/months.csv", "下载 CSV"),
        }),
        proof: Proof {
            said: "发布时，这个数字和它每一条记录的摘要一起写进了操作留痕。".into(),
            facts: vec![Fact::new("数据截至", "2023-12-29"), Fact::new("发布前留痕", "20,118 条")],
            digests: vec![(
                "记录摘要（SM3）".into(),
                "9f2c71d08b5e4a6f3c9d12e7b8a04f5566778899aabbccddeeff00112233a71e".into(),
            )],
        },
    }
    .render()
    .expect("renders")
}

fn bulletin(lang: Lang) -> String {
    BulletinPage {
        frame: public(lang, "成果通报"),
        title: "2023 年群众身边“急难愁盼”问题专项治理成果通报".into(),
        stamp: "第 1 版 · 2023-12-29 发布 · 数据截至 2023-12-29".into(),
        note: "发布说明：年度通报 <img src=x>".into(),
        prose: Prose::markdown("## 治理项目：职业技能培训领域突出问题专项治理\n\n牵头单位：区人社局\n\n问题清仓见底，整改动真碰硬。共整改问题22个，涉及人数88人，追回违规资金8.69万元。\n\n制定考试机构和考点监管等11项具体监督指标，累计开展检查42次。"),
        downloads: vec![Link::new("/bulletins/1/bulletin.md", "下载 Markdown")],
    }
    .render()
    .expect("renders")
}

fn bulletins(lang: Lang, published: bool) -> String {
    let edition = |no: i64| {
        let link = Link::new(format!("/bulletins/{no}"), format!("第 {no} 期　2023 年专项治理成果通报"));
        (link, "2023-12-29 发布。年度通报 <img src=x>".into())
    };
    BulletinsPage {
        frame: public(lang, "成果通报"),
        editions: if published { vec![edition(2), edition(1)] } else { Vec::new() },
        older: None,
        empty: Empty::new("还没有发布成果通报", "监督员发布之后，列在这里。", None),
    }
    .render()
    .expect("renders")
}

fn models(lang: Lang) -> String {
    PublicModelsPage {
        frame: public(lang, "公开模型"),
        projects: vec![("职业技能培训".into(), lines())],
        empty: Empty::new("还没有公开的模型", "", None),
    }
    .render()
    .expect("renders")
}

pub fn article() -> Article {
    let empty = || Empty::new("没有", "", None);
    let params = Grid {
        walk: false,
        ..Grid::list(
            "参数",
            vec![
                Head::new("名称", Align::Mono),
                Head::new("值", Align::Number),
                Head::new("自", Align::Day),
                Head::new("至", Align::Day),
                Head::new("级别", Align::Plain),
                Head::new("来源", Align::Lead),
            ],
            vec![Line::of(vec![
                "limit".into(),
                "3".into(),
                "2022-01-01".into(),
                "".into(),
                "省".into(),
                "浙江省职业培训补贴规定".into(),
            ])],
            empty(),
        )
    };
    let given = Grid {
        walk: false,
        ..Grid::list(
            "给出",
            vec![
                Head::new("grant_no", Align::Mono),
                Head::new("resident_id", Align::Mono),
                Head::new("granted_on", Align::Day),
                Head::new("amount", Align::Number),
            ],
            vec![
                Line::of(vec!["一".into(), "甲".into(), "2023-01-05".into(), "800.00".into()]),
                Line::of(vec!["二".into(), "甲".into(), "2023-04-11".into(), "800.00".into()]),
                Line::of(vec!["三".into(), "甲".into(), "2023-07-20".into(), "700.00".into()]),
                Line::of(vec!["四".into(), "甲".into(), "2023-10-18".into(), "900.00".into()]),
            ],
            empty(),
        )
    };
    let then = Grid {
        walk: false,
        ..Grid::list(
            "得出",
            vec![
                Head::new("resident_id", Align::Mono),
                Head::new("year", Align::Number),
                Head::new("times", Align::Number),
            ],
            vec![Line::of(vec!["甲".into(), "2023".into(), "4".into()])],
            empty(),
        )
    };
    Article {
        title: "一年内享受补贴超过三次".into(),
        lead: Prose::markdown("同一人在一个自然年里领取职业技能培训补贴**多于三次**（第四次起）。"),
        chips: vec![Chip::Light(Light::new(Tone::Green, "在用")), Chip::Text("核查类".into()), Chip::Text("版本 3f9c12ab".into())],
        sections: vec![
            ("为什么查".into(), Prose::markdown("补贴按人按年限次。甲一月、四月、七月各领一次，十月又领一次：第四次就该问一问。企业和学校代领的也计入本人次数。")),
            ("怎么核实".into(), Prose::markdown("1. 调取各次申领的银行回单，确认是否同一笔分次到账；\n2. 核对证书查询网；\n3. 请发放单位说明最后一次的审核人。")),
            ("查不到什么".into(), Prose::markdown("- 其他区发放的补贴：本区台账里没有；\n- 身份证号缺失的行：不能归到人，列在数据质量里。")),
        ],
        basis: vec!["《浙江省职业培训补贴管理办法》第九条".into()],
        params_prose: Prose::markdown("`limit`：一年最多享受的次数。"),
        params: Some(params),
        sql: Sql("SELECT s.resident_id, date_part('year', s.granted_on) AS year,\n       count(*) AS times, sum(s.amount) AS amount,\n       evidence(s._ref) AS evidence\nFROM training_subsidy s\nGROUP BY s.resident_id, year\nHAVING count(*) > $limit".into()),
        cases: vec![WorkedCase { title: "第四次就出现".into(), prose: Prose::markdown("甲在 2023 年领了四次。"), tables: vec![WorkedTable { title: "给出 training_subsidy".into(), grid: given }, WorkedTable { title: "得出".into(), grid: then }], fulfilled: Some(true) }],
    }
}

pub fn office_article(lang: Lang) -> String {
    ArticlePage {
        frame: frame(lang, Place::Models, "模型"),
        crumbs: vec![Link::new("/office/models", "模型")],
        article: article(),
        aside: vec![
            Card::new(
                "现在的疑点",
                Body::Counts(vec![Count::plain("48", "没有办结"), Count::plain("31", "已列入问题")]),
            )
            .link(Link::new("/office/findings?model=m", "查看")),
        ],
    }
    .render()
    .expect("renders")
}
