//! 上传记录: every file that was handed in, what became of it, and what can be undone.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, RawQuery, State};
use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{BatchNo, UploadId};
use mingcha_ledger::{Batch, Fate, PastUpload, Undo, UploadQuery, undo_of, uploads, waiting_sheets};
use mingcha_pages::office::{Filter, Filters};
use mingcha_pages::parts::{Align, Cell, Choice, Empty, Grid, Head, Light, Line, Link, Pager, Tone};

use super::findings::with;
use super::ledger_pages::{ledger_of, page_of, page_of_all};
use super::ledgers::ledger_title;
use crate::shell::{Answer, Failure, Fields, Site, Visit, page};

const PAGE: usize = 25;

/// Of all ledgers that the visitor sees.
pub(crate) async fn of_all(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let words = ("web-uploads", "web-uploads-intro");
    let mut drawn = page_of_all(&site, &mut desk, &visit, words, "/office/uploads").await?;
    drawn.filters = Some(filters(&site, &visit, &asked, None));
    let list = grid(&site, &mut desk, &visit, &asked, None).await?;
    drawn.tables.push((String::new(), list));
    page(drawn)
}

/// Of one ledger.
pub(crate) async fn of_ledger(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let ledger = ledger_of(&site, &mut desk, &name).await?;
    let mut drawn = page_of(&site, &mut desk, &visit, ledger, "/uploads").await?;
    drawn.intro = visit.say("web-uploads-intro");
    drawn.filters = Some(filters(&site, &visit, &asked, Some(&name)));
    let list = grid(&site, &mut desk, &visit, &asked, Some(&name)).await?;
    drawn.tables.push((String::new(), list));
    page(drawn)
}

fn filters(site: &Site, visit: &Visit, asked: &Fields, ledger: Option<&str>) -> Filters {
    let mut choices = vec![Choice::new("", visit.say("web-uploads-any-fate"), false)];
    for fate in Fate::ALL {
        choices.push(Choice::new(fate.name(), fate_in_words(visit, fate), asked.text("fate") == fate.name()));
    }
    let mut filters = vec![Filter { name: "fate".into(), label: visit.say("web-state"), choices }];
    let action = match ledger {
        Some(name) => format!("/office/ledgers/{name}/uploads"),
        None => {
            let mut choices = vec![Choice::new("", visit.say("web-ledgers-all"), false)];
            choices.extend(site.platform.packs.ledgers().map(|ledger| {
                let name = ledger.full_name();
                let chosen = asked.text("ledger") == name;
                Choice::new(name, ledger_title(visit, ledger), chosen)
            }));
            filters.insert(0, Filter { name: "ledger".into(), label: visit.say("web-ledger"), choices });
            "/office/uploads".to_owned()
        }
    };
    let filtered = asked.some("fate").is_some() || asked.some("ledger").is_some();
    let clear = filtered.then(|| Link::new(action.clone(), visit.say("web-filter-clear")));
    Filters { action, filters, day: None, search: None, submit: visit.say("web-filter"), clear }
}

async fn grid(
    site: &Site,
    desk: &mut Desk,
    visit: &Visit,
    asked: &Fields,
    ledger: Option<&str>,
) -> Result<Grid, Failure> {
    let query = UploadQuery {
        ledger: ledger.or_else(|| asked.some("ledger")).map(str::to_owned),
        fate: Fate::named(asked.text("fate")),
        before: asked.some("before").map(str::to_owned),
        limit: PAGE,
    };
    let found = uploads(desk, &query).await?;
    let batches: Vec<Batch> = found.uploads.iter().filter_map(|past| past.batch.clone()).collect();
    let sources = site.platform.sources();
    let undo = undo_of(desk, site.ledger_ground(&sources), &batches).await?;
    let waiting = waiting_sheets(desk, query.ledger.as_deref()).await?;
    let seen = Seen { undo, waiting: waiting.into_iter().map(|sheet| sheet.upload).collect() };
    let mut heads = vec![
        ("web-batch-file", Align::Lead),
        ("web-upload-at", Align::Day),
        ("web-batch-by", Align::Short),
        ("web-batch-added", Align::Number),
        ("web-batch-superseded", Align::Number),
        ("web-batch-unchanged", Align::Number),
        ("web-batch-duplicated", Align::Number),
        ("web-batch-ended", Align::Number),
        ("web-batch-rejected", Align::Number),
        ("web-state", Align::Plain),
        ("web-upload-ways", Align::Plain),
    ];
    if ledger.is_none() {
        heads.insert(1, ("web-ledger", Align::Plain));
    }
    let heads = heads.into_iter().map(|(key, align)| Head::new(visit.say(key), align)).collect();
    let lines = found.uploads.iter().map(|past| line(site, desk, visit, past, &seen, ledger.is_none())).collect();
    let empty = if asked.some("fate").is_some() || asked.some("ledger").is_some() {
        Empty::new(visit.say("web-uploads-none-such"), visit.say("web-uploads-how"), None)
    } else {
        let next = Link::new("/office/ledgers", visit.say("web-place-ledgers"));
        Empty::new(visit.say("web-uploads-none"), visit.say("web-uploads-how"), ledger.is_none().then_some(next))
    };
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", found.uploads.len().to_string())]),
        previous: asked.some("before").map(|_| Link::new(with(asked, "before", ""), visit.say("web-newest"))),
        next: found.next.map(|before| Link::new(with(asked, "before", &before), visit.say("web-older"))),
    };
    Ok(Grid::list(visit.say("web-uploads"), heads, lines, empty).pager(pager))
}

/// What can be done about uploads.
struct Seen {
    undo: BTreeMap<BatchNo, Undo>,
    /// Those with rows that wait to be mended.
    waiting: BTreeSet<UploadId>,
}

fn line(site: &Site, desk: &Desk, visit: &Visit, past: &PastUpload, seen: &Seen, with_ledger: bool) -> Line {
    let upload = &past.upload;
    let to = match &past.batch {
        Some(batch) => format!("/office/batches/{}", batch.id),
        None => format!("/office/uploads/{}", upload.id),
    };
    let sheet = past.batch.as_ref().map(|batch| batch.sheet.clone()).filter(|sheet| !sheet.is_empty());
    let name: Cell = match past.fate {
        Fate::Discarded => upload.file_name.clone().into(),
        _ => Link::new(to, upload.file_name.clone()).into(),
    };
    let name = match (&past.batch, sheet) {
        (Some(batch), Some(sheet)) => {
            let words = [("no", batch.id.to_string()), ("sheet", sheet)];
            name.under(visit.say_with("web-upload-batch-sheet", &words))
        }
        (Some(batch), None) => name.under(visit.say_with("web-batch-no", &[("no", batch.id.to_string())])),
        (None, _) => name,
    };
    let mut cells = vec![name];
    if with_ledger {
        let ledger = site.platform.packs.ledger(&upload.ledger);
        cells.push(ledger.map_or_else(|| upload.ledger.clone(), |ledger| ledger_title(visit, ledger)).into());
    }
    // A nought says nothing that the empty place does not, and makes a phone's card twice as long.
    let count = |count: fn(&Batch) -> usize| {
        let n = past.batch.as_ref().map_or(0, count);
        Cell::from(if n == 0 { String::new() } else { n.to_string() })
    };
    let by = past.batch.as_ref().map_or(&upload.handed_in_by_name, |batch| &batch.committed_by_name);
    cells.extend([
        upload.handed_in_at.for_people().into(),
        by.clone().into(),
        count(|batch| batch.counts.added),
        count(|batch| batch.counts.superseded),
        count(|batch| batch.counts.unchanged),
        count(|batch| batch.counts.duplicated),
        count(|batch| batch.counts.ended),
        count(|batch| batch.counts.rejected),
        state(visit, past, &seen.undo),
        ways(desk, visit, past, seen).into(),
    ]);
    let gone = matches!(past.fate, Fate::Withdrawn | Fate::Discarded);
    Line { gone, ..Line::of(cells) }
}

/// How it stands; below it, why it cannot be undone.
fn state(visit: &Visit, past: &PastUpload, undo: &BTreeMap<BatchNo, Undo>) -> Cell {
    let tone = match past.fate {
        Fate::Waiting => Tone::Amber,
        Fate::InUse => Tone::Green,
        Fate::NothingNew | Fate::Withdrawn | Fate::Discarded => Tone::Grey,
    };
    let light = Cell::from(Light::new(tone, fate_in_words(visit, past.fate)));
    match past.batch.as_ref().and_then(|batch| undo.get(&batch.id)) {
        Some(Undo::Touched { rows, later }) => light.under(in_the_way_of_undo(visit, *rows, later.as_ref())),
        Some(Undo::Can) | None => light,
    }
}

/// Why a batch cannot be taken out, with the batch that stands in the way.
pub(crate) fn in_the_way_of_undo(visit: &Visit, rows: usize, later: Option<&(BatchNo, String)>) -> String {
    let rows = rows.to_string();
    match later {
        Some((later, file)) => {
            let key = if rows == "0" { "web-undo-repeated" } else { "web-undo-replaced" };
            visit.say_with(key, &[("rows", rows), ("later", later.to_string()), ("file", file.clone())])
        }
        None => visit.say_with("web-undo-ended", &[("rows", rows)]),
    }
}

fn fate_in_words(visit: &Visit, fate: Fate) -> String {
    visit.say(match fate {
        Fate::Waiting => "web-fate-waiting",
        Fate::InUse => "web-fate-in-use",
        Fate::NothingNew => "web-fate-nothing-new",
        Fate::Withdrawn => "web-batch-withdrawn",
        Fate::Discarded => "web-fate-discarded",
    })
}

/// What can be done with it.
fn ways(desk: &Desk, visit: &Visit, past: &PastUpload, seen: &Seen) -> Vec<Link> {
    let upload = &past.upload;
    let may = |action| desk.ask(action, Subject::of(upload.unit.as_deref())).is_ok();
    let mut ways = Vec::new();
    let here = format!("/office/uploads/{}", upload.id);
    if past.fate == Fate::Waiting && may(Action::LedgerImport) {
        ways.push(Link::new(here.clone(), visit.say("web-upload-go-on")));
        ways.push(Link::new(format!("{here}#discard"), visit.say("web-upload-discard")));
    }
    if let Some(batch) = &past.batch
        && seen.undo.get(&batch.id) == Some(&Undo::Can)
        && may(Action::BatchWithdraw)
    {
        ways.push(Link::new(format!("/office/batches/{}#move-withdraw", batch.id), visit.say("web-move-withdraw")));
    }
    if may(Action::LedgerImport) {
        if seen.waiting.contains(&upload.id) {
            ways.push(Link::new(format!("{here}/mend"), visit.say("web-mend-here")));
            ways.push(Link::new(format!("{here}/marked.xlsx"), visit.say("web-preview-marked")));
        }
        ways.push(Link::new(format!("{here}/source"), visit.say("web-upload-source")));
    }
    ways
}
