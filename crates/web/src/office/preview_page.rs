//! The preview drawn: counts, rows to look at, old → new, the mapping of columns.

use axum::response::Response;
use mingcha_domain::{Trouble, Value};
use mingcha_intake::{CellProblem, Mapped as Heading, ParsedRow, RejectedRow, SheetFit};
use mingcha_ledger::{Preview, SheetReference, Superseding};
use mingcha_pack::{Column, ColumnKind, Ledger, Privacy};
use mingcha_pages::Place;
use mingcha_pages::office::{Commit, Count, PreviewPage};
use mingcha_pages::parts::{Align, Cell, Empty, Grid, Head, Line, Link, Mark, Notice};
use mingcha_words::Lang;

use super::finding::{column_title, head, masked};
use super::ledgers::ledger_title;
use super::mend::downloads;
use super::preview_mapping::{Sheet, choice, mapping, samples};
use crate::shell::{Failure, Site, Visit, page};

/// Rows of each kind that are shown; the marked sheet has them all.
const SHOWN: usize = 100;

/// What stands around the rows of a preview.
#[derive(Default)]
pub(crate) struct Around {
    /// Sheets of the file that have columns of the ledger.
    pub fits: Vec<SheetFit>,
    /// Columns in which rows point to what is not there.
    pub references: Vec<SheetReference>,
}

/// Rows that point to a row which is not there: how many, which ones, and that they go in all the same.
fn points_nowhere(site: &Site, visit: &Visit, ledger: &Ledger, found: &SheetReference) -> Notice {
    let column = ledger.column(&found.column);
    let target = site.platform.packs.ledger(&found.ledger);
    let comma = if visit.lang == Lang::En { ", " } else { "、" };
    let first = found.first.iter().map(|(line, value)| {
        let value = column.map_or_else(String::new, |column| masked(column, value));
        visit.say_with("web-preview-points-row", &[("row", line.to_string()), ("value", value)])
    });
    let first: Vec<String> = first.collect();
    let words = [
        ("column", column.map_or_else(|| found.column.clone(), |column| column_title(visit, column))),
        ("ledger", target.map_or_else(|| found.ledger.clone(), |ledger| ledger_title(visit, ledger))),
        ("missing", found.missing.to_string()),
        ("given", found.given.to_string()),
        ("first", first.join(comma)),
    ];
    Notice {
        remedy: visit.say("web-preview-points-nowhere-remedy"),
        ..Notice::care(visit.say_with("web-preview-points-nowhere", &words))
    }
}

/// A sheet whose rows can be read.
pub(crate) async fn rows(
    site: &Site,
    visit: &Visit,
    looked: &Preview,
    around: &Around,
    failed: Option<Failure>,
) -> Result<Response, Failure> {
    let ledger = site.platform.packs.ledger(&looked.upload.ledger).ok_or_else(Failure::not_found)?;
    let counts = looked.counts;
    let (good, bad) = (counts.added + counts.superseded, counts.rejected);
    let total = counts.accepted() + bad;
    let file = looked.upload.file_name.clone();
    let numbers = [("file", file), ("total", total.to_string()), ("good", good.to_string()), ("bad", bad.to_string())];
    let heading = match (looked.same_as, good, bad) {
        (Some(_), 0, _) => "web-preview-heading-same",
        (None, 0, 0) => "web-preview-heading-nothing",
        (None, _, 0) => "web-preview-heading-all",
        _ => "web-preview-heading",
    };
    let notes: Vec<String> = looked.notes.iter().map(|note| mingcha_words::message(visit.lang, note)).collect();
    let here = format!("/office/uploads/{}", looked.upload.id);
    let to_look_at = to_look_at(visit, ledger, looked);
    let sheet = Sheet {
        ledger,
        upload: &looked.upload,
        headings: &looked.mapping,
        name: &looked.sheet,
        header_row: looked.header_row,
        fits: &around.fits,
    };
    let mut frame = site.frame(visit, Place::Ledgers, visit.say("web-preview")).await?;
    frame.notice = failed.as_ref().map(|failure| failure.notice(visit)).or(frame.notice);
    let mut response = page(PreviewPage {
        frame,
        crumbs: crumbs(visit, ledger),
        heading: visit.say_with(heading, &numbers),
        counts: count_row(visit, looked),
        note: notes.join(if visit.lang == Lang::En { " " } else { "" }),
        cautions: around.references.iter().map(|one| points_nowhere(site, visit, ledger, one)).collect(),
        commit: counts.changes().then(|| Commit {
            action: format!("{here}/commit"),
            label: visit.say_with("web-preview-commit", &[("count", good.to_string())]),
        }),
        marked: if bad > 0 { downloads(visit, looked.upload.id) } else { Vec::new() },
        sheet: (!to_look_at.lines.is_empty()).then_some(to_look_at),
        changes: (!looked.superseding.is_empty()).then(|| changes(visit, ledger, &looked.superseding)),
        after: visit.say_with(if bad > 0 { "web-preview-after" } else { "web-preview-after-all" }, &numbers),
        mapping: Some(mapping(visit, &sheet, &samples(looked))?),
        reading: choice(visit, &sheet),
        discard: discard(visit, &here),
    })?;
    if let Some(failure) = failed {
        *response.status_mut() = failure.status();
    }
    Ok(response)
}

pub(crate) fn discard(visit: &Visit, here: &str) -> Option<Commit> {
    Some(Commit { action: format!("{here}/discard"), label: visit.say("web-upload-discard-it") })
}

pub(crate) fn crumbs(visit: &Visit, ledger: &Ledger) -> Vec<Link> {
    vec![
        Link::new("/office/ledgers", visit.say("web-place-ledgers")),
        Link::new(format!("/office/ledgers/{}", ledger.full_name()), ledger_title(visit, ledger)),
    ]
}

fn count_row(visit: &Visit, looked: &Preview) -> Vec<Count> {
    let counts = looked.counts;
    let mut row = vec![Count { n: counts.added.to_string(), of: visit.say("web-count-added"), class: "good" }];
    if counts.rejected > 0 {
        row.push(Count { n: counts.rejected.to_string(), of: visit.say("web-count-rejected"), class: "bad" });
    }
    row.push(Count::plain(counts.superseded.to_string(), visit.say("web-count-superseded")));
    row.push(Count::plain(counts.unchanged.to_string(), visit.say("web-count-unchanged")));
    if counts.ended > 0 {
        row.push(Count::plain(counts.ended.to_string(), visit.say("web-count-ended")));
    }
    row
}

/// Bad rows, and good ones of which a cell was read as something else than it looks; by line.
fn to_look_at(visit: &Visit, ledger: &Ledger, looked: &Preview) -> Grid {
    let read: Vec<&Heading> = looked.mapping.iter().filter(|heading| heading.column.is_some()).collect();
    let mut lines: Vec<(u32, Line)> = Vec::new();
    for row in looked.rejects.iter().take(SHOWN) {
        lines.push((row.row, bad_line(visit, ledger, &read, row)));
    }
    for row in looked.added.iter().filter(|row| !row.read_as.is_empty()).take(SHOWN) {
        lines.push((row.row, read_line(visit, ledger, &read, row)));
    }
    lines.sort_by_key(|(row, _)| *row);
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    Grid::sheet(visit.say("web-preview-look"), heads(visit, ledger, &read), lines, Empty::new("", "", None))
}

/// Rows that were kept back, cell by cell, as the batch's page shows them.
pub(crate) fn kept_back(visit: &Visit, ledger: &Ledger, rejects: &[RejectedRow]) -> Grid {
    let heads = [
        ("web-sheet-row", Align::Number),
        ("web-column", Align::Lead),
        ("web-sheet-cell", Align::Plain),
        ("web-kept-back-why", Align::Plain),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let problems = rejects.iter().flat_map(|row| row.problems.iter().map(move |problem| (row.row, problem)));
    let lines = problems.take(SHOWN * 2).map(|(row, problem)| {
        let column = ledger.column(&problem.column);
        let title = column.map_or_else(|| problem.column.clone(), |column| column_title(visit, column));
        let value = Cell::from(problem.value.clone());
        Line::of(vec![row.to_string().into(), title.into(), value, said(visit, problem).into()])
    });
    let empty = Empty::new("", "", None);
    Grid { walk: false, ..Grid::list(visit.say("web-kept-back"), heads, lines.collect(), empty) }
}

fn heads(visit: &Visit, ledger: &Ledger, read: &[&Heading]) -> Vec<Head> {
    let mut heads = vec![Head::new(visit.say("web-sheet-row"), Align::Number)];
    heads.extend(read.iter().map(|heading| match column_of(ledger, heading) {
        Some(column) => head(visit, column),
        None => Head::new(heading.heading.clone(), Align::Plain),
    }));
    heads
}

pub(crate) fn column_of<'a>(ledger: &'a Ledger, heading: &Heading) -> Option<&'a Column> {
    ledger.column(heading.column.as_deref()?)
}

fn bad_line(visit: &Visit, ledger: &Ledger, read: &[&Heading], row: &RejectedRow) -> Line {
    let mut first = Cell::from(row.row.to_string());
    let whole: Vec<String> =
        row.problems.iter().filter(|problem| problem.at.is_none()).map(|problem| said(visit, problem)).collect();
    if !whole.is_empty() {
        first = first.mark(Mark::Bad(whole.join(" ")));
    }
    let cells = read.iter().map(|heading| {
        let problems: Vec<&CellProblem> =
            row.problems.iter().filter(|problem| problem.at == Some(heading.at)).collect();
        let raw = row.raw.get(heading.at).map_or("", String::as_str);
        if problems.is_empty() {
            return shown(column_of(ledger, heading), raw).into();
        }
        let note: Vec<String> = problems.iter().map(|problem| said(visit, problem)).collect();
        Cell::from(raw).mark(Mark::Bad(note.join(" ")))
    });
    Line::of(std::iter::once(first).chain(cells).collect())
}

fn read_line(visit: &Visit, ledger: &Ledger, read: &[&Heading], row: &ParsedRow) -> Line {
    let first = Cell::from(row.row.to_string());
    let cells = read.iter().map(|heading| {
        let raw = row.raw.get(heading.at).map_or("", String::as_str);
        let column = column_of(ledger, heading);
        match row.read_as.iter().find(|read| read.at == heading.at) {
            Some(read) => {
                let hidden = column.is_some_and(is_personal);
                let told = if hidden { shown(column, &read.value.to_string()) } else { read.value.to_string() };
                let mut trouble = read.said();
                trouble.facts = vec![("value", told)];
                Cell::from(shown(column, raw)).mark(Mark::ReadAs(mingcha_words::message(visit.lang, &trouble)))
            }
            None => shown(column, raw).into(),
        }
    });
    Line::of(std::iter::once(first).chain(cells).collect())
}

fn is_personal(column: &Column) -> bool {
    column.kind == ColumnKind::ResidentId || matches!(column.privacy, Privacy::Personal | Privacy::Sensitive)
}

/// A cell as it stands, masked where it is personal and nothing is wrong with it.
pub(crate) fn shown(column: Option<&Column>, raw: &str) -> String {
    match column {
        Some(column) if is_personal(column) => masked(column, &Value::Text(raw.to_owned())),
        _ => raw.to_owned(),
    }
}

/// What is wrong with a cell, said where it stands: without its place, with what to do.
pub(crate) fn said(visit: &Visit, problem: &CellProblem) -> String {
    let Trouble { code, facts } = &problem.trouble;
    let key = format!("{code}-cell");
    let facts: Vec<(&str, String)> = facts.iter().map(|(name, value)| (*name, value.clone())).collect();
    let short = mingcha_words::text_with(visit.lang, &key, &facts);
    let what = if short == key { mingcha_words::message(visit.lang, &problem.trouble) } else { short };
    let stop = if visit.lang == Lang::Zh { "。" } else { ". " };
    let what = what.trim_end_matches(['。', '.']);
    format!("{what}{stop}{}", mingcha_words::remedy(visit.lang, &problem.trouble))
}

fn changes(visit: &Visit, ledger: &Ledger, superseding: &[Superseding]) -> Grid {
    let mut heads = vec![Head::new(visit.say("web-sheet-row"), Align::Number)];
    heads.extend(ledger.key.iter().filter_map(|key| ledger.column(key)).map(|column| head(visit, column)));
    for key in ["web-change-column", "web-change-value"] {
        heads.push(Head::new(visit.say(key), Align::Plain));
    }
    heads.push(Head::new(visit.say("web-change-was"), Align::Short));
    let mut lines = Vec::new();
    for row in superseding.iter().take(SHOWN) {
        for changed in &row.changed {
            let Some(column) = ledger.column(&changed.column) else { continue };
            let mut cells: Vec<Cell> = vec![row.row.to_string().into()];
            let keys = ledger.key.iter().filter_map(|key| ledger.column(key)).zip(&row.key);
            cells.extend(keys.map(|(column, value)| Cell::from(masked(column, value))));
            cells.push(column.title.clone().into());
            cells.push(Cell::from(masked(column, &changed.new)).mark(Mark::Changed(masked(column, &changed.old))));
            let from = [("batch", row.old.batch.to_string()), ("row", row.old.row.to_string())];
            cells.push(
                Link::new(
                    format!("/office/batches/{}/rows/{}", row.old.batch, row.old.row),
                    visit.say_with("web-batch-line", &from),
                )
                .into(),
            );
            lines.push(Line::of(cells));
        }
    }
    Grid::sheet(visit.say("web-preview-changes"), heads, lines, Empty::new("", "", None))
}
