//! 质量: how good the rows of a ledger are, each figure with what it is a part of, and what moved since before.

use axum::extract::{Path, RawQuery, State};
use mingcha_domain::RowRef;
use mingcha_ledger::{Quality, dangling, quality, version_list};
use mingcha_pack::{ColumnKind, Ledger};
use mingcha_pages::office::{Body, Card, Count, Filter, Filters};
use mingcha_pages::parts::{Align, Choice, Empty, Fact, Grid, Head, Line, Link, Pager};

use super::finding::{column_title, masked};
use super::findings::with;
use super::ledger_pages::{ledger_of, page_of, version_choices};
use super::ledger_rows::source;
use super::quality_drift::moved_grid;
use super::quality_grids::{complete, references, troubles, twins, valid};
use crate::shell::{Answer, Fields, Site, Visit, page};

/// Rows that point nowhere, on one page.
const DANGLING: usize = 20;
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
    let number = |name: &str| asked.text(name).parse::<i64>().ok();
    let (version, against) = (number("version"), number("against"));
    let looked = quality(&mut desk, ground, &name, version, against).await?;
    let versions = version_list(&mut desk, ground, &name, None, VERSIONS).await?;
    let mut drawn = page_of(&site, &mut desk, &visit, ledger, "/quality").await?;
    drawn.intro = visit.say("web-quality-intro");
    if looked.now.rows == 0 {
        let empty = Empty::new(visit.say("web-rows-none"), visit.say("web-quality-how"), None);
        drawn.tables.push((String::new(), Grid::list(visit.say("web-tab-quality"), Vec::new(), Vec::new(), empty)));
        return page(drawn);
    }
    let mut earlier = vec![Choice::new("", visit.say("web-quality-before-last"), against.is_none())];
    earlier.extend(version_choices(&visit, &versions, against));
    let mut states = vec![Choice::new("", visit.say("web-version-now"), version.is_none())];
    states.extend(version_choices(&visit, &versions, version));
    let action = format!("/office/ledgers/{name}/quality");
    drawn.filters = Some(Filters {
        filters: vec![
            Filter { name: "version".into(), label: visit.say("web-tab-versions"), choices: states },
            Filter { name: "against".into(), label: visit.say("web-quality-against"), choices: earlier },
        ],
        day: None,
        search: None,
        submit: visit.say("web-changes-compare"),
        clear: (version.is_some() || against.is_some())
            .then(|| Link::new(action.clone(), visit.say("web-filter-clear"))),
        action,
    });
    drawn.cards.push(Card::new(visit.say("web-quality-whole"), Body::Counts(counts(&visit, ledger, &looked))));
    drawn
        .cards
        .push(Card::new(visit.say("web-quality-fresh"), Body::Facts(fresh(&visit, ledger, &looked, desk.today))));
    drawn.tables.push((visit.say("web-quality-moved"), moved_grid(&visit, ledger, &looked)));
    drawn.tables.push((visit.say("web-quality-complete"), complete(&visit, ledger, &looked)));
    drawn.tables.push((visit.say("web-quality-valid"), valid(&visit, &looked)));
    drawn.tables.push((visit.say("web-quality-troubles"), troubles(&visit, ledger, &looked)));
    drawn.tables.push((visit.say("web-quality-twins"), twins(&visit, &looked)));
    let pointing = references(&site, &visit, ledger, &looked);
    drawn.tables.extend(pointing.map(|grid| (visit.say("web-quality-references"), grid)));
    if let Ok(references) = &looked.references {
        for reference in references.iter().filter(|reference| reference.missing.is_some_and(|missing| missing > 0)) {
            let column = reference.column.as_str();
            let after = (asked.text("column") == column).then(|| asked.text("after").parse().ok()).flatten();
            let found =
                dangling(&mut desk, ground, &name, column, version, after.map(RowRef::unpack), DANGLING).await?;
            let title = ledger.column(column).map_or_else(|| column.to_owned(), |column| column_title(&visit, column));
            let heading = visit.say_with("web-quality-dangling", &[("column", title.clone())]);
            let mut way = asked.clone();
            way.0.retain(|(field, _)| field != "column" && field != "after");
            way.0.push(("column".into(), column.to_owned()));
            let heads = vec![Head::new(visit.say("web-source"), Align::Lead), Head::new(title, Align::Mono)];
            let lines = found.rows.iter().map(|(at, value)| {
                let shown = ledger.column(column).map_or_else(String::new, |column| masked(column, value));
                Line::of(vec![source(&visit, *at).into(), shown.into()])
            });
            let pager = Pager {
                note: visit.say_with("web-shown", &[("count", found.rows.len().to_string())]),
                previous: after.map(|_: i64| Link::new(with(&way, "after", ""), visit.say("web-first-page"))),
                next: found
                    .next
                    .map(|at| Link::new(with(&way, "after", &at.packed().to_string()), visit.say("web-next-page"))),
            };
            let grid = Grid::list(heading.clone(), heads, lines.collect(), Empty::new("", "", None)).pager(pager);
            drawn.tables.push((heading, Grid { walk: false, ..grid }));
        }
    }
    page(drawn)
}

/// A part of a whole in percent, never 100 % when it is not all of it and never 0 % when it is something.
pub(crate) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let tenths = (part.saturating_mul(1000) + whole / 2) / whole;
    let tenths = match tenths {
        1000 if part < whole => 999,
        0 if part > 0 => 1,
        tenths => tenths,
    };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn counts(visit: &Visit, ledger: &Ledger, looked: &Quality) -> Vec<Count> {
    let required = ledger.columns.iter().zip(&looked.now.columns).filter(|(column, _)| column.required);
    let (cells, filled) =
        required.fold((0, 0), |(cells, filled), (_, column)| (cells + looked.now.rows, filled + column.filled));
    let (taken, kept) = taken_and_kept(looked);
    let mut counts = vec![
        Count::plain(looked.now.rows.to_string(), visit.say("web-quality-rows")),
        Count::plain(percent(filled, cells), visit.say_with("web-quality-required", &[("cells", cells.to_string())])),
        Count::plain(
            percent(taken, taken + kept),
            visit.say_with(
                "web-quality-taken",
                &[("rows", (taken + kept).to_string()), ("batches", looked.validity.batches.len().to_string())],
            ),
        ),
    ];
    if let Ok(Some(twins)) = &looked.twins {
        let class = if twins.surplus > 0 { "bad" } else { "" };
        counts.push(Count { n: twins.surplus.to_string(), of: visit.say("web-quality-surplus"), class });
    }
    if let Ok(references) = &looked.references
        && !references.is_empty()
    {
        let missing: usize = references.iter().filter_map(|reference| reference.missing).sum();
        let class = if missing > 0 { "bad" } else { "" };
        counts.push(Count { n: missing.to_string(), of: visit.say("web-quality-pointing"), class });
    }
    counts
}

fn taken_and_kept(looked: &Quality) -> (usize, usize) {
    let batches = &looked.validity.batches;
    (batches.iter().map(|batch| batch.counts.accepted()).sum(), batches.iter().map(|batch| batch.counts.rejected).sum())
}

fn fresh(visit: &Visit, ledger: &Ledger, looked: &Quality, today: mingcha_domain::Day) -> Vec<Fact> {
    let mut facts = Vec::new();
    let fresh = looked.freshness;
    if let (Some(at), Some(days)) = (fresh.last_import, fresh.days) {
        let words = [("at", at.for_people()), ("days", days.to_string())];
        let key = if days == 0 { "web-quality-today" } else { "web-quality-ago" };
        facts.push(Fact::new(visit.say("web-quality-last-import"), visit.say_with(key, &words)));
    }
    let every = match fresh.every {
        None => visit.say("web-quality-no-rhythm"),
        Some(every) => {
            let key = if fresh.late { "web-quality-late" } else { "web-quality-in-time" };
            let rhythm = visit.say(&format!("web-rhythm-{every}"));
            visit.say_with(key, &[("every", rhythm), ("max", every.days_max().to_string())])
        }
    };
    facts.push(Fact::new(visit.say("web-quality-rhythm"), every));
    for (column, profile) in ledger.columns.iter().zip(&looked.now.columns) {
        if column.kind != ColumnKind::Date {
            continue;
        }
        let title = column_title(visit, column);
        let Some((first, last)) = profile.days else {
            facts.push(Fact::new(title, visit.say("web-quality-no-day")));
            continue;
        };
        let ago = i64::from(today.days_since_epoch()) - i64::from(last.days_since_epoch());
        let words = [("first", first.to_string()), ("last", last.to_string()), ("ago", ago.to_string())];
        let key = if ago > 0 { "web-quality-days-ago" } else { "web-quality-days" };
        let mut said = visit.say_with(key, &words);
        if profile.ahead > 0 {
            let words =
                [("rows", profile.ahead.to_string()), ("of", profile.filled.to_string()), ("today", today.to_string())];
            said.push_str(&visit.say_with("web-quality-ahead", &words));
        }
        facts.push(Fact::new(title, said));
    }
    facts
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_share_is_never_whole_when_something_is_missing_and_never_nothing_when_something_is_there() {
        let percent = super::percent;
        assert_eq!([percent(1, 2), percent(2, 3), percent(5, 5), percent(0, 5)], ["50.0%", "66.7%", "100.0%", "0.0%"]);
        assert_eq!([percent(99_999, 100_000), percent(1, 100_000), percent(0, 0)], ["99.9%", "0.1%", "—"]);
    }
}
