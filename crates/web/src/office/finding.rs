//! One finding and its case: the sentence, why, the very rows, the story, what can be done next.

use axum::extract::{Path, State};
use axum::response::Response;
use mingcha_access::persons::Sight;
use mingcha_access::{Desk, units};
use mingcha_casework::read::{CasePage, CaseQuery, LIST_LINES_MAX, case_list, case_page};
use mingcha_detect::{EvidenceRow, Finding, FindingState, evidence_rows, finding};
use mingcha_domain::{CaseId, Value};
use mingcha_pack::{Column, ColumnKind, Ledger, Privacy};
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Dossier};
use mingcha_pages::parts::{Align, Cell, Empty, Fact, Grid, Head, Line, Link, Notice, Prose, Step, Story};
use mingcha_words::Lang;

use super::case_panels::case_moves;
use super::findings::{id, model_title};
use super::ledgers::ledger_title;
use super::panels::{Retry, answered};
use super::states::{ahead, case_light, step};
use crate::shell::{Answer, Failure, Site, Visit};

/// The page.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(case): Path<String>) -> Answer {
    draw(&site, &visit, id(&case)?, None).await
}

/// The page; when a move did not go, with its panel open.
pub(crate) async fn draw(site: &Site, visit: &Visit, case: CaseId, retry: Option<Retry>) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let case = case_page(&mut desk, case).await?;
    let found = finding(&mut desk, case.line.finding).await?;
    let rows = evidence_rows(&site.platform.lake, &site.platform.packs, &found).await?;
    let units = units::list(desk.tx()).await?;
    let name = |code: &str| {
        units.iter().find(|unit| unit.code == code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    };
    let persons = persons(site, &rows);
    let title = model_title(site, visit, &case.line.model);
    let mut moves = case_moves(visit, &case, &units, &persons, found.unit.as_deref(), retry.as_ref());
    (moves.previous, moves.next) = neighbours(visit, &mut desk, case.line.id).await?;
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Findings, case.line.sentence.clone()).await?,
        crumbs: vec![
            Link::new("/office/findings", visit.say("web-place-findings")),
            Link::new(format!("/office/findings?model={}", case.line.model), title),
        ],
        id: case.line.number.clone(),
        heading: case.line.sentence.clone(),
        chips: chips(visit, &desk, &case, &found),
        banner: banner(visit, &case, &found),
        cards: cards(site, visit, &found, &rows),
        aside: aside(visit, &case, &found, &name),
        moves: Some(moves),
    };
    answered(visit, dossier, retry.as_ref())
}

/// The case before and the one after it among those that are open, in the list's order.
async fn neighbours(visit: &Visit, desk: &mut Desk, case: CaseId) -> Result<(Option<Link>, Option<Link>), Failure> {
    let query = CaseQuery { state: Some("open".into()), limit: LIST_LINES_MAX, ..CaseQuery::default() };
    let open = case_list(desk, &query).await?.lines;
    let Some(at) = open.iter().position(|line| line.id == case) else { return Ok((None, None)) };
    let link = |at: Option<usize>, key: &str| {
        let line = open.get(at?)?;
        Some(Link::new(format!("/office/findings/{}", line.id), visit.say(key)))
    };
    Ok((link(at.checked_sub(1), "web-previous"), link(at.checked_add(1), "web-next")))
}

fn chips(visit: &Visit, desk: &Desk, case: &CasePage, found: &Finding) -> Vec<Chip> {
    let mut chips = vec![Chip::Light(case_light(visit, &case.line, desk.today))];
    if let Some(unit) = &case.line.unit_name {
        chips.push(Chip::Text(unit.clone()));
    }
    if let Some((problem, number, _)) = &case.problem {
        chips.push(Chip::Link(Link::new(
            format!("/office/problems/{problem}"),
            visit.say_with("web-in-problem", &[("number", number.clone())]),
        )));
    }
    let first = found.first_seen_at.day_in_china().to_string();
    chips.push(Chip::Text(visit.say_with("web-first-seen", &[("day", first)])));
    if found.state != FindingState::Seen {
        chips.push(Chip::Text(visit.say(&format!("detect-state-{}", found.state.code()))));
    }
    chips
}

fn banner(visit: &Visit, case: &CasePage, found: &Finding) -> Option<Notice> {
    if case.line.reopen_offered {
        return Some(Notice::care(visit.say("web-banner-returned")));
    }
    let FindingState::Vanished(cause) = found.state else { return None };
    let cause = visit.say(&format!("detect-vanished-{}", cause.code()));
    Some(Notice::care(visit.say_with("web-banner-vanished", &[("cause", cause)])))
}

fn cards(site: &Site, visit: &Visit, found: &Finding, rows: &[EvidenceRow]) -> Vec<Card> {
    let mut cards = Vec::new();
    let model = site.platform.packs.model(&found.model);
    if let Some(model) = model {
        let section = |heading: &str| model.sections.iter().find(|section| section.heading == heading);
        let params = model.params.iter().map(|param| {
            visit.say_with(
                "web-param-in-force",
                &[("name", param.name.clone()), ("value", param.value.to_string()), ("source", param.source.clone())],
            )
        });
        let mut why = Card::new(visit.say("web-finding-why"), Body::Prose(Prose::markdown(&model.lead)));
        if let Some(reason) = section("为什么查") {
            why = why.and(Body::Prose(Prose::markdown(reason.markdown.split("\n\n").next().unwrap_or_default())));
        }
        let said =
            params.chain(model.basis.first().map(|law| visit.say_with("web-basis", &[("law", law.clone())]))).collect();
        cards.push(why.and(Body::Words { said, quiet: vec![visit.say("web-finding-no-verdict")] }));
    }
    cards.extend(evidence(site, visit, found, rows));
    if let Some((how, model)) =
        model.and_then(|model| Some((model.sections.iter().find(|section| section.heading == "怎么核实")?, model)))
    {
        let whole = Link::new(format!("/office/models/{}", model.full_name()), visit.say("web-whole-model"));
        cards.push(Card::new(visit.say("web-finding-how"), Body::Prose(Prose::markdown(&how.markdown))).link(whole));
    }
    cards
}

/// The very rows, one card per ledger, each row linked to its batch and sheet line.
fn evidence(site: &Site, visit: &Visit, found: &Finding, rows: &[EvidenceRow]) -> Vec<Card> {
    let mut ledgers: Vec<&str> = rows.iter().map(|row| row.ledger.as_str()).collect();
    ledgers.dedup();
    ledgers.sort_unstable();
    ledgers.dedup();
    let mut cards = Vec::new();
    let sql = site.platform.packs.model(&found.model).map_or("", |model| model.sql.value.as_str());
    for name in ledgers {
        let Some(ledger) = site.platform.packs.ledger(name) else { continue };
        let of_ledger: Vec<&EvidenceRow> = rows.iter().filter(|row| row.ledger == name).collect();
        let count = of_ledger.len().to_string();
        let title = visit.say_with("web-evidence", &[("ledger", ledger_title(visit, ledger)), ("count", count)]);
        let grid = evidence_grid(visit, ledger, &of_ledger, sql);
        cards.push(Card::new(title, Body::Grid(grid)));
    }
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if found.evidence_count > shown {
        let counts = [("count", found.evidence_count.to_string()), ("shown", shown.to_string())];
        let quiet = vec![visit.say_with("web-evidence-capped", &counts)];
        cards.push(Card::new(visit.say("web-evidence-more"), Body::Words { said: Vec::new(), quiet }));
    }
    cards
}

/// Whether a column is shown as evidence: the model reads it, or the row is known by it. The others stand in the line of
/// the sheet, one step further.
fn matters(ledger: &Ledger, column: &Column, sql: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let read = sql.split(|c| !is_name(c)).any(|word| word == column.name);
    read || ledger.key.contains(&column.name) || column.name == "name"
}

fn evidence_grid(visit: &Visit, ledger: &Ledger, rows: &[&EvidenceRow], sql: &str) -> Grid {
    let told: Vec<usize> = (0..ledger.columns.len())
        .filter(|at| matters(ledger, &ledger.columns[*at], sql))
        .filter(|at| rows.iter().any(|row| row.values.get(*at).is_some_and(|value| *value != Value::Null)))
        .collect();
    let mut heads: Vec<Head> = told.iter().map(|at| head(visit, &ledger.columns[*at])).collect();
    heads.push(Head::new(visit.say("web-source"), Align::Short));
    let lines = rows.iter().map(|row| {
        let mut cells: Vec<Cell> =
            told.iter().map(|at| masked(&ledger.columns[*at], &row.values[*at]).into()).collect();
        let source =
            visit.say_with("web-batch-line", &[("batch", row.at.batch.to_string()), ("row", row.at.row.to_string())]);
        cells.push(Link::new(format!("/office/batches/{}/rows/{}", row.at.batch, row.at.row), source).into());
        Line::of(cells)
    });
    Grid::sheet(
        ledger_title(visit, ledger),
        heads,
        lines.collect(),
        Empty::new(visit.say("web-evidence-none"), "", None),
    )
}

/// The title of a ledger's column in the visitor's language.
pub(crate) fn column_title(visit: &Visit, column: &Column) -> String {
    let english = visit.lang == Lang::En && !column.title_en.is_empty();
    if english { column.title_en.clone() } else { column.title.clone() }
}

/// The head of a ledger's column.
pub(crate) fn head(visit: &Visit, column: &Column) -> Head {
    let align = match column.kind {
        ColumnKind::Money | ColumnKind::Integer | ColumnKind::Decimal { .. } => Align::Number,
        ColumnKind::Date => Align::Day,
        ColumnKind::Code | ColumnKind::Boolean => Align::Short,
        ColumnKind::ResidentId | ColumnKind::Uscc => Align::Mono,
        _ if column.name == "name" => Align::Short,
        _ if column.name.ends_with("_no") || column.name == "id" => Align::Mono,
        _ => Align::Plain,
    };
    Head::new(column_title(visit, column), align)
}

/// A cell as people may see it: identifiers and names of persons masked, money with its fen.
pub(crate) fn masked(column: &Column, value: &Value) -> String {
    let sight = Sight::masked();
    let personal = matches!(column.privacy, Privacy::Personal | Privacy::Sensitive);
    match value {
        Value::Null => String::new(),
        Value::Text(text) if column.kind == ColumnKind::ResidentId => sight.identifier(text),
        Value::Text(text) if personal && column.name.contains("name") => sight.name(text),
        Value::Text(text) if personal => sight.identifier(text),
        Value::Decimal(amount) if column.kind == ColumnKind::Money => {
            mingcha_domain::Yuan::from_decimal(*amount).map_or_else(|_| amount.to_string(), |yuan| yuan.to_string())
        }
        other => other.to_string(),
    }
}

/// The persons whom the rows of evidence name: identifier and name, each once.
fn persons(site: &Site, rows: &[EvidenceRow]) -> Vec<(String, String)> {
    let mut persons: Vec<(String, String)> = Vec::new();
    for row in rows {
        let Some(ledger) = site.platform.packs.ledger(&row.ledger) else { continue };
        let text =
            |at: Option<usize>| at.and_then(|at| row.values.get(at)).and_then(Value::as_text).unwrap_or_default();
        let identifier = text(ledger.columns.iter().position(|column| column.kind == ColumnKind::ResidentId));
        if !identifier.is_empty() && !persons.iter().any(|(known, _)| known == identifier) {
            persons.push((identifier.to_owned(), text(ledger.position("name")).to_owned()));
        }
    }
    persons
}

/// The persons of a case's finding, for the move that registers them.
pub(crate) async fn persons_of(site: &Site, desk: &mut Desk, case: CaseId) -> Result<Vec<(String, String)>, Failure> {
    let case = case_page(desk, case).await?;
    let found = finding(desk, case.line.finding).await?;
    let rows = evidence_rows(&site.platform.lake, &site.platform.packs, &found).await?;
    Ok(persons(site, &rows))
}

fn aside(visit: &Visit, case: &CasePage, found: &Finding, unit_name: &dyn Fn(&str) -> String) -> Vec<Card> {
    let first = Step {
        what: visit.say("web-story-found"),
        when: visit.say_with("web-story-automatic", &[("at", found.first_seen_at.for_people())]),
        said: None,
        ahead: false,
    };
    let mut steps = vec![first];
    steps.extend(case.story.iter().filter(|line| line.made != "open").map(|line| step(visit, line, unit_name)));
    if case.line.state == "dispatched" {
        steps.push(ahead(visit, "case-move-verify", case.line.due));
    }
    let version: String = found.model_version.chars().take(8).collect();
    let facts = vec![
        Fact::new(visit.say("web-fact-version"), version),
        Fact::new(visit.say("web-fact-as-of"), found.as_of.to_string()),
        Fact::new(visit.say("web-fact-snapshot"), found.snapshot.to_string()),
        Fact::new(visit.say("web-fact-effect"), case.line.effect.clone()),
    ];
    vec![
        Card::new(visit.say("web-story"), Body::Story(Story { steps })),
        Card::new(visit.say("web-finding-run"), Body::Facts(facts)),
    ]
}
