//! Rows that were kept back, to be mended on the page or set aside; and what became of the others.

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use mingcha_domain::UploadId;
use mingcha_intake::RejectedRow;
use mingcha_intake::bulk::Changes;
use mingcha_ledger::{
    KeptRow, MendError, Mended, UploadState, headings_of, kept_rows, mend, set_aside, take_back, upload,
    waiting_of_upload,
};
use mingcha_pages::Place;
use mingcha_pages::office::{Count, EndedRow, MendPage, MendRow};
use mingcha_pages::parts::{Link, Notice, Pager};

use super::findings::id;
use super::ledgers::ledger_title;
use super::mend_fields::{Reader, Sent};
use super::mend_words::ended;
use crate::shell::{Answer, Failure, Fields, Posted, Site, Visit, done, page, see_other};

/// Rows that wait, on one page.
const ROWS: usize = 30;
/// Rows that do not wait any more, on one page.
const ENDED: usize = 100;

/// The page.
pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let after = asked.text("after").parse().unwrap_or(0);
    draw(&site, &visit, id(&number)?, &Sent { after, ..Sent::default() }).await
}

async fn draw(site: &Site, visit: &Visit, number: UploadId, sent: &Sent) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let known = upload(&mut desk, number).await?;
    if known.state != UploadState::Taken {
        return see_other(&format!("/office/uploads/{number}"));
    }
    let ledger = site.platform.packs.ledger(&known.ledger).ok_or_else(Failure::not_found)?;
    let sources = site.platform.sources();
    let mapping = headings_of(&mut desk, site.ledger_ground(&sources), number).await?;
    let waiting = waiting_of_upload(&mut desk, number).await?;
    let kept = kept_rows(&mut desk, number).await?;
    let is_out = waiting == mingcha_ledger::Waiting::default() && !kept.is_empty();
    let (open, over): (Vec<&KeptRow>, Vec<&KeptRow>) = kept.iter().partition(|kept| kept.end.is_none() && !is_out);
    let here: Vec<&KeptRow> = open.iter().filter(|kept| kept.reject.row > sent.after).copied().take(ROWS).collect();
    let action = format!("/office/uploads/{number}");
    let reader = Reader { visit, ledger, mapping: &mapping, sent };
    let rows: Vec<MendRow> = here.iter().map(|kept| reader.row(&kept.reject)).collect();
    let title = ledger_title(visit, ledger);
    let mut crumbs = vec![
        Link::new("/office/ledgers", visit.say("web-place-ledgers")),
        Link::new(format!("/office/ledgers/{}", known.ledger), title),
    ];
    if let Some(batch) = known.batch {
        let words = visit.say_with("web-batch-no", &[("no", batch.to_string())]);
        crumbs.push(Link::new(format!("/office/batches/{batch}"), words));
    }
    let words = [("file", known.file_name.clone()), ("count", waiting.open.to_string())];
    let heading = if waiting.open > 0 { "web-mend-heading" } else { "web-mend-heading-none" };
    let mut frame = site.frame_in(desk.tx(), visit, Place::Ledgers, visit.say("web-mend")).await?;
    let put_aside = sent.put_aside.then(|| Notice::good(visit.say("web-done-put-aside")));
    frame.notice = sent.failure.as_ref().map(|failure| failure.notice(visit)).or(put_aside).or(frame.notice);
    let ended: Vec<EndedRow> = over.iter().filter_map(|kept| ended(visit, ledger, &known, kept)).take(ENDED).collect();
    let left = over.len().saturating_sub(ended.len());
    let empty = if is_out { "web-mend-withdrawn" } else { "web-mend-none" };
    let mut response = page(MendPage {
        frame,
        crumbs,
        heading: visit.say_with(heading, &words),
        counts: counts(visit, waiting),
        how: visit.say(if waiting.open > 0 { "web-mend-how" } else { "web-mend-how-none" }),
        downloads: if waiting.open > 0 { downloads(visit, number) } else { Vec::new() },
        banners: banners(visit, &sent.mended),
        lists: reader.lists(),
        rows,
        pager: pager(visit, &action, &here, open.len(), sent.after),
        empty: visit.say(empty),
        ended_more: (left > 0 && !ended.is_empty())
            .then(|| visit.say_with("web-mend-ended-more", &[("count", left.to_string())])),
        ended,
        action,
    })?;
    if let Some(failure) = &sent.failure {
        *response.status_mut() = failure.status();
    } else if sent.is_wrong() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The two workbooks in which rows can be mended instead.
pub(crate) fn downloads(visit: &Visit, upload: UploadId) -> Vec<Link> {
    vec![
        Link::new(format!("/office/uploads/{upload}/marked.xlsx"), visit.say("web-preview-marked")),
        Link::new(format!("/office/uploads/{upload}/to-mend.xlsx"), visit.say("web-preview-to-mend")),
    ]
}

fn counts(visit: &Visit, waiting: mingcha_ledger::Waiting) -> Vec<Count> {
    let class = if waiting.open > 0 { "bad" } else { "" };
    let mut counts = vec![
        Count { n: waiting.open.to_string(), of: visit.say("web-count-open"), class },
        Count { n: waiting.mended.to_string(), of: visit.say("web-count-mended"), class: "good" },
    ];
    for (count, key) in [(waiting.kept_again, "web-count-kept-again"), (waiting.set_aside, "web-count-set-aside")] {
        if count > 0 {
            counts.push(Count::plain(count.to_string(), visit.say(key)));
        }
    }
    counts
}

fn banners(visit: &Visit, mended: &Mended) -> Vec<Notice> {
    let mut banners = Vec::new();
    if !mended.rows.is_empty() {
        let rows: Vec<String> = mended.rows.iter().map(u32::to_string).collect();
        banners.push(Notice::good(visit.say_with("web-mend-went-in", &[("rows", rows.join("、"))])));
    }
    if !mended.still.is_empty() {
        let count = mended.still.len().to_string();
        banners.push(Notice::bad(visit.say_with("web-mend-still", &[("count", count)]), String::new(), None));
    }
    for (row, ended) in &mended.ended {
        let trouble = ended.said(*row);
        let lang = visit.lang;
        let (what, remedy) = (mingcha_words::message(lang, &trouble), mingcha_words::remedy(lang, &trouble));
        banners.push(Notice::bad(what, remedy, None));
    }
    banners
}

fn pager(visit: &Visit, action: &str, here: &[&KeptRow], open: usize, after: u32) -> Option<Pager> {
    if open <= here.len() {
        return None;
    }
    let last = here.last().filter(|_| here.len() == ROWS).map(|kept| kept.reject.row);
    let words = [("shown", here.len().to_string()), ("count", open.to_string())];
    Some(Pager {
        note: visit.say_with("web-mend-shown", &words),
        previous: (after > 0).then(|| Link::new(format!("{action}/mend"), visit.say("web-mend-first"))),
        next: last.map(|last| Link::new(format!("{action}/mend?after={last}"), visit.say("web-mend-next"))),
    })
}

/// What was typed goes in, as far as it is right.
pub(crate) async fn save(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(fields): Posted,
) -> Answer {
    let number = id(&number)?;
    let mut desk = site.reading(&visit).await?;
    let kept = kept_rows(&mut desk, number).await?;
    drop(desk);
    let changes = changes(&fields, &kept);
    let after = first_row(&fields).saturating_sub(1);
    let sources = site.platform.sources();
    let ground = site.ledger_ground(&sources);
    let mended = match mend(site.office(), visit.actor()?, ground, number, changes).await {
        Ok(mended) => mended,
        Err(error) => {
            let failure = Some(Failure::of(&error)).filter(Failure::can_be_mended).ok_or(error)?;
            return draw(&site, &visit, number, &Sent { fields, after, failure: Some(failure), ..Sent::default() })
                .await;
        }
    };
    if mended.taken.is_some() {
        site.run_what_follows().await;
    }
    let sent = Sent { fields, after, mended, ..Sent::default() };
    if sent.is_wrong() {
        return draw(&site, &visit, number, &sent).await;
    }
    done(&format!("/office/uploads/{number}/mend"), "mend")
}

/// The cells that are not as they stood, and those of rows that are to go in as they are.
fn changes(fields: &Fields, kept: &[KeptRow]) -> Changes {
    let raw: BTreeMap<u32, &RejectedRow> = kept.iter().map(|kept| (kept.reject.row, &kept.reject)).collect();
    let mut typed: Changes = BTreeMap::new();
    for (name, value) in &fields.0 {
        let place = name.strip_prefix("cell-").and_then(|place| place.split_once('-'));
        let place = place.and_then(|(row, at)| Some((row.parse::<u32>().ok()?, at.parse::<usize>().ok()?)));
        if let Some((row, at)) = place {
            typed.entry(row).or_default().insert(at, value.clone());
        }
    }
    typed.retain(|row, cells| {
        // A field of one line shows a text without its line breaks, and sends it back so.
        let as_shown = |text: &str| text.replace(['\r', '\n'], "");
        cells.retain(|at, text| {
            let stood = raw.get(row).and_then(|row| row.raw.get(*at)).map(|raw| as_shown(raw));
            as_shown(text) != stood.unwrap_or_default()
        });
        !cells.is_empty() || !fields.text(&format!("take-{row}")).is_empty()
    });
    typed
}

/// The first row of the page that was sent, so that the same page is shown again.
fn first_row(fields: &Fields) -> u32 {
    let rows = fields.0.iter().filter_map(|(name, _)| name.strip_prefix("cell-")?.split_once('-')?.0.parse().ok());
    rows.min().unwrap_or(0)
}

/// 不需报送: the row need not go in.
pub(crate) async fn put_aside(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(fields): Posted,
) -> Answer {
    let number = id(&number)?;
    let row: u32 = fields.ours("row")?;
    let why = fields.text(&format!("why-{row}")).to_owned();
    match set_aside(site.office(), visit.actor()?, number, row, &why).await {
        Ok(()) => {
            // What was typed into other rows and is not saved yet stays on the page.
            let kept = kept_rows(&mut site.reading(&visit).await?, number).await?;
            if changes(&fields, &kept).keys().all(|typed| *typed == row) {
                return done(&format!("/office/uploads/{number}/mend"), "put-aside");
            }
            let after = first_row(&fields).saturating_sub(1);
            draw(&site, &visit, number, &Sent { fields, after, put_aside: true, ..Sent::default() }).await
        }
        Err(error) => {
            let why_missing = matches!(error, MendError::NoReason).then_some(row);
            let failure = Some(Failure::of(&error)).filter(Failure::can_be_mended).ok_or(error)?;
            let after = first_row(&fields).saturating_sub(1);
            let sent = Sent { fields, after, failure: Some(failure), why_missing, ..Sent::default() };
            draw(&site, &visit, number, &sent).await
        }
    }
}

/// The row waits again.
pub(crate) async fn bring_back(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(fields): Posted,
) -> Answer {
    let number = id(&number)?;
    take_back(site.office(), visit.actor()?, number, fields.ours("row")?).await?;
    done(&format!("/office/uploads/{number}/mend"), "bring-back")
}
