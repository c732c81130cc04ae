//! A published figure: the number, its sentence, how it is computed, month by month, and where its proof stands.

use axum::extract::{Path, State};
use mingcha_pack::Aggregate;
use mingcha_pages::Place;
use mingcha_pages::chart::{Bar, bars};
use mingcha_pages::parts::{Align, Empty, Fact, Grid, Head, Line, Link};
use mingcha_pages::portal::{FigurePage, Proof, Quote, Trend};
use mingcha_publish::{Edition, FigureValue, PublishedFigure};
use mingcha_words::Lang;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::home::project_title;
use super::published::{Month, Published, counted, figure_address, figure_title, grouped, months};
use crate::shell::{Answer, Failure, Site, Visit, download, page};

/// Months in the picture, the last ones; the table has all.
const BARS_MAX: usize = 36;

/// A figure.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path((pack, key)): Path<(String, String)>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let newest = Published::newest(&mut tx).await?.ok_or_else(Failure::not_found)?;
    let known = find(&newest, &pack, &key)?;
    let number = counted(&visit, &known.figure);
    page(FigurePage {
        frame: site.frame_in(&mut tx, &visit, Place::Public, number.of.clone()).await?,
        project: above(&site, &visit, &pack),
        title: number.of,
        n: number.n,
        unit: number.unit,
        quote: known.quote.as_ref().map(shortened),
        edition: newest.link(&visit),
        definition: known.figure.definition.clone(),
        counted: how_many(&visit, &known.figure),
        trend: trend(&visit, &known.figure, &by_month(&site, &newest.edition, known)),
        proof: proof(&visit, &newest, known),
    })
}

/// Its table of months, for a spreadsheet.
pub(crate) async fn table(State(site): State<Site>, visit: Visit, Path((pack, key)): Path<(String, String)>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let newest = Published::newest(&mut tx).await?.ok_or_else(Failure::not_found)?;
    let known = find(&newest, &pack, &key)?;
    let months = by_month(&site, &newest.edition, known);
    let name = format!("{pack}.{key}-{}.csv", newest.edition.no);
    download(&name, "text/csv; charset=utf-8", csv(&visit, &known.figure, &months))
}

/// Most characters of a sentence on either side of its number.
const BEFORE_MAX: usize = 40;
const AFTER_MAX: usize = 20;

/// The sentence around its number. Of a long one only the clauses that are near: the whole of it stands in the bulletin,
/// one step away.
fn shortened(quote: &mingcha_publish::Quote) -> Quote {
    let clauses = |text: &str| text.split_inclusive(['，', '；', '：']).map(str::to_owned).collect::<Vec<String>>();
    let length = |clause: &String| clause.chars().count();
    let (mut before, mut after) = (clauses(&quote.before), clauses(&quote.after));
    let whole = (before.len(), after.len());
    while before.iter().map(length).sum::<usize>() > BEFORE_MAX && before.len() > 1 {
        before.remove(0);
    }
    while after.iter().map(length).sum::<usize>() > AFTER_MAX && !after.is_empty() {
        after.pop();
    }
    let mut shown = Quote { before: before.concat(), number: quote.number.clone(), after: after.concat() };
    if before.len() < whole.0 {
        shown.before.insert_str(0, "……");
    }
    if after.len() < whole.1 {
        shown.after = shown.after.trim_end_matches(['，', '；', '：']).to_owned() + "……";
    }
    shown
}

fn find<'a>(newest: &'a Published, pack: &'a str, key: &str) -> Result<&'a PublishedFigure, Failure> {
    newest.of(pack).find(|known| known.figure.key == key).ok_or_else(Failure::not_found)
}

/// The page above: the project's, or home for a number of the programme as a whole.
fn above(site: &Site, visit: &Visit, pack: &str) -> Link {
    match site.platform.packs.pack(pack).and_then(|pack| pack.project.as_ref()) {
        Some(project) => Link::new(format!("/projects/{pack}"), project_title(visit, project)),
        None => Link::new("/", visit.say("web-public-projects")),
    }
}

fn how_many(visit: &Visit, figure: &FigureValue) -> String {
    let facts = [
        ("count", figure.count.to_string()),
        ("value", grouped(figure.value)),
        ("unit", figure.unit.clone()),
        ("said", figure.said_with_unit.clone()),
    ];
    let as_computed = figure.said == figure.value.normalize().to_string();
    visit.say_with(if as_computed { "web-portal-counted" } else { "web-portal-counted-exact" }, &facts)
}

/// Its months. A mean of no records is not zero but nothing.
fn by_month(site: &Site, edition: &Edition, known: &PublishedFigure) -> Vec<(Month, Decimal)> {
    let definition = site.platform.packs.figure(&known.figure.full_name());
    let is_mean = definition.is_some_and(|figure| matches!(figure.aggregate, Aggregate::Mean(_)));
    months(&known.by_month, edition.as_of, !is_mean)
}

fn trend(visit: &Visit, figure: &FigureValue, months: &[(Month, Decimal)]) -> Option<Trend> {
    let of_one_year = months.iter().all(|(month, _)| month.year == months[0].0.year);
    let label = |month: Month| match of_one_year {
        true => visit.say_with("web-portal-month", &[("month", month.month.to_string())]),
        false => month.to_string(),
    };
    let shown = &months[months.len().saturating_sub(BARS_MAX)..];
    let heights: Vec<Bar> = shown
        .iter()
        .map(|(month, value)| Bar {
            label: label(*month),
            value: value.to_f64().unwrap_or_default(),
            said: evenly(*value, months),
        })
        .collect();
    let title = visit.say_with("web-portal-trend", &[("title", figure_title(visit, figure))]);
    let chart = bars(&title, &heights)?;
    let heads = vec![
        Head::new(visit.say("web-portal-month-head"), Align::Lead),
        Head::new(value_head(visit, figure), Align::Number),
    ];
    let lines =
        months.iter().map(|(month, value)| Line::of(vec![month.to_string().into(), evenly(*value, months).into()]));
    let table = Grid { walk: false, ..Grid::list(title, heads, lines.collect(), Empty::new("", "", None)) };
    let mut note = visit.say_with("web-portal-trend-note", &[("unit", figure.unit.clone())]);
    if months.iter().map(|(_, value)| value).sum::<Decimal>() != figure.value {
        // Chinese sentences follow each other without a space.
        note.push_str(if visit.lang == Lang::En { " " } else { "" });
        note.push_str(&visit.say("web-portal-trend-sums"));
    }
    let download = Link::new(format!("{}/months.csv", figure_address(figure)), visit.say("web-portal-csv"));
    Some(Trend { chart, note, table, download })
}

/// A month's number with as many decimals as the others have.
fn evenly(value: Decimal, months: &[(Month, Decimal)]) -> String {
    let decimals = months.iter().map(|(_, value)| value.normalize().scale()).max().unwrap_or_default();
    let mut text = grouped(value);
    let missing = decimals - value.normalize().scale();
    if value != Decimal::ZERO && missing > 0 {
        if missing == decimals {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', missing as usize));
    }
    text
}

fn value_head(visit: &Visit, figure: &FigureValue) -> String {
    let title = figure_title(visit, figure);
    if figure.unit.is_empty() { title } else { format!("{title}（{}）", figure.unit) }
}

fn proof(visit: &Visit, newest: &Published, known: &PublishedFigure) -> Proof {
    let edition = &newest.edition;
    let link = newest.link(visit);
    let size = [("size", grouped(Decimal::from(edition.audit.size)))];
    let sm3 = |hex: &str| format!("SM3 {hex}");
    Proof {
        said: visit.say("web-portal-proof-said"),
        facts: vec![
            Fact::new(visit.say("web-portal-proof-edition"), link),
            Fact::new(visit.say("web-portal-proof-published"), edition.published_at.for_people()),
            Fact::new(visit.say("web-portal-proof-position"), visit.say_with("web-portal-proof-position-value", &size)),
        ],
        digests: vec![
            (visit.say("web-portal-proof-root"), sm3(&known.root)),
            (visit.say("web-portal-proof-definition"), sm3(&known.figure.definition_hash)),
            (visit.say("web-portal-proof-head"), sm3(&hex::encode(edition.audit.root))),
        ],
    }
}

/// With a byte order mark, without which Excel reads Chinese as something else.
fn csv(visit: &Visit, figure: &FigureValue, months: &[(Month, Decimal)]) -> String {
    // A title that begins like a formula is none.
    let quoted = |text: &str| format!("\"{}\"", mingcha_intake::csv_safe(text).replace('"', "\"\""));
    let head = [visit.say("web-portal-month-head"), value_head(visit, figure)];
    let mut text = format!("\u{feff}{},{}\r\n", quoted(&head[0]), quoted(&head[1]));
    for (month, value) in months {
        text.push_str(&format!("{month},{}\r\n", value.normalize()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::published::tests::figure;
    use super::*;

    fn visit() -> Visit {
        Visit {
            lang: mingcha_words::Lang::Zh,
            here: "/".into(),
            request: String::new(),
            session: None,
            door: String::new(),
        }
    }

    fn year() -> Vec<(Month, Decimal)> {
        (1..=12).map(|month| (Month { year: 2023, month }, Decimal::from(month / 6))).collect()
    }

    #[test]
    fn the_table_to_take_away_has_every_month_and_quotes_its_heads() {
        let mut strange = figure("22", "22个", "个");
        strange.title = "整改\"问题\",=1".to_owned();
        let text = csv(&visit(), &strange, &year());
        assert!(text.starts_with("\u{feff}\"月份\",\"整改\"\"问题\"\",=1（个）\"\r\n2023-01,0\r\n"), "{text}");
        assert_eq!(text.lines().count(), 13);
    }

    #[test]
    fn months_that_do_not_add_up_are_explained() {
        let mut known = figure("8", "8个", "个");
        known.value = Decimal::from(8);
        let adds_up = trend(&visit(), &known, &year()).expect("a trend");
        assert!(!adds_up.note.contains("相加"), "{}", adds_up.note);
        known.value = Decimal::from(7);
        let differs = trend(&visit(), &known, &year()).expect("a trend");
        assert!(differs.note.contains("相加不等于全年"), "{}", differs.note);
        assert_eq!(differs.table.lines.len(), 12);
    }

    #[test]
    fn a_rounded_wording_tells_the_computed_number() {
        let mut known = figure("1500余", "1500余条", "条");
        known.value = Decimal::from(1503);
        assert_eq!(how_many(&visit(), &known), "算出来是 1,503 条，由 22 条记录得出；通报里写作“1500余条”。");
        assert_eq!(how_many(&visit(), &figure("22", "22个", "个")), "这个数字由 22 条记录算出。");
    }

    #[test]
    fn months_have_their_decimals_in_common() {
        let months: Vec<(Month, Decimal)> = ["1.1", "0.97", "2", "0"]
            .iter()
            .zip(1..)
            .map(|(text, month)| (Month { year: 2023, month }, text.parse().expect("a number")))
            .collect();
        let said: Vec<String> = months.iter().map(|(_, value)| evenly(*value, &months)).collect();
        assert_eq!(said, ["1.10", "0.97", "2.00", "0"]);
    }

    #[test]
    fn a_long_sentence_keeps_the_clauses_around_its_number() {
        let quote = |before: &str, after: &str| {
            shortened(&mingcha_publish::Quote { before: before.into(), number: "22个".into(), after: after.into() })
        };
        let short = quote("共整改问题", "，涉及88人。");
        assert_eq!((short.before.as_str(), short.after.as_str()), ("共整改问题", "，涉及88人。"));
        let long = format!("{}，会同有关部门，共整改问题", "通过核实".repeat(10));
        let long = quote(&long, &format!("，涉及88人，所涉问题主要是{}。", "某某情况".repeat(10)));
        assert_eq!((long.before.as_str(), long.after.as_str()), ("……会同有关部门，共整改问题", "，涉及88人……"));
    }

    #[test]
    fn a_figure_without_days_has_no_trend() {
        assert!(trend(&visit(), &figure("11", "11项", "项"), &[]).is_none());
    }
}
