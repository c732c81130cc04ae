//! 数据: the rows of a ledger as they are, or as they were at a version or at the end of a day.

use axum::extract::{Path, RawQuery, State};
use mingcha_domain::{BatchNo, Day, RowRef};
use mingcha_engine::LakeRow;
use mingcha_engine::lake::PageAsk;
use mingcha_ledger::{VersionLine, row_count, row_page, version_list, version_on};
use mingcha_pack::Ledger;
use mingcha_pages::office::{Filter, Filters, Search};
use mingcha_pages::parts::{Cell, Choice, Empty, Grid, Line, Link, Notice, Pager};

use super::finding::{head, masked};
use super::findings::with;
use super::ledger_pages::{ledger_of, page_of, version_choices, version_in_words};
use crate::shell::{Answer, Fields, Site, Visit, page};

const PAGE: usize = 50;
/// Versions that the filter offers; all of them stand on their own page.
const VERSIONS: usize = 50;

/// The page.
pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let ledger = ledger_of(&site, &mut desk, &name).await?;
    let sources = site.platform.sources();
    let ground = site.ledger_ground(&sources);
    let versions = version_list(&mut desk, ground, &name, None, VERSIONS).await?;
    let day: Option<Day> = asked.some("day").map(|_| asked.day("day")).transpose()?;
    // A version that was chosen goes before a day.
    let on_day = match (asked.text("version").parse::<i64>().ok(), day) {
        (None, Some(day)) => Some((day, version_on(&mut desk, ground, &name, day).await?)),
        _ => None,
    };
    let chosen = match &on_day {
        Some((_, line)) => Some(line.as_ref().map_or(0, |line| line.version.snapshot)),
        None => asked.text("version").parse().ok(),
    };
    let which = PageAsk {
        batch: asked.text("batch").parse().ok().map(BatchNo),
        text: asked.some("text").map(str::to_owned),
        after: asked.text("after").parse().ok().map(RowRef::unpack),
        limit: PAGE,
    };
    let found = row_page(&mut desk, ground, &name, chosen, &which).await?;
    let total = row_count(&mut desk, ground, &name, chosen, &which).await?;
    let mut drawn = page_of(&site, &mut desk, &visit, ledger, "/rows").await?;
    drawn.intro = visit.say_with("web-rows-intro", &[("count", total.to_string())]);
    drawn.banner = was_then(&visit, &versions, chosen, on_day.as_ref());
    drawn.filters = Some(filters(&visit, ledger, &name, &asked, &versions, chosen));
    let pager = Pager {
        note: visit
            .say_with("web-rows-shown", &[("count", found.rows.len().to_string()), ("total", total.to_string())]),
        previous: asked.some("after").map(|_| Link::new(with(&asked, "after", ""), visit.say("web-first-page"))),
        next: found
            .next
            .map(|at| Link::new(with(&asked, "after", &at.packed().to_string()), visit.say("web-next-page"))),
    };
    let empty = if which.text.is_some() || which.batch.is_some() {
        Empty::new(visit.say("web-rows-none-such"), visit.say("web-rows-none-such-how"), None)
    } else {
        Empty::new(visit.say("web-rows-none"), visit.say("web-batches-how"), None)
    };
    let lines = found.rows.iter().map(|row| Line::of(cells(&visit, ledger, row))).collect();
    let grid = Grid::sheet(visit.say("web-tab-rows"), heads(&visit, ledger), lines, empty).pager(pager);
    drawn.tables.push((String::new(), grid));
    page(drawn)
}

/// The heads of a ledger's rows: where each came from, then its columns.
pub(crate) fn heads(visit: &Visit, ledger: &Ledger) -> Vec<mingcha_pages::parts::Head> {
    let source = mingcha_pages::parts::Head::new(visit.say("web-source"), mingcha_pages::parts::Align::Short);
    std::iter::once(source).chain(ledger.columns.iter().map(|column| head(visit, column))).collect()
}

/// The way to the line of the sheet that a row came from.
pub(crate) fn source(visit: &Visit, at: RowRef) -> Link {
    let words = [("batch", at.batch.to_string()), ("row", at.row.to_string())];
    Link::new(format!("/office/batches/{}/rows/{}", at.batch, at.row), visit.say_with("web-batch-line", &words))
}

fn cells(visit: &Visit, ledger: &Ledger, row: &LakeRow) -> Vec<Cell> {
    let shown = ledger.columns.iter().zip(&row.values).map(|(column, value)| Cell::from(masked(column, value)));
    std::iter::once(Cell::from(source(visit, row.at))).chain(shown).collect()
}

/// Says that it is an earlier state, so that nobody takes it for today's.
fn was_then(
    visit: &Visit,
    versions: &[VersionLine],
    chosen: Option<i64>,
    on_day: Option<&(Day, Option<VersionLine>)>,
) -> Option<Notice> {
    let words = |line: &VersionLine| version_in_words(visit, line);
    match on_day {
        Some((day, None)) => {
            return Some(Notice::care(visit.say_with("web-rows-before-all", &[("day", day.to_string())])));
        }
        Some((day, Some(line))) => {
            let facts = [("day", day.to_string()), ("version", words(line))];
            return Some(Notice::care(visit.say_with("web-rows-on-day", &facts)));
        }
        None => {}
    }
    let chosen = chosen.filter(|version| versions.first().is_none_or(|newest| newest.version.snapshot > *version))?;
    let line = versions.iter().find(|line| line.version.snapshot == chosen);
    let version = match line {
        Some(line) => words(line),
        None => visit.say_with("web-version", &[("version", chosen.to_string())]),
    };
    Some(Notice::care(visit.say_with("web-rows-then", &[("version", version)])))
}

fn filters(
    visit: &Visit,
    ledger: &Ledger,
    name: &str,
    asked: &Fields,
    versions: &[VersionLine],
    chosen: Option<i64>,
) -> Filters {
    let action = format!("/office/ledgers/{name}/rows");
    let by_version = asked.some("version").and(chosen);
    let mut choices = vec![Choice::new("", visit.say("web-version-now"), false)];
    choices.extend(version_choices(visit, versions, by_version));
    let keys: Vec<&str> =
        ledger.key.iter().filter_map(|key| ledger.column(key)).map(|column| column.title.as_str()).collect();
    let label = visit.say_with("web-rows-search", &[("key", keys.join("、"))]);
    let filtered = ["version", "day", "batch", "text"].into_iter().any(|name| asked.some(name).is_some());
    Filters {
        filters: vec![Filter { name: "version".into(), label: visit.say("web-tab-versions"), choices }],
        day: Some(Search {
            name: "day".into(),
            label: visit.say("web-version-on-day"),
            value: asked.text("day").into(),
        }),
        search: Some(Search { name: "text".into(), label, value: asked.text("text").into() }),
        submit: visit.say("web-filter"),
        clear: filtered.then(|| Link::new(action.clone(), visit.say("web-filter-clear"))),
        action,
    }
}
