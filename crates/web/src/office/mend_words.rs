//! What is said of rows that were kept back: how they came to an end, and how many still wait.

use mingcha_ledger::{How, KeptRow, Upload, Waiting, WaitingSheet};
use mingcha_pack::Ledger;
use mingcha_pages::office::{Body, Card, EndedRow};
use mingcha_pages::parts::{Align, Empty, Grid, Head, Line, Link};

use super::preview_page::shown;
use crate::shell::Visit;

/// A row that does not wait any more; nothing for one that does.
pub(crate) fn ended(visit: &Visit, ledger: &Ledger, known: &Upload, kept: &KeptRow) -> Option<EndedRow> {
    let end = kept.end.as_ref()?;
    let words = [("by", end.by_name.clone()), ("at", end.at.for_people())];
    let key = match end.how {
        How::Mended => "web-mend-end-mended",
        How::SentAgain => "web-mend-end-sent-again",
        How::KeptAgain => "web-mend-end-kept-again",
        How::SetAside => "web-mend-end-set-aside",
    };
    let mut details: Vec<String> = end
        .cells
        .iter()
        .map(|cell| {
            let column = ledger.column(&cell.column);
            let or_empty = |text: &str| match text.trim() {
                "" => visit.say("web-mend-empty"),
                _ => text.to_owned(),
            };
            let new = or_empty(&shown(column, &cell.text));
            let words = [("column", cell.heading.clone()), ("old", or_empty(&cell.raw)), ("new", new)];
            visit.say_with("web-mend-cell", &words)
        })
        .collect();
    details.extend(end.why.as_ref().map(|why| visit.say_with("web-mend-why", &[("why", why.clone())])));
    let link = match (end.how, end.batch, end.sheet) {
        (How::KeptAgain, _, Some((upload, line))) if upload != known.id => {
            let words = visit.say_with("web-mend-row", &[("row", line.to_string())]);
            Some(Link::new(format!("/office/uploads/{upload}/mend#row-{line}"), words))
        }
        (_, Some(batch), Some((_, line))) => {
            let words = visit.say_with("web-batch-no", &[("no", batch.to_string())]);
            Some(Link::new(format!("/office/batches/{batch}/rows/{line}"), words))
        }
        _ => None,
    };
    Some(EndedRow {
        title: visit.say_with("web-mend-row", &[("row", kept.reject.row.to_string())]),
        what: visit.say_with(key, &words),
        details,
        link,
        take_back: (end.how == How::SetAside).then_some(kept.reject.row),
    })
}

/// 还需更正 n 行，已更正 m 行.
pub(crate) fn in_words(visit: &Visit, waiting: Waiting) -> String {
    let words = [("open", waiting.open.to_string()), ("mended", waiting.mended.to_string())];
    visit.say_with("web-mend-waiting", &words)
}

/// The card of a ledger's page: how many rows wait, and in which sheets.
pub(crate) fn card(visit: &Visit, waiting: Waiting, sheets: &[WaitingSheet]) -> Option<Card> {
    if waiting.open + waiting.mended == 0 {
        return None;
    }
    if sheets.is_empty() {
        let said = vec![in_words(visit, waiting)];
        return Some(Card::new(visit.say("web-mend"), Body::Words { said, quiet: Vec::new() }));
    }
    let heads = [
        ("web-batch-file", Align::Lead),
        ("web-batch-at", Align::Day),
        ("web-batch-by", Align::Short),
        ("web-count-open", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = sheets.iter().map(|sheet| {
        Line::of(vec![
            Link::new(format!("/office/uploads/{}/mend", sheet.upload), sheet.file_name.clone()).into(),
            sheet.handed_in_at.for_people().into(),
            sheet.handed_in_by_name.clone().into(),
            sheet.open.to_string().into(),
        ])
    });
    let grid = Grid::list(visit.say("web-mend"), heads, lines.collect(), Empty::new("", "", None));
    Some(Card::new(in_words(visit, waiting), Body::Grid(Grid { walk: false, ..grid })))
}
