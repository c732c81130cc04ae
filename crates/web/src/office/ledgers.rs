//! 台账: the list, and one ledger with its batches, its columns and the place to drop a sheet.

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use mingcha_access::policy::{Reach, reach};
use mingcha_access::{Action, Desk};
use mingcha_domain::{BatchNo, UploadId};
use mingcha_ledger::{Batch, BatchState, batches, waiting_of_ledger, waiting_sheets};
use mingcha_pack::{Column, Ledger, Load, Privacy};
use mingcha_pages::Place;
use mingcha_pages::office::{Drop, LedgerPage};
use mingcha_pages::parts::{Align, Cell, Empty, Grid, Head, Light, Line, Link, Pager, Tone};
use mingcha_words::Lang;

use super::ledger_pages::{page_of, tabs_of_all};
use super::mend_words;
use crate::shell::{Answer, Failure, Fields, Site, Visit, download, page};

const HERE: &str = "/office/ledgers";
const BATCHES: i64 = 50;

/// The list, with a place to drop any sheet.
pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Answer {
    draw_list(&site, &visit, None).await
}

/// The list; when a sheet was refused, with the reason above the place to drop it.
pub(crate) async fn draw_list(site: &Site, visit: &Visit, refused: Option<&Failure>) -> Answer {
    let mut desk = site.reading(visit).await?;
    let newest = batches(&mut desk, None, None, 200).await?;
    let frame = site.frame_in(desk.tx(), visit, Place::Ledgers, visit.say("web-place-ledgers")).await?;
    let heads = [
        ("web-ledger", Align::Lead),
        ("web-model-pack", Align::Short),
        ("web-ledger-last-file", Align::Plain),
        ("web-ledger-last", Align::Day),
        ("web-ledger-waiting", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let mut lines = Vec::new();
    for ledger in site.platform.packs.ledgers() {
        if reaches(site, &mut desk, ledger, Action::LedgerSee).await? {
            let waiting = waiting_of_ledger(&mut desk, &ledger.full_name()).await?.open;
            lines.push(line(site, visit, ledger, &newest, waiting));
        }
    }
    let empty = Empty::new(visit.say("web-ledgers-none"), visit.say("web-ledgers-how"), None);
    with_refusal(
        visit,
        refused,
        LedgerPage {
            frame,
            crumbs: Vec::new(),
            heading: visit.say("web-place-ledgers"),
            intro: visit.say("web-ledgers-intro"),
            tabs: tabs_of_all(visit, HERE),
            banner: None,
            cards: Vec::new(),
            drop: may_import(visit).then(|| drop_zone(site, visit, "/office/uploads".into(), None)),
            filters: None,
            tables: vec![(
                visit.say("web-ledgers-all"),
                Grid::list(visit.say("web-place-ledgers"), heads, lines, empty),
            )],
        },
    )
}

fn line(site: &Site, visit: &Visit, ledger: &Ledger, newest: &[Batch], waiting: u64) -> Line {
    let name = ledger.full_name();
    let pack = site.platform.packs.pack(&ledger.pack).map_or(ledger.pack.as_str(), |pack| pack.title.as_str());
    let last = newest.iter().find(|batch| batch.ledger == name);
    Line::of(vec![
        Link::new(format!("{HERE}/{name}"), ledger_title(visit, ledger)).into(),
        pack.into(),
        last.map(|batch| batch.file_name.clone()).unwrap_or_default().into(),
        last.map(|batch| batch.committed_at.for_people()).unwrap_or_default().into(),
        if waiting > 0 { waiting.to_string().into() } else { Cell::from("") },
    ])
}

/// The title of a ledger in the visitor's language.
pub(crate) fn ledger_title(visit: &Visit, ledger: &Ledger) -> String {
    let english = visit.lang == Lang::En && !ledger.title_en.is_empty();
    if english { ledger.title_en.clone() } else { ledger.title.clone() }
}

fn may_import(visit: &Visit) -> bool {
    visit.session.as_ref().is_some_and(|session| reach(session.actor.role, Action::LedgerImport) != Reach::Never)
}

fn drop_zone(site: &Site, visit: &Visit, action: String, template: Option<Link>) -> Drop {
    let megabytes = (site.config.sheet_bytes_max / (1024 * 1024)).to_string();
    Drop {
        action,
        csrf: visit.csrf().to_owned(),
        heading: visit.say("web-drop-heading"),
        hint: visit.say_with("web-drop-hint", &[("max", megabytes)]),
        label: visit.say("web-drop-label"),
        submit: visit.say("web-drop-submit"),
        reading: visit.say("web-drop-reading"),
        broken: visit.say("web-drop-broken"),
        template,
    }
}

/// One ledger.
pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    draw(&site, &visit, &name, asked.text("before").parse().ok().map(BatchNo), None).await
}

/// The page; when a sheet was refused, with the reason above the place to drop it.
pub(crate) async fn draw(
    site: &Site,
    visit: &Visit,
    name: &str,
    before: Option<BatchNo>,
    refused: Option<&Failure>,
) -> Answer {
    let ledger = site.platform.packs.ledger(name).ok_or_else(Failure::not_found)?;
    let mut desk = site.reading(visit).await?;
    let found = batches(&mut desk, Some(name), before, BATCHES).await?;
    let load = match ledger.load {
        Load::Merge => "web-load-merge",
        Load::Append => "web-load-append",
        Load::Snapshot => "web-load-snapshot",
    };
    let keys: Vec<&str> =
        ledger.key.iter().filter_map(|key| ledger.column(key)).map(|key| key.title.as_str()).collect();
    let gap = if visit.lang == Lang::En { " " } else { "" };
    let template = Link::new(format!("{HERE}/{name}/template.xlsx"), visit.say("web-drop-template"));
    if !reaches(site, &mut desk, ledger, Action::LedgerSee).await? {
        return Err(Failure::not_found());
    }
    let own = reaches(site, &mut desk, ledger, Action::LedgerImport).await?;
    let drop = own.then(|| drop_zone(site, visit, format!("{HERE}/{name}/uploads"), Some(template)));
    let waiting = waiting_of_ledger(&mut desk, name).await?;
    let sheets = waiting_sheets(&mut desk, Some(name)).await?;
    let open: BTreeMap<UploadId, u64> = sheets.iter().map(|sheet| (sheet.upload, sheet.open)).collect();
    with_refusal(
        visit,
        refused,
        LedgerPage {
            intro: format!("{}{gap}{}", ledger.note, visit.say_with(load, &[("key", keys.join("、"))])),
            drop,
            cards: mend_words::card(visit, waiting, if own { &sheets } else { &[] }).into_iter().collect(),
            tables: vec![
                (visit.say("web-batches"), batch_grid(visit, name, (&found, &open), before)),
                (visit.say("web-columns"), column_grid(visit, ledger)),
            ],
            ..page_of(site, &mut desk, visit, ledger, "").await?
        },
    )
}

fn with_refusal(visit: &Visit, refused: Option<&Failure>, mut list: LedgerPage) -> Answer {
    let Some(failure) = refused else { return page(list) };
    list.frame.notice = Some(failure.notice(visit));
    let mut response = page(list)?;
    *response.status_mut() = failure.status();
    Ok(response)
}

/// Whether this actor may see, or hand in sheets of, this ledger: it belongs to the project's lead unit.
pub(crate) async fn reaches(site: &Site, desk: &mut Desk, ledger: &Ledger, action: Action) -> Result<bool, Failure> {
    let project = site.platform.packs.pack(&ledger.pack).and_then(|pack| pack.project.as_ref());
    let unit = match project {
        Some(project) => mingcha_access::units::by_name(desk.tx(), &project.lead_unit).await?.map(|unit| unit.code),
        None => None,
    };
    Ok(desk.sees(action, unit.as_deref()))
}

fn batch_grid(
    visit: &Visit,
    name: &str,
    (found, open): (&[Batch], &BTreeMap<UploadId, u64>),
    before: Option<BatchNo>,
) -> Grid {
    let heads = [
        ("web-batch", Align::Short),
        ("web-batch-file", Align::Lead),
        ("web-batch-at", Align::Day),
        ("web-batch-by", Align::Short),
        ("web-batch-added", Align::Number),
        ("web-batch-superseded", Align::Number),
        ("web-batch-rejected", Align::Number),
        ("web-state", Align::Short),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = found.iter().map(|batch| Line {
        gone: batch.state != BatchState::Committed,
        ..Line::of(vec![
            visit.say_with("web-batch-no", &[("no", batch.id.to_string())]).into(),
            Link::new(format!("/office/batches/{}", batch.id), batch.file_name.clone()).into(),
            batch.committed_at.for_people().into(),
            batch.committed_by_name.clone().into(),
            batch.counts.added.to_string().into(),
            batch.counts.superseded.to_string().into(),
            batch.counts.rejected.to_string().into(),
            batch_light(visit, batch, open.get(&batch.upload).copied().unwrap_or(0)).into(),
        ])
    });
    let older = found.last().filter(|_| i64::try_from(found.len()).unwrap_or(i64::MAX) >= BATCHES);
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", found.len().to_string())]),
        previous: before.map(|_| Link::new(format!("{HERE}/{name}"), visit.say("web-newest"))),
        next: older.map(|last| Link::new(format!("{HERE}/{name}?before={}", last.id), visit.say("web-older"))),
    };
    let empty = Empty::new(visit.say("web-batches-none"), visit.say("web-batches-how"), None);
    Grid::list(visit.say("web-batches"), heads, lines.collect(), empty).pager(pager)
}

/// How a batch stands, of whose sheet so many rows still wait.
pub(crate) fn batch_light(visit: &Visit, batch: &Batch, open: u64) -> Light {
    match (&batch.state, open) {
        (BatchState::Withdrawn { .. }, _) => Light::new(Tone::Grey, visit.say("web-batch-withdrawn")),
        (BatchState::Committed, 0) => Light::new(Tone::Green, visit.say("web-batch-in-use")),
        (BatchState::Committed, waiting) => {
            Light::new(Tone::Amber, visit.say_with("web-batch-waiting", &[("count", waiting.to_string())]))
        }
    }
}

fn column_grid(visit: &Visit, ledger: &Ledger) -> Grid {
    let heads = [
        ("web-column", Align::Lead),
        ("web-column-kind", Align::Short),
        ("web-column-required", Align::Short),
        ("web-column-note", Align::Plain),
        ("web-column-privacy", Align::Short),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = ledger.columns.iter().map(|column| column_line(visit, ledger, column)).collect();
    Grid { walk: false, ..Grid::list(visit.say("web-columns"), heads, lines, Empty::new("", "", None)) }
}

fn column_line(visit: &Visit, ledger: &Ledger, column: &Column) -> Line {
    let kind = column.kind.to_string();
    let kind = visit.say(&format!("web-kind-{}", kind.split('(').next().unwrap_or_default().replace('_', "-")));
    let mut note = Vec::new();
    if ledger.key.contains(&column.name) {
        note.push(visit.say("web-column-is-key"));
    }
    if !column.values.is_empty() {
        note.push(column.values.join(" / "));
    }
    if !column.note.is_empty() {
        note.push(column.note.clone());
    }
    let required = if column.required { visit.say("web-required") } else { String::new() };
    let privacy = match column.privacy {
        Privacy::Public | Privacy::Internal => String::new(),
        Privacy::Personal | Privacy::Sensitive => visit.say("web-column-personal"),
    };
    Line::of(vec![
        Cell::from(column.title.clone()).under(column.name.clone()),
        kind.into(),
        required.into(),
        note.join(" · ").into(),
        privacy.into(),
    ])
}

/// The template workbook of a ledger.
pub(crate) async fn template(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Answer {
    let ledger = site.platform.packs.ledger(&name).ok_or_else(Failure::not_found)?;
    let tell = |trouble: &mingcha_domain::Trouble| mingcha_words::message(visit.lang, trouble);
    let bytes = mingcha_intake::template(ledger, &tell)?;
    download(&format!("{}.xlsx", ledger.title), XLSX, bytes)
}

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
