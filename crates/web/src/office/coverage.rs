//! 能支持的模型: which models the data that is there can support, what is missing for the others, and what to do.

use std::collections::BTreeSet;

use axum::extract::{Path, RawQuery, State};
use mingcha_access::Desk;
use mingcha_engine::usage::Role;
use mingcha_ledger::{Gap, ModelCoverage, Support, coverage};
use mingcha_pages::office::{Body, Card, Count, Filter, Filters, LedgerPage};
use mingcha_pages::parts::{Align, Cell, Choice, Empty, Grid, Head, Light, Line, Link, Tone};
use mingcha_words::Lang;

use super::finding::column_title;
use super::findings::model_title;
use super::ledger_pages::{ledger_of, page_of, page_of_all};
use super::ledgers::ledger_title;
use crate::shell::{Answer, Failure, Fields, Site, Visit, page};

const ALL: [Support; 3] = [Support::Not, Support::Partly, Support::Fully];

/// All models.
pub(crate) async fn of_all(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let words = ("web-coverage", "web-coverage-intro");
    let mut drawn = page_of_all(&site, &mut desk, &visit, words, "/office/coverage").await?;
    drawn.filters = Some(filters(&visit, &asked, "/office/coverage".into()));
    fill(&site, &visit, &mut desk, &asked, None, &mut drawn).await?;
    page(drawn)
}

/// Models that read one ledger.
pub(crate) async fn of_ledger(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let ledger = ledger_of(&site, &mut desk, &name).await?;
    let mut drawn = page_of(&site, &mut desk, &visit, ledger, "/coverage").await?;
    drawn.intro = visit.say("web-coverage-of-ledger-intro");
    drawn.filters = Some(filters(&visit, &asked, format!("/office/ledgers/{name}/coverage")));
    fill(&site, &visit, &mut desk, &asked, Some(&name), &mut drawn).await?;
    page(drawn)
}

fn filters(visit: &Visit, asked: &Fields, action: String) -> Filters {
    let mut choices = vec![Choice::new("", visit.say("web-coverage-any"), false)];
    choices.extend(
        ALL.map(|support| Choice::new(support.name(), said(visit, support), asked.text("support") == support.name())),
    );
    let filtered = asked.some("support").is_some();
    Filters {
        filters: vec![Filter { name: "support".into(), label: visit.say("web-state"), choices }],
        day: None,
        search: None,
        submit: visit.say("web-filter"),
        clear: filtered.then(|| Link::new(action.clone(), visit.say("web-filter-clear"))),
        action,
    }
}

async fn fill(
    site: &Site,
    visit: &Visit,
    desk: &mut Desk,
    asked: &Fields,
    ledger: Option<&str>,
    drawn: &mut LedgerPage,
) -> Result<(), Failure> {
    let sources = site.platform.sources();
    let uses = site.model_uses().await;
    let models = coverage(desk, site.ledger_ground(&sources), uses, ledger, None).await?;
    let of = |support| models.iter().filter(|model| model.support == support).count();
    let counts = [(Support::Fully, "good"), (Support::Partly, ""), (Support::Not, "bad")].map(|(support, class)| {
        let class = if of(support) > 0 { class } else { "" };
        Count { n: of(support).to_string(), of: said(visit, support), class }
    });
    let all = visit.say_with("web-coverage-of-all", &[("count", models.len().to_string())]);
    if !models.is_empty() {
        drawn.cards.push(Card::new(all, Body::Counts(counts.to_vec())));
    }
    let heads = [
        ("web-model", Align::Lead),
        ("web-coverage-support", Align::Short),
        ("web-coverage-missing", Align::Plain),
        ("web-coverage-do", Align::Plain),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let wanted = models.iter().filter(|model| asked.some("support").is_none_or(|name| name == model.support.name()));
    let lines: Vec<Line> = wanted.map(|model| line(site, visit, model)).collect();
    let empty = match (models.is_empty(), ledger) {
        (false, _) => Empty::new(visit.say("web-coverage-none-such"), visit.say("web-coverage-how"), None),
        (true, Some(_)) => Empty::new(visit.say("web-coverage-none-reads"), visit.say("web-coverage-how"), None),
        (true, None) => Empty::new(visit.say("web-models-none"), visit.say("web-models-how"), None),
    };
    drawn.tables.push((String::new(), Grid::list(visit.say("web-coverage"), heads, lines, empty)));
    Ok(())
}

fn said(visit: &Visit, support: Support) -> String {
    visit.say(&format!("web-coverage-{}", support.name()))
}

fn line(site: &Site, visit: &Visit, model: &ModelCoverage) -> Line {
    let tone = match model.support {
        Support::Fully => Tone::Green,
        Support::Partly => Tone::Amber,
        Support::Not => Tone::Grey,
    };
    let stop = if visit.lang == Lang::En { " " } else { "" };
    let gaps: Vec<String> = model.gaps.iter().map(|gap| gap_in_words(site, visit, gap)).collect();
    let title = Link::new(format!("/office/models/{}", model.model), model_title(site, visit, &model.model));
    let missing = if gaps.is_empty() { visit.say("web-coverage-nothing-missing") } else { gaps.join(stop) };
    Line::of(vec![
        Cell::from(title).under(reads(site, visit, model)),
        Light::new(tone, said(visit, model.support)).into(),
        missing.into(),
        to_do(site, visit, model).into(),
    ])
}

/// The ledgers that a model reads, with the columns without which it finds nothing.
fn reads(site: &Site, visit: &Visit, model: &ModelCoverage) -> String {
    let comma = if visit.lang == Lang::En { ", " } else { "、" };
    let ledgers: Vec<String> = model
        .reads
        .iter()
        .map(|used| {
            let needed = used.columns.iter().filter(|column| column.role == Role::Needed);
            let columns: Vec<String> = needed.map(|column| title_of(site, visit, &used.ledger, &column.name)).collect();
            let words = [("ledger", ledger_words(site, visit, &used.ledger)), ("columns", columns.join(comma))];
            if columns.is_empty() { words[0].1.clone() } else { visit.say_with("web-coverage-reads-columns", &words) }
        })
        .collect();
    if ledgers.is_empty() {
        return model.model.clone();
    }
    visit.say_with("web-coverage-reads", &[("ledgers", ledgers.join(comma))])
}

fn ledger_words(site: &Site, visit: &Visit, name: &str) -> String {
    site.platform.packs.ledger(name).map_or_else(|| name.to_owned(), |ledger| ledger_title(visit, ledger))
}

fn title_of(site: &Site, visit: &Visit, ledger: &str, column: &str) -> String {
    let known = site.platform.packs.ledger(ledger).and_then(|ledger| ledger.column(column));
    known.map_or_else(|| column.to_owned(), |column| column_title(visit, column))
}

fn gap_in_words(site: &Site, visit: &Visit, gap: &Gap) -> String {
    match gap {
        Gap::Query { trouble } => mingcha_words::message(visit.lang, trouble),
        Gap::Empty { ledger, needed } => {
            let key = if *needed { "web-gap-ledger-needed" } else { "web-gap-ledger" };
            visit.say_with(key, &[("ledger", ledger_words(site, visit, ledger))])
        }
        Gap::Column { ledger, column, role, wholly, counts } => {
            let mut words =
                vec![("ledger", ledger_words(site, visit, ledger)), ("column", title_of(site, visit, ledger, column))];
            if let Some((empty, rows)) = counts {
                words.extend([("empty", empty.to_string()), ("rows", rows.to_string())]);
            }
            let key = match (role, wholly, counts) {
                (Role::Needed, true, _) => "web-gap-column-needed",
                (Role::Needed, false, Some(_)) => "web-gap-column-partly",
                (Role::Needed, false, None) => "web-gap-column-partly-unseen",
                (Role::Used, ..) => "web-gap-column-used",
                (Role::Shown, ..) => "web-gap-column-shown",
            };
            visit.say_with(key, &words)
        }
    }
}

/// Where to mend it: each ledger once.
fn to_do(site: &Site, visit: &Visit, model: &ModelCoverage) -> Vec<Link> {
    let mut seen = BTreeSet::new();
    let mut links = Vec::new();
    for gap in &model.gaps {
        let (ledger, key) = match gap {
            Gap::Empty { ledger, .. } => (ledger, "web-coverage-do-import"),
            Gap::Column { ledger, .. } => (ledger, "web-coverage-do-column"),
            Gap::Query { .. } => {
                links.push(Link::new(format!("/office/models/{}", model.model), visit.say("web-coverage-do-model")));
                continue;
            }
        };
        if seen.insert(ledger.clone()) {
            let words = [("ledger", ledger_words(site, visit, ledger))];
            links.push(Link::new(format!("/office/ledgers/{ledger}"), visit.say_with(key, &words)));
        }
    }
    links
}
