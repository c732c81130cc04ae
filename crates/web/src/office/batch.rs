//! One batch: what it brought, what waits to be mended, its rows, taking it out again; and one line of its sheet.

use axum::extract::{Path, State};
use axum::response::Response;
use futures::TryStreamExt;
use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{BatchNo, RowRef, Speaks};
use mingcha_engine::LakeRow;
use mingcha_engine::lake::RowFilter;
use mingcha_intake::RejectedRow;
use mingcha_ledger::{
    Batch, BatchState, KeptRow, MendedLine, Undo, Waiting, batch, kept_rows, source_line, stream, undo_of,
    waiting_of_upload, withdraw,
};
use mingcha_pack::Ledger;
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Count, Dossier};
use mingcha_pages::parts::{Align, Can, Cell, Empty, Fact, Grid, Head, Line, Link, Mark, Move, Moves, Notice};

use super::finding::{column_title, head, masked};
use super::ledgers::{batch_light, ledger_title};
use super::mend::downloads;
use super::mend_words::in_words;
use super::panels::{Panels, Retry, answered, reason};
use super::preview_page::kept_back;
use super::upload_list::in_the_way_of_undo;
use crate::shell::{Answer, Failure, Posted, Site, Visit, done, page};

/// Rows that are shown.
const ROWS: usize = 100;

/// The page.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(no): Path<i64>) -> Answer {
    draw(&site, &visit, BatchNo(no), None).await
}

async fn draw(site: &Site, visit: &Visit, no: BatchNo, retry: Option<Retry>) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let found = batch(&mut desk, no).await?;
    let ledger = site.platform.packs.ledger(&found.ledger).ok_or_else(Failure::not_found)?;
    let kept = if found.counts.rejected > 0 { kept_rows(&mut desk, found.upload).await? } else { Vec::new() };
    let rows = rows(site, &mut desk, &found).await?;
    let refused = desk.ask(Action::BatchWithdraw, Subject::of(found.unit.as_deref())).err();
    let refused = match refused {
        Some(refused) => Some(reason(visit, &refused.trouble())),
        None => in_the_way(site, visit, &mut desk, &found).await?,
    };
    let title = ledger_title(visit, ledger);
    let mut cards = Vec::new();
    let waiting = waiting_of_upload(&mut desk, found.upload).await?;
    if !kept.is_empty() {
        let own = desk.sees(Action::LedgerImport, found.unit.as_deref());
        cards.push(kept_card(visit, ledger, (&found, waiting), kept, own));
    }
    cards.push(Card::new(visit.say("web-batch-rows"), Body::Grid(row_grid(visit, ledger, &rows))));
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Ledgers, found.file_name.clone()).await?,
        crumbs: vec![
            Link::new("/office/ledgers", visit.say("web-place-ledgers")),
            Link::new(format!("/office/ledgers/{}", found.ledger), title),
        ],
        id: visit.say_with("web-batch-no", &[("no", no.to_string())]),
        heading: found.file_name.clone(),
        chips: vec![
            Chip::Light(batch_light(visit, &found, waiting.open)),
            Chip::Text(found.committed_by_name.clone()),
            Chip::Text(found.committed_at.for_people()),
        ],
        banner: withdrawn(visit, &found),
        cards,
        aside: vec![
            Card::new(visit.say("web-batch-counts"), Body::Counts(counts(visit, &found))),
            Card::new(visit.say("web-batch-file"), Body::Facts(facts(visit, &found))),
        ],
        moves: Some(moves(visit, &found, refused, retry.as_ref())),
    };
    answered(visit, dossier, retry.as_ref())
}

/// Why a batch cannot be taken out: a later one has its rows.
async fn in_the_way(site: &Site, visit: &Visit, desk: &mut Desk, found: &Batch) -> Result<Option<String>, Failure> {
    let sources = site.platform.sources();
    let undo = undo_of(desk, site.ledger_ground(&sources), std::slice::from_ref(found)).await?;
    Ok(match undo.get(&found.id) {
        Some(Undo::Touched { rows, later }) => Some(in_the_way_of_undo(visit, *rows, later.as_ref())),
        Some(Undo::Can) | None => None,
    })
}

/// Rows that were kept back: those that wait, with the ways to mend them, and how many do not wait any more.
fn kept_card(
    visit: &Visit,
    ledger: &Ledger,
    (found, waiting): (&Batch, Waiting),
    kept: Vec<KeptRow>,
    own: bool,
) -> Card {
    let is_in = found.state == BatchState::Committed;
    let title = if is_in {
        in_words(visit, waiting)
    } else {
        visit.say_with("web-batch-kept-back", &[("count", kept.len().to_string())])
    };
    let open: Vec<RejectedRow> = kept.into_iter().filter(|kept| kept.end.is_none()).map(|kept| kept.reject).collect();
    let body = if open.is_empty() {
        Body::Words { said: vec![visit.say("web-mend-none")], quiet: Vec::new() }
    } else {
        Body::Grid(kept_back(visit, ledger, &open))
    };
    let mut card = Card::new(title, body);
    if own && is_in {
        card = card.link(Link::new(format!("/office/uploads/{}/mend", found.upload), visit.say("web-mend-here")));
    }
    if own && !open.is_empty() {
        card.links.extend(downloads(visit, found.upload));
        card = card.and(Body::Words { said: Vec::new(), quiet: vec![visit.say("web-kept-back-how")] });
    }
    card
}

async fn rows(site: &Site, desk: &mut Desk, found: &Batch) -> Result<Vec<LakeRow>, Failure> {
    let sources = site.platform.sources();
    let which = RowFilter::Batch(found.id);
    let mut stream = stream(desk, site.ledger_ground(&sources), &found.ledger, None, &which).await?;
    let mut rows = Vec::new();
    while rows.len() < ROWS
        && let Some(some) = stream.try_next().await?
    {
        rows.extend(some);
    }
    rows.truncate(ROWS);
    Ok(rows)
}

fn row_grid(visit: &Visit, ledger: &Ledger, rows: &[LakeRow]) -> Grid {
    let mut heads = vec![Head::new(visit.say("web-sheet-row"), Align::Number)];
    heads.extend(ledger.columns.iter().map(|column| head(visit, column)));
    let lines = rows.iter().map(|row| {
        let to = format!("/office/batches/{}/rows/{}", row.at.batch, row.at.row);
        let first = Cell::from(Link::new(to, row.at.row.to_string()));
        let cells = ledger.columns.iter().zip(&row.values).map(|(column, value)| Cell::from(masked(column, value)));
        Line::of(std::iter::once(first).chain(cells).collect())
    });
    let empty = Empty::new(visit.say("web-batch-rows-none"), visit.say("web-batch-rows-how"), None);
    Grid::sheet(visit.say("web-batch-rows"), heads, lines.collect(), empty)
}

fn withdrawn(visit: &Visit, found: &Batch) -> Option<Notice> {
    let BatchState::Withdrawn { at, by_name, why, .. } = &found.state else { return None };
    let words = [("at", at.for_people()), ("by", by_name.clone()), ("why", why.clone())];
    Some(Notice::care(visit.say_with("web-batch-was-withdrawn", &words)))
}

fn counts(visit: &Visit, found: &Batch) -> Vec<Count> {
    let counts = found.counts;
    let mut all = vec![
        Count { n: counts.added.to_string(), of: visit.say("web-count-added"), class: "good" },
        Count::plain(counts.superseded.to_string(), visit.say("web-count-superseded")),
        Count::plain(counts.unchanged.to_string(), visit.say("web-count-unchanged")),
    ];
    if counts.rejected > 0 {
        all.push(Count { n: counts.rejected.to_string(), of: visit.say("web-batch-rejected"), class: "bad" });
    }
    all
}

fn facts(visit: &Visit, found: &Batch) -> Vec<Fact> {
    let mut facts = Vec::new();
    if !found.sheet.is_empty() {
        facts.push(Fact::new(visit.say("web-batch-sheet"), found.sheet.clone()));
    }
    facts.push(Fact::new(visit.say("web-batch-header"), found.header_row.to_string()));
    facts.push(Fact::new("SM3", found.sm3.chars().take(16).collect::<String>()));
    facts.push(Fact::new(visit.say("web-fact-snapshot"), found.lake_snapshot.to_string()));
    facts
}

fn moves(visit: &Visit, found: &Batch, refused: Option<String>, retry: Option<&Retry>) -> Moves {
    let panels = Panels { visit, base: format!("/office/batches/{}", found.id), version: 0, retry };
    let all = match (&found.state, refused) {
        (BatchState::Withdrawn { .. }, _) => Vec::new(),
        (BatchState::Committed, Some(reason)) => {
            vec![Move {
                key: "withdraw".into(),
                label: visit.say("web-move-withdraw"),
                primary: false,
                can: Can::Not(reason),
            }]
        }
        (BatchState::Committed, None) => vec![panels.panel("withdraw", false, false, vec![panels.why("withdraw")])],
    };
    panels.bar(all, "web-moves-none")
}

/// 撤回: the batch's rows go, what they replaced comes back, models run again.
pub(crate) async fn take_out(
    State(site): State<Site>,
    visit: Visit,
    Path(no): Path<i64>,
    Posted(form): Posted,
) -> Answer {
    let sources = site.platform.sources();
    let outcome =
        withdraw(site.office(), visit.actor()?, site.ledger_ground(&sources), BatchNo(no), form.text("why")).await;
    match outcome {
        Ok(_) => {
            site.run_what_follows().await;
            done(&format!("/office/batches/{no}"), "withdraw")
        }
        Err(error) => draw(&site, &visit, BatchNo(no), Some(Retry::of("withdraw", form, Failure::of(&error))?)).await,
    }
}

/// One line of the batch's sheet, as it stands there and as it was read.
pub(crate) async fn line(State(site): State<Site>, visit: Visit, Path((no, row)): Path<(i64, i64)>) -> Answer {
    let mut desk = site.reading(&visit).await?;
    let at = RowRef { batch: BatchNo(no), row };
    let sources = site.platform.sources();
    let found = source_line(&mut desk, site.ledger_ground(&sources), at).await?;
    let unit = batch(&mut desk, BatchNo(no)).await?.unit;
    let own = desk.sees(Action::LedgerImport, unit.as_deref());
    let ledger = site.platform.packs.ledger(&found.line.ledger).ok_or_else(Failure::not_found)?;
    let heads =
        [("web-sheet-heading", Align::Lead), ("web-sheet-cell", Align::Plain), ("web-sheet-column", Align::Short)];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = found.cells.iter().map(|cell| {
        let column = cell.column.as_deref().and_then(|name| ledger.column(name));
        let text = match column {
            Some(column) => masked(column, &mingcha_domain::Value::Text(cell.text.clone())),
            None => cell.text.clone(),
        };
        let title = column.map_or_else(|| visit.say("web-sheet-not-read"), |column| column_title(&visit, column));
        Line::of(vec![cell.heading.clone().into(), Cell::from(text).mark(Mark::None), title.into()])
    });
    let grid = Grid {
        walk: false,
        ..Grid::list(visit.say("web-sheet-line"), heads, lines.collect(), Empty::new("", "", None))
    };
    let words = [("batch", no.to_string()), ("row", row.to_string())];
    let banner = found.line.withdrawn.then(|| Notice::care(visit.say("web-sheet-withdrawn")));
    let mut facts = vec![Fact::new(visit.say("web-batch-file"), found.line.file.clone())];
    if !found.line.sheet.is_empty() {
        facts.push(Fact::new(visit.say("web-batch-sheet"), found.line.sheet.clone()));
    }
    facts.push(Fact::new("SM3", found.line.sm3.chars().take(16).collect::<String>()));
    page(Dossier {
        frame: site.frame_in(desk.tx(), &visit, Place::Ledgers, visit.say_with("web-batch-line", &words)).await?,
        crumbs: vec![
            Link::new("/office/ledgers", visit.say("web-place-ledgers")),
            Link::new(format!("/office/ledgers/{}", found.line.ledger), ledger_title(&visit, ledger)),
            Link::new(format!("/office/batches/{no}"), visit.say_with("web-batch-no", &[("no", no.to_string())])),
        ],
        id: String::new(),
        heading: visit
            .say_with("web-sheet-line-heading", &[("file", found.line.file.clone()), ("row", row.to_string())]),
        chips: Vec::new(),
        banner,
        cards: found
            .mends
            .iter()
            .map(|mends| mended_card(&visit, ledger, mends, own))
            .chain([Card::new(visit.say("web-sheet-line"), Body::Grid(grid))])
            .collect(),
        aside: vec![Card::new(visit.say("web-batch-file"), Body::Facts(facts))],
        moves: None,
    })
}

/// The line that this one was made to mend: the cells as they stood in the sheet, and as they were written anew.
fn mended_card(visit: &Visit, ledger: &Ledger, mends: &MendedLine, own: bool) -> Card {
    let heads = [("web-sheet-heading", Align::Lead), ("web-mend-new", Align::Plain), ("web-mend-stood", Align::Plain)];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = mends.end.cells.iter().map(|cell| {
        let shown = |text: &str| match ledger.column(&cell.column) {
            Some(column) => masked(column, &mingcha_domain::Value::Text(text.to_owned())),
            None => text.to_owned(),
        };
        Line::of(vec![cell.heading.clone().into(), shown(&cell.text).into(), shown(&cell.raw).into()])
    });
    let words = [
        ("file", mends.file.clone()),
        ("row", mends.row.to_string()),
        ("by", mends.end.by_name.clone()),
        ("at", mends.end.at.for_people()),
    ];
    let empty = Empty::new(visit.say("web-mend-as-it-was"), "", None);
    let grid = Grid { walk: false, ..Grid::list(visit.say("web-mend"), heads, lines.collect(), empty) };
    let card = Card::new(visit.say_with("web-mend-of", &words), Body::Grid(grid));
    if !own {
        return card;
    }
    let to = format!("/office/uploads/{}/mend#ended", mends.upload);
    card.link(Link::new(to, visit.say("web-mend")))
}
