//! The tables of a ledger's quality: completeness, validity, troubles, rows that say the same, references.

use mingcha_domain::Trouble;
use mingcha_ledger::Quality;
use mingcha_pack::Ledger;
use mingcha_pages::parts::{Align, Cell, Empty, Grid, Head, Line, Link, Notice, Pager};

use super::finding::column_title;
use super::ledger_rows::source;
use super::ledgers::ledger_title;
use super::quality::percent;
use crate::shell::{Site, Visit};

/// How full each column is, those that must be filled in first.
pub(crate) fn complete(visit: &Visit, ledger: &Ledger, looked: &Quality) -> Grid {
    let heads = [
        ("web-column", Align::Lead),
        ("web-column-required", Align::Short),
        ("web-quality-filled", Align::Number),
        ("web-quality-filled-share", Align::Number),
        ("web-quality-empty", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let mut columns: Vec<_> = ledger.columns.iter().zip(&looked.now.columns).collect();
    columns.sort_by_key(|(column, _)| !column.required);
    let rows = looked.now.rows;
    let lines = columns.into_iter().map(|(column, profile)| {
        Line::of(vec![
            Cell::from(column_title(visit, column)),
            if column.required { visit.say("web-required").into() } else { Cell::from("") },
            visit
                .say_with("web-quality-of", &[("part", profile.filled.to_string()), ("whole", rows.to_string())])
                .into(),
            percent(profile.filled, rows).into(),
            (rows - profile.filled.min(rows)).to_string().into(),
        ])
    });
    let grid = Grid::list(visit.say("web-quality-complete"), heads, lines.collect(), Empty::new("", "", None));
    Grid { walk: false, ..grid }
}

/// What was taken and what was kept back, batch by batch.
pub(crate) fn valid(visit: &Visit, looked: &Quality) -> Grid {
    let heads = [
        ("web-batch-file", Align::Lead),
        ("web-batch-at", Align::Day),
        ("web-quality-accepted", Align::Number),
        ("web-batch-rejected", Align::Number),
        ("web-batch-duplicated", Align::Number),
        ("web-quality-accepted-share", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = looked.validity.batches.iter().map(|batch| {
        let (taken, kept) = (batch.counts.accepted(), batch.counts.rejected);
        let all = [("part", taken.to_string()), ("whole", (taken + kept).to_string())];
        let name = Link::new(format!("/office/batches/{}", batch.id), batch.file_name.clone());
        Line::of(vec![
            Cell::from(name).under(visit.say_with("web-batch-no", &[("no", batch.id.to_string())])),
            batch.committed_at.for_people().into(),
            visit.say_with("web-quality-of", &all).into(),
            kept.to_string().into(),
            batch.counts.duplicated.to_string().into(),
            percent(taken, taken + kept).into(),
        ])
    });
    let empty = Empty::new(visit.say("web-batches-none"), visit.say("web-batches-how"), None);
    Grid { walk: false, ..Grid::list(visit.say("web-quality-valid"), heads, lines.collect(), empty) }
}

/// What was wrong most often, each with one example.
pub(crate) fn troubles(visit: &Visit, ledger: &Ledger, looked: &Quality) -> Grid {
    let heads = [
        ("web-column", Align::Lead),
        ("web-quality-trouble-rows", Align::Number),
        ("web-quality-example", Align::Plain),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let validity = &looked.validity;
    let lines = validity.troubles.iter().map(|common| {
        let column = ledger.column(&common.column);
        let title = column.map_or_else(|| visit.say("web-quality-whole-row"), |column| column_title(visit, column));
        let all = [("part", common.rows.to_string()), ("whole", validity.rows.to_string())];
        Line::of(vec![
            title.into(),
            visit.say_with("web-quality-of", &all).into(),
            mingcha_words::message(visit.lang, &common.example).into(),
        ])
    });
    let empty = Empty::new(visit.say("web-quality-no-trouble"), visit.say("web-quality-no-trouble-how"), None);
    let mut grid = Grid::list(visit.say("web-quality-troubles"), heads, lines.collect(), empty);
    if validity.more {
        let note = visit.say_with("web-quality-troubles-newest", &[("rows", validity.rows.to_string())]);
        grid = grid.pager(Pager { note, previous: None, next: None });
    }
    Grid { walk: false, ..grid }
}

/// Rows that say the same under different keys.
pub(crate) fn twins(visit: &Visit, looked: &Quality) -> Grid {
    let heads = [
        ("web-quality-twin-first", Align::Lead),
        ("web-quality-twin-last", Align::Short),
        ("web-quality-twin-rows", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let empty = match &looked.twins {
        Ok(None) => Empty::new(visit.say("web-quality-twins-not-asked"), visit.say("web-quality-twins-key-only"), None),
        _ => Empty::new(visit.say("web-quality-twins-none"), visit.say("web-quality-twins-how"), None),
    };
    let mut lines = Vec::new();
    let mut pager = None;
    if let Ok(Some(twins)) = &looked.twins {
        lines = twins
            .shown
            .iter()
            .map(|group| {
                Line::of(vec![
                    source(visit, group.first).into(),
                    source(visit, group.last).into(),
                    group.rows.to_string().into(),
                ])
            })
            .collect();
        let words = [
            ("groups", twins.groups.to_string()),
            ("surplus", twins.surplus.to_string()),
            ("rows", looked.now.rows.to_string()),
        ];
        pager = Some(Pager { note: visit.say_with("web-quality-twins-note", &words), previous: None, next: None });
    }
    let failed = looked.twins.as_ref().err().map(|trouble| failed(visit, trouble));
    let grid = Grid::list(visit.say("web-quality-twins"), heads, lines, empty);
    Grid { walk: false, failed, pager, ..grid }
}

/// How the references of each column stand; nothing for a ledger that points nowhere.
pub(crate) fn references(site: &Site, visit: &Visit, ledger: &Ledger, looked: &Quality) -> Option<Grid> {
    let heads = [
        ("web-column", Align::Lead),
        ("web-quality-points-to", Align::Plain),
        ("web-quality-points-given", Align::Number),
        ("web-quality-points-missing", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let empty = || Empty::new("", "", None);
    let found = match &looked.references {
        Err(trouble) => {
            let grid = Grid::list(visit.say("web-quality-references"), heads, Vec::new(), empty());
            return Some(Grid { failed: Some(failed(visit, trouble)), ..grid });
        }
        Ok(found) if found.is_empty() => return None,
        Ok(found) => found,
    };
    let lines = found.iter().map(|reference| {
        let column = ledger.column(&reference.column);
        let target = site.platform.packs.ledger(&reference.ledger);
        let target = target.map_or_else(|| reference.ledger.clone(), |ledger| ledger_title(visit, ledger));
        let missing = match reference.missing {
            None => visit.say("web-quality-points-unknown"),
            Some(missing) => visit
                .say_with("web-quality-of", &[("part", missing.to_string()), ("whole", reference.given.to_string())]),
        };
        Line::of(vec![
            column.map_or_else(|| reference.column.clone(), |column| column_title(visit, column)).into(),
            Link::new(format!("/office/ledgers/{}", reference.ledger), target).into(),
            reference.given.to_string().into(),
            missing.into(),
        ])
    });
    let grid = Grid::list(visit.say("web-quality-references"), heads, lines.collect(), empty());
    Some(Grid { walk: false, ..grid })
}

fn failed(visit: &Visit, trouble: &Trouble) -> Notice {
    let (text, remedy) = (mingcha_words::message(visit.lang, trouble), mingcha_words::remedy(visit.lang, trouble));
    Notice::bad(text, remedy, Some(trouble.code.to_owned()))
}
