//! A figure opened: its definition, every record that counts, and what each rests on, down to the lines of source sheets.

use std::collections::BTreeSet;

use axum::extract::{Path, RawQuery, State};
use mingcha_access::Action;
use mingcha_access::persons::Sight;
use mingcha_access::policy::{Reach, reach};
use mingcha_domain::FindingId;
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Count, Dossier};
use mingcha_pages::parts::{Cell, Fact, Light, Link, Notice, Opening, Pager, Sql, Tone};
use mingcha_publish::PublishedFigure;
use mingcha_wiring::Trace;
use rust_decimal::Decimal;

use super::explain_record::Openings;
use super::results::HERE;
use crate::portal::published::{Published, figure_address, figure_title, grouped};
use crate::shell::{Answer, Fields, Site, Visit, page};

/// Records on one page.
const RECORDS: usize = 50;

/// The page.
pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let trace = site.platform.trace(&mut desk, &name, Sight::masked()).await?;
    let newest = Published::newest(desk.tx()).await?;
    let published =
        newest.as_ref().and_then(|newest| newest.figures.iter().find(|known| known.figure.full_name() == name));
    let figure = &trace.explanation.figure;
    let title = figure_title(&visit, figure);
    let frame = site.frame_in(desk.tx(), &visit, Place::Results, title.clone()).await?;
    page(Dossier {
        frame,
        crumbs: vec![Link::new(HERE, visit.say("web-place-results"))],
        id: figure.full_name(),
        heading: format!("{title} {}", figure.said_with_unit),
        chips: chips(&visit, &trace, newest.as_ref().zip(published)),
        banner: recheck(&visit, &trace),
        cards: vec![
            definition(&visit, &trace),
            records(&visit, &trace, &Openings::new(&site, &visit, &mut desk, &trace).await?, &asked),
            Card::new(visit.say("web-results-sql"), Body::Sql(Sql(trace.explanation.records_sql.clone()))),
        ],
        aside: vec![Card::new(visit.say("web-results-provenance"), Body::Facts(provenance(&visit, &trace)))],
        moves: None,
    })
}

fn chips(visit: &Visit, trace: &Trace, published: Option<(&Published, &PublishedFigure)>) -> Vec<Chip> {
    let day = [("day", trace.explanation.as_of.to_string())];
    let mut chips =
        vec![Chip::Text(visit.say_with("web-results-as-of", &day)), Chip::Text(visit.say("web-results-not-public"))];
    if let Some((newest, known)) = published {
        let words = [("no", newest.edition.no.to_string()), ("said", known.figure.said_with_unit.clone())];
        let said = visit.say_with("web-results-published-said", &words);
        chips.push(Chip::Link(Link::new(figure_address(&known.figure), said)));
    }
    if trace.recheck_count() > 0 {
        let said = visit.say_with("web-results-recheck-chip", &[("count", trace.recheck_count().to_string())]);
        chips.push(Chip::Light(Light::new(Tone::Amber, said)));
    }
    chips
}

fn recheck(visit: &Visit, trace: &Trace) -> Option<Notice> {
    let count = trace.recheck_count();
    (count > 0).then(|| Notice::care(visit.say_with("web-results-recheck-banner", &[("count", count.to_string())])))
}

fn definition(visit: &Visit, trace: &Trace) -> Card {
    let figure = &trace.explanation.figure;
    let findings: BTreeSet<FindingId> = trace.rests_on.iter().flat_map(|rests| rests.findings.clone()).collect();
    let mut counts = vec![
        Count::plain(grouped(figure.value), figure.unit.clone()),
        Count::plain(grouped(Decimal::from(figure.count)), visit.say("web-results-records")),
    ];
    if !findings.is_empty() {
        counts.push(Count::plain(grouped(Decimal::from(findings.len())), visit.say("web-place-findings")));
    }
    // Whoever does not see all findings would be told too few rows.
    if !trace.findings.is_empty() && findings.len() == trace.findings.len() {
        counts.push(Count::plain(grouped(Decimal::from(trace.lines.len())), visit.say("web-results-lines")));
    }
    let hidden = (trace.hidden > 0).then(|| hidden_words(visit, trace));
    let words = Body::Words { said: vec![figure.definition.clone()], quiet: hidden.into_iter().collect() };
    Card::new(visit.say("web-results-how"), words).and(Body::Counts(counts))
}

fn hidden_words(visit: &Visit, trace: &Trace) -> String {
    visit.say_with("web-results-hidden", &[("count", grouped(Decimal::from(trace.hidden)))])
}

/// Which records the address asks for: those to be re-checked only, or all from a place on.
struct Window {
    recheck: bool,
    from: usize,
}

impl Window {
    fn asked(asked: &Fields) -> Self {
        Self { recheck: asked.text("only") == "recheck", from: asked.text("from").parse().unwrap_or(0) }
    }

    fn address(&self, figure: &str, from: usize) -> String {
        let only = if self.recheck { "only=recheck&" } else { "" };
        format!("{HERE}/figures/{figure}?{only}from={from}#records")
    }
}

fn records(visit: &Visit, trace: &Trace, openings: &Openings<'_>, asked: &Fields) -> Card {
    let window = Window::asked(asked);
    let figure = trace.explanation.figure.full_name();
    let counting: Vec<usize> = (0..trace.explanation.records.len())
        .filter(|at| !window.recheck || trace.rests_on.get(*at).is_some_and(|rests| rests.recheck.is_some()))
        .collect();
    let from = if window.from < counting.len() { window.from } else { 0 };
    let to = counting.len().min(from + RECORDS);
    let shown: Vec<Opening> = counting[from..to].iter().map(|at| openings.of(*at)).collect();
    let words = [("count", counting.len().to_string()), ("from", (from + 1).to_string()), ("to", to.to_string())];
    let title = match (window.recheck, shown.len() < counting.len()) {
        (true, _) => visit.say_with("web-results-recheck-shown", &words),
        (false, true) => visit.say_with("web-results-contributing-shown", &words),
        (false, false) => visit.say_with("web-results-contributing", &words),
    };
    let pager = (shown.len() < counting.len()).then(|| Pager {
        note: title.clone(),
        previous: (from > 0).then(|| {
            let words = [("count", RECORDS.to_string())];
            let before = from.saturating_sub(RECORDS);
            Link::new(window.address(&figure, before), visit.say_with("web-results-previous", &words))
        }),
        next: (to < counting.len()).then(|| Link::new(window.address(&figure, to), visit.say("web-results-next"))),
    });
    // “There are no records yet” would be untrue where all of them are other units'.
    let none = match trace.hidden {
        0 => vec![visit.say("web-results-record-none"), visit.say("web-results-record-none-how")],
        _ => vec![hidden_words(visit, trace)],
    };
    let mut card = match shown.is_empty() {
        true => Card::new(title, Body::Words { said: Vec::new(), quiet: none }),
        false => Card::new(title, Body::Openings { openings: shown, pager }),
    };
    let recheck = trace.recheck_count();
    if window.recheck {
        card.links.push(Link::new(format!("{HERE}/figures/{figure}"), visit.say("web-results-all-records")));
    } else if recheck > 0 {
        let said = visit.say_with("web-results-recheck-chip", &[("count", recheck.to_string())]);
        card.links.push(Link::new(format!("{HERE}/figures/{figure}?only=recheck"), said));
    }
    card
}

fn provenance(visit: &Visit, trace: &Trace) -> Vec<Fact> {
    let explanation = &trace.explanation;
    let short = |text: &str| text.chars().take(16).collect::<String>() + "…";
    let size = [("size", grouped(Decimal::from(explanation.audit.size)))];
    vec![
        Fact::new(visit.say("web-results-fact-aggregate"), explanation.aggregate.clone()),
        Fact::new(visit.say("web-results-fact-snapshot"), explanation.lake_snapshot.to_string()),
        Fact::new(visit.say("web-results-fact-audit"), visit.say_with("web-results-fact-audit-value", &size)),
        Fact::new(visit.say("web-results-fact-definition"), short(&explanation.figure.definition_hash)),
        Fact::new(visit.say("web-results-fact-root"), short(&explanation.root)),
    ]
}

/// A link where this role has the page, else its words.
pub(crate) fn where_allowed(visit: &Visit, action: Action, href: String, text: String) -> Cell {
    let role = visit.session.as_ref().map(|session| session.actor.role);
    if role.is_some_and(|role| reach(role, action) != Reach::Never) {
        Link::new(href, text).into()
    } else {
        text.into()
    }
}
