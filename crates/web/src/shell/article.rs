//! A pack's model as an article, for the office and for everybody.

use mingcha_domain::Value;
use mingcha_pack::{Case, CaseTable, Effect, Model, Param, Status};
use mingcha_pages::office::{Article, Chip, WorkedCase, WorkedTable};
use mingcha_pages::parts::{Align, Empty, Grid, Head, Light, Line, Prose, Sql, Tone};
use mingcha_words::Lang;

use super::Visit;

/// Sections that the page has a place of its own for.
const BASIS: &str = "依据";
const PARAMS: &str = "参数";

/// The article. `worked` tells of each worked case whether it came out as written.
pub(crate) fn article(visit: &Visit, model: &Model, worked: &[bool]) -> Article {
    let basis: String = model.basis.iter().map(|law| format!("\n- {law}")).collect();
    let has_basis = model.sections.iter().any(|section| section.heading == BASIS);
    let sections = model.sections.iter().filter(|section| section.heading != PARAMS).map(|section| {
        let more = if section.heading == BASIS { format!("\n\n{basis}") } else { String::new() };
        (section.heading.clone(), Prose::markdown(&format!("{}{more}", section.markdown)))
    });
    let params = model.sections.iter().find(|section| section.heading == PARAMS);
    Article {
        title: title(visit, model),
        lead: Prose::markdown(&model.lead),
        chips: chips(visit, model),
        sections: sections.collect(),
        basis: if has_basis { Vec::new() } else { model.basis.clone() },
        params_prose: params.map(|section| Prose::markdown(&section.markdown)).unwrap_or_default(),
        params: (!model.params.is_empty()).then(|| param_grid(visit, &model.params)),
        sql: Sql(model.sql.value.clone()),
        cases: model
            .cases
            .iter()
            .enumerate()
            .map(|(at, case)| worked_case(visit, case, worked.get(at).copied()))
            .collect(),
    }
}

/// The model's title in the visitor's language.
pub(crate) fn title(visit: &Visit, model: &Model) -> String {
    if visit.lang == Lang::En && !model.title_en.is_empty() { model.title_en.clone() } else { model.title.clone() }
}

fn chips(visit: &Visit, model: &Model) -> Vec<Chip> {
    let (tone, status) = match model.status {
        Status::Draft => (Tone::Grey, "web-model-draft"),
        Status::Trial => (Tone::Amber, "web-model-trial"),
        Status::Live => (Tone::Green, "web-model-live"),
        Status::Retired => (Tone::Grey, "web-model-retired"),
    };
    let effect = match model.effect {
        Effect::Hint => "web-effect-hint",
        Effect::Verify => "web-effect-verify",
        Effect::HoldPayment => "web-effect-hold",
    };
    let version: String = model.version.chars().take(8).collect();
    vec![
        Chip::Light(Light::new(tone, visit.say(status))),
        Chip::Text(visit.say(effect)),
        Chip::Text(visit.say_with("web-model-version", &[("version", version)])),
    ]
}

fn param_grid(visit: &Visit, params: &[Param]) -> Grid {
    let heads = [
        ("web-param-name", Align::Mono),
        ("web-param-value", Align::Number),
        ("web-param-for", Align::Short),
        ("web-param-from", Align::Day),
        ("web-param-to", Align::Day),
        ("web-param-level", Align::Short),
        ("web-param-source", Align::Lead),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let day = |day: Option<mingcha_domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let lines = params.iter().map(|param| {
        let keys: Vec<String> = param.keys.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        Line::of(vec![
            param.name.clone().into(),
            param.value.to_string().into(),
            keys.join("，").into(),
            day(param.valid_from).into(),
            day(param.valid_to).into(),
            param.level.clone().into(),
            param.source.clone().into(),
        ])
    });
    still(visit.say("web-model-params"), heads, lines.collect())
}

fn worked_case(visit: &Visit, case: &Case, fulfilled: Option<bool>) -> WorkedCase {
    let mut tables: Vec<WorkedTable> = case.given.iter().map(|table| given(visit, case, table)).collect();
    let heads = case.then.columns.iter().map(|column| Head::new(column.value.clone(), Align::Plain)).collect();
    let rows: Vec<Line> = case
        .then
        .rows
        .iter()
        .map(|row| Line::of(row.cells.iter().map(|cell| cell.as_str().into()).collect()))
        .collect();
    let title = visit.say(if rows.is_empty() { "web-case-then-nothing" } else { "web-case-then" });
    tables.push(WorkedTable { grid: still(format!("{} · {title}", case.title), heads, rows), title });
    WorkedCase { title: case.title.clone(), prose: Prose::markdown(&case.prose), tables, fulfilled }
}

fn given(visit: &Visit, case: &Case, table: &CaseTable) -> WorkedTable {
    let heads = table.columns.iter().map(|column| Head::new(column.name.clone(), Align::Plain)).collect();
    let text = |value: &Value| if *value == Value::Null { String::new() } else { value.to_string() };
    let rows = table.rows.iter().map(|row| Line::of(row.cells.iter().map(|cell| text(cell).into()).collect()));
    let title = visit.say_with("web-case-given", &[("ledger", table.ledger.clone())]);
    WorkedTable { grid: still(format!("{} · {title}", case.title), heads, rows.collect()), title }
}

/// A small table that is no list to walk.
fn still(caption: String, heads: Vec<Head>, lines: Vec<Line>) -> Grid {
    Grid { walk: false, ..Grid::sheet(caption, heads, lines, Empty::new("", "", None)) }
}
