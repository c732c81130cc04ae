//! A figure opened: its definition, every record that counts, what each rests on, down to the lines of source sheets.

use axum::extract::{Path, State};
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Count, Dossier};
use mingcha_pages::parts::{Align, Cell, Empty, Fact, Grid, Head, Line, Link, Notice, Sql};
use mingcha_publish::ShownRecord;
use mingcha_wiring::Trace;

use super::results::{figure_title, sight};
use crate::shell::{Answer, Site, Visit, page};

/// The page.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Answer {
    let mut desk = site.reading(&visit).await?;
    let trace = site.platform.trace(&mut desk, &name, sight()).await?;
    let figure = &trace.explanation.figure;
    let title = figure_title(&visit, figure);
    page(Dossier {
        frame: site.frame_in(desk.tx(), &visit, Place::Results, title.clone()).await?,
        crumbs: vec![Link::new("/office/results", visit.say("web-place-results"))],
        id: figure.full_name(),
        heading: format!("{title} {}", figure.said_with_unit),
        chips: vec![
            Chip::Text(visit.say_with("web-as-of", &[("day", trace.explanation.as_of.to_string())])),
            Chip::Text(visit.say("web-results-working")),
        ],
        banner: recheck(&visit, &trace),
        cards: vec![
            Card::new(
                visit.say("web-figure-how"),
                Body::Words { said: vec![figure.definition.clone()], quiet: Vec::new() },
            )
            .and(counts(&visit, &trace)),
            Card::new(
                visit.say_with("web-figure-contributing", &[("count", figure.count.to_string())]),
                Body::Grid(records(&visit, &trace)),
            ),
            Card::new(visit.say("web-model-sql"), Body::Sql(Sql(trace.explanation.records_sql.clone()))),
        ],
        aside: vec![Card::new(visit.say("web-figure-provenance"), Body::Facts(provenance(&visit, &trace)))],
        moves: None,
    })
}

fn recheck(visit: &Visit, trace: &Trace) -> Option<Notice> {
    let count = trace.recheck_count();
    (count > 0).then(|| Notice::care(visit.say_with("web-figure-recheck", &[("count", count.to_string())])))
}

fn counts(visit: &Visit, trace: &Trace) -> Body {
    let figure = &trace.explanation.figure;
    let findings = trace.findings.len().to_string();
    let lines = trace.lines.len().to_string();
    Body::Counts(vec![
        Count::plain(figure.value.to_string(), visit.say_with("web-figure-exact", &[("unit", figure.unit.clone())])),
        Count::plain(figure.count.to_string(), visit.say("web-figure-records")),
        Count::plain(findings, visit.say("web-figure-findings")),
        Count::plain(lines, visit.say("web-figure-lines")),
    ])
}

fn records(visit: &Visit, trace: &Trace) -> Grid {
    let told: Vec<&str> = trace.explanation.records.first().map(extra_columns).unwrap_or_default();
    let mut heads = vec![Head::new(visit.say("web-record"), Align::Lead)];
    heads.extend(told.iter().map(|name| Head::new(*name, Align::Plain)));
    for (key, align) in [
        ("web-record-day", Align::Day),
        ("web-record-person", Align::Mono),
        ("web-amount", Align::Number),
        ("web-record-rests-on", Align::Plain),
        ("web-source", Align::Short),
    ] {
        heads.push(Head::new(visit.say(key), align));
    }
    let lines = (0..trace.explanation.records.len()).map(|at| record(visit, trace, at, &told)).collect();
    Grid {
        walk: false,
        ..Grid::list(
            visit.say("web-figure-records"),
            heads,
            lines,
            Empty::new(visit.say("web-records-none"), visit.say("web-records-how"), None),
        )
    }
}

/// Columns beside those that every record has a place for.
fn extra_columns(record: &ShownRecord) -> Vec<&str> {
    let known = ["reference", "person", "amount", "day", "_ref"];
    record.columns.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains(name)).collect()
}

fn record(visit: &Visit, trace: &Trace, at: usize, told: &[&str]) -> Line {
    let record = &trace.explanation.records[at];
    let rests = trace.rests_on.get(at);
    let problem = rests.and_then(|rests| Some((rests.problem?, rests.number.clone()?)));
    let mut first = match problem {
        Some((problem, number)) => Cell::from(Link::new(format!("/office/problems/{problem}"), number)),
        None => Cell::from(record.reference.clone()),
    };
    if rests.is_some_and(|rests| rests.recheck.is_some()) {
        first = first.under(visit.say("web-recheck-asked"));
    }
    let mut cells = vec![first];
    for name in told {
        let value = record.columns.iter().find(|(known, _)| known == name).map(|(_, value)| value.to_string());
        cells.push(value.unwrap_or_default().into());
    }
    cells.push(record.day.map(|day| day.to_string()).unwrap_or_default().into());
    cells.push(record.person.clone().unwrap_or_default().into());
    cells.push(record.amount.map(|amount| amount.to_string()).unwrap_or_default().into());
    let findings: Vec<_> =
        rests.map(|rests| rests.findings.iter().filter_map(|id| trace.findings.get(id)).collect()).unwrap_or_default();
    cells.push(match findings.first() {
        Some(finding) if findings.len() == 1 => finding.sentence.clone().into(),
        Some(finding) => Cell::from(finding.sentence.clone())
            .under(visit.say_with("web-and-more", &[("count", (findings.len() - 1).to_string())])),
        None => "".into(),
    });
    let rows: Vec<_> = findings.iter().flat_map(|finding| finding.evidence.iter()).collect();
    cells.push(match rows.first() {
        Some(row) => {
            let said =
                visit.say_with("web-batch-line", &[("batch", row.batch.to_string()), ("row", row.row.to_string())]);
            let cell = Cell::from(Link::new(format!("/office/batches/{}/rows/{}", row.batch, row.row), said));
            if rows.len() > 1 {
                cell.under(visit.say_with("web-and-more", &[("count", (rows.len() - 1).to_string())]))
            } else {
                cell
            }
        }
        None => "".into(),
    });
    Line::of(cells)
}

fn provenance(visit: &Visit, trace: &Trace) -> Vec<Fact> {
    let explanation = &trace.explanation;
    let short = |text: &str| text.chars().take(16).collect::<String>();
    vec![
        Fact::new(visit.say("web-fact-definition"), short(&explanation.figure.definition_hash)),
        Fact::new(visit.say("web-fact-snapshot"), explanation.lake_snapshot.to_string()),
        Fact::new(visit.say("web-fact-audit"), explanation.audit.size.to_string()),
        Fact::new(visit.say("web-fact-root"), short(&explanation.root)),
        Fact::new(visit.say("web-fact-aggregate"), explanation.aggregate.clone()),
    ]
}
