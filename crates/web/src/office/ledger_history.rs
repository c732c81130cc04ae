//! 版本: what each version of a ledger brought, and what differs between two of them.

use axum::extract::{Path, RawQuery, State};
use mingcha_domain::{RowRef, Value};
use mingcha_engine::LakeRow;
use mingcha_engine::lake::{ChangeAsk, ChangeKind, RowChange};
use mingcha_ledger::{VersionLine, changes, version_list};
use mingcha_pack::Ledger;
use mingcha_pages::office::{Body, Card, Count, Filter, Filters};
use mingcha_pages::parts::{Align, Cell, Choice, Empty, Grid, Head, Light, Line, Link, Mark, Pager, Tone};
use mingcha_words::Lang;

use super::finding::{column_title, head, masked};
use super::findings::with;
use super::ledger_pages::{ledger_of, page_of, version_choices};
use super::ledger_rows::source;
use crate::shell::{Answer, Fields, Site, Visit, page};

const PAGE: usize = 50;

/// The versions, the newest first.
pub(crate) async fn versions(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let ledger = ledger_of(&site, &mut desk, &name).await?;
    let sources = site.platform.sources();
    let before = asked.text("before").parse().ok();
    let found = version_list(&mut desk, site.ledger_ground(&sources), &name, before, PAGE).await?;
    let mut drawn = page_of(&site, &mut desk, &visit, ledger, "/versions").await?;
    drawn.intro = visit.say("web-versions-intro");
    let heads = [
        ("web-version-what", Align::Lead),
        ("web-upload-at", Align::Day),
        ("web-batch-by", Align::Short),
        ("web-batch-added", Align::Number),
        ("web-batch-superseded", Align::Number),
        ("web-batch-ended", Align::Number),
        ("web-upload-ways", Align::Plain),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = found.iter().map(|line| version(&visit, &name, line)).collect();
    let older = found.last().filter(|last| found.len() == PAGE && last.before > 0);
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", found.len().to_string())]),
        previous: before.map(|_: i64| Link::new(with(&asked, "before", ""), visit.say("web-newest"))),
        next: older
            .map(|last| Link::new(with(&asked, "before", &last.version.snapshot.to_string()), visit.say("web-older"))),
    };
    let empty = Empty::new(visit.say("web-versions-none"), visit.say("web-batches-how"), None);
    let grid = Grid::list(visit.say("web-tab-versions"), heads, lines, empty).pager(pager);
    drawn.tables.push((String::new(), grid));
    page(drawn)
}

fn version(visit: &Visit, name: &str, line: &VersionLine) -> Line {
    let VersionLine { version, file_name, counts, before } = line;
    let key = if version.withdrawn { "web-version-batch-went" } else { "web-version-batch-came" };
    let what = visit.say_with(key, &[("no", version.batch.to_string())]);
    let what = Cell::from(Link::new(format!("/office/batches/{}", version.batch), what));
    let here = format!("/office/ledgers/{name}");
    let ways = vec![
        Link::new(format!("{here}/rows?version={}", version.snapshot), visit.say("web-version-rows")),
        Link::new(format!("{here}/changes?from={before}&to={}", version.snapshot), visit.say("web-version-changes")),
        Link::new(format!("{here}/quality?version={}", version.snapshot), visit.say("web-tab-quality")),
    ];
    // A batch that went takes away what it brought.
    let count = |count: usize| match (version.withdrawn, count) {
        (_, 0) => "0".to_owned(),
        (true, count) => format!("−{count}"),
        (false, count) => count.to_string(),
    };
    let words = [("version", version.snapshot.to_string()), ("file", file_name.clone())];
    Line::of(vec![
        what.under(visit.say_with("web-version-of-file", &words)),
        version.at.for_people().into(),
        version.by_name.clone().into(),
        count(counts.added).into(),
        count(counts.superseded).into(),
        count(counts.ended).into(),
        ways.into(),
    ])
}

/// What differs between two versions.
pub(crate) async fn differ(
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
    let versions = version_list(&mut desk, ground, &name, None, PAGE).await?;
    let newest = versions.first();
    let to = asked.text("to").parse().ok().or_else(|| newest.map(|line| line.version.snapshot)).unwrap_or(0);
    let from = asked.text("from").parse().ok().or_else(|| newest.map(|line| line.before)).unwrap_or(0);
    let kind = kind_named(asked.text("kind"));
    let after = asked.text("after").parse().ok().map(RowRef::unpack);
    let found = changes(&mut desk, ground, &name, (from, to), &ChangeAsk { kind, after, limit: PAGE }).await?;
    let mut drawn = page_of(&site, &mut desk, &visit, ledger, "/versions").await?;
    drawn.intro = visit.say("web-changes-intro");
    drawn.filters = Some(filters(&visit, &name, &asked, &versions, (from, to)));
    let counts = vec![
        Count {
            n: found.counts.added.to_string(),
            of: visit.say("web-change-added"),
            class: if found.counts.added > 0 { "good" } else { "" },
        },
        Count::plain(found.counts.changed.to_string(), visit.say("web-change-changed")),
        Count::plain(found.counts.removed.to_string(), visit.say("web-change-removed")),
    ];
    drawn.cards.push(Card::new(visit.say("web-changes"), Body::Counts(counts)));
    let lines = found.changes.iter().map(|change| changed(&visit, ledger, change)).collect();
    let mut heads =
        vec![Head::new(visit.say("web-change-kind"), Align::Short), Head::new(visit.say("web-source"), Align::Short)];
    let (keys, others) = keys_first(ledger);
    heads.extend(keys.iter().map(|at| head(&visit, &ledger.columns[*at])));
    heads.push(Head::new(visit.say("web-change-what"), Align::Plain));
    heads.extend(others.iter().map(|at| head(&visit, &ledger.columns[*at])));
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", found.changes.len().to_string())]),
        previous: after.map(|_| Link::new(with(&asked, "after", ""), visit.say("web-first-page"))),
        next: found
            .next
            .map(|at| Link::new(with(&asked, "after", &at.packed().to_string()), visit.say("web-next-page"))),
    };
    let empty = Empty::new(visit.say("web-changes-none"), visit.say("web-changes-none-how"), None);
    drawn.tables.push((String::new(), Grid::sheet(visit.say("web-changes"), heads, lines, empty).pager(pager)));
    page(drawn)
}

fn changed(visit: &Visit, ledger: &Ledger, change: &RowChange) -> Line {
    let (tone, key) = match change.kind {
        ChangeKind::Added => (Tone::Green, "web-change-added"),
        ChangeKind::Changed => (Tone::Amber, "web-change-changed"),
        ChangeKind::Removed => (Tone::Grey, "web-change-removed"),
    };
    let mut cells: Vec<Cell> = vec![Light::new(tone, visit.say(key)).into()];
    cells.push(change.at().map_or_else(|| Cell::from(""), |at| source(visit, at).into()));
    let shown = change.new.as_ref().or(change.old.as_ref());
    let value =
        |row: Option<&LakeRow>, at: usize| row.and_then(|row| row.values.get(at)).cloned().unwrap_or(Value::Null);
    let (keys, others) = keys_first(ledger);
    let cell = |at: &usize| Cell::from(masked(&ledger.columns[*at], &value(shown, *at)));
    cells.extend(keys.iter().map(cell));
    let (mut titles, mut rest) = (Vec::new(), Vec::new());
    for at in &others {
        let (column, cell) = (&ledger.columns[*at], cell(at));
        let was = value(change.old.as_ref(), *at);
        if change.kind == ChangeKind::Changed && was != value(shown, *at) {
            titles.push(column_title(visit, column));
            rest.push(cell.mark(Mark::Changed(masked(column, &was))));
        } else {
            rest.push(cell);
        }
    }
    cells.push(titles.join(if visit.lang == Lang::En { ", " } else { "、" }).into());
    cells.extend(rest);
    Line { gone: change.kind == ChangeKind::Removed, ..Line::of(cells) }
}

/// Places of the key's columns and of the others: a row is known by its key, wherever that stands in the sheet.
fn keys_first(ledger: &Ledger) -> (Vec<usize>, Vec<usize>) {
    (0..ledger.columns.len()).partition(|at| ledger.key.contains(&ledger.columns[*at].name))
}

fn kind_named(name: &str) -> Option<ChangeKind> {
    match name {
        "added" => Some(ChangeKind::Added),
        "changed" => Some(ChangeKind::Changed),
        "removed" => Some(ChangeKind::Removed),
        _ => None,
    }
}

fn filters(visit: &Visit, name: &str, asked: &Fields, versions: &[VersionLine], between: (i64, i64)) -> Filters {
    let action = format!("/office/ledgers/{name}/changes");
    let nothing = || Choice::new("0", visit.say("web-version-nothing"), between.0 == 0);
    let mut from = version_choices(visit, versions, Some(between.0).filter(|version| *version > 0));
    from.push(nothing());
    let to = version_choices(visit, versions, Some(between.1).filter(|version| *version > 0));
    let kinds = [
        ("", "web-change-any"),
        ("added", "web-change-added"),
        ("changed", "web-change-changed"),
        ("removed", "web-change-removed"),
    ];
    let kinds = kinds.map(|(kind, key)| Choice::new(kind, visit.say(key), asked.text("kind") == kind)).to_vec();
    Filters {
        filters: vec![
            Filter { name: "from".into(), label: visit.say("web-changes-from"), choices: from },
            Filter { name: "to".into(), label: visit.say("web-changes-to"), choices: to },
            Filter { name: "kind".into(), label: visit.say("web-change-kind"), choices: kinds },
        ],
        day: None,
        search: None,
        submit: visit.say("web-changes-compare"),
        clear: None,
        action,
    }
}
