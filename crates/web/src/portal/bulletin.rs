//! Bulletins: the list of editions, one of them, its Markdown to take away.

use axum::extract::{Path, State};
use mingcha_pages::Place;
use mingcha_pages::parts::{Empty, Link, Prose};
use mingcha_pages::portal::{BulletinPage, BulletinsPage};
use mingcha_publish::{Bulletin, Edition};
use mingcha_store::Tx;

use crate::office::results::body_of;
use crate::shell::{Answer, Failure, Site, Visit, download, page};

/// All editions, newest first.
pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Answer {
    let mut tx = site.office().store().read().await?;
    let editions = mingcha_publish::editions(&mut tx, None, 100).await?;
    let lines = editions.iter().map(|edition| {
        let title =
            format!("{} {}", edition.title, visit.say_with("web-edition-no", &[("no", edition.no.to_string())]));
        (
            Link::new(format!("/bulletins/{}", edition.no), title),
            format!("{} · {}", edition.published_at.day_in_china(), edition.note),
        )
    });
    page(BulletinsPage {
        editions: lines.collect(),
        empty: Empty::new(visit.say("web-unpublished"), visit.say("web-unpublished-how"), None),
        frame: site.frame_in(&mut tx, &visit, Place::Public, visit.say("web-public-bulletins")).await?,
    })
}

/// One edition.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(no): Path<i64>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let (edition, text) = edition(&mut tx, no).await?;
    let stamp = [
        ("no", edition.no.to_string()),
        ("published", edition.published_at.day_in_china().to_string()),
        ("as_of", edition.as_of.to_string()),
    ];
    page(BulletinPage {
        frame: site.frame_in(&mut tx, &visit, Place::Public, text.title.clone()).await?,
        title: text.title.clone(),
        stamp: visit.say_with("web-bulletin-stamp", &stamp),
        prose: Prose::markdown(after_stamp(body_of(&text.markdown))),
        downloads: vec![Link::new(format!("/bulletins/{no}/bulletin.md"), visit.say("web-bulletin-markdown"))],
    })
}

/// Its Markdown.
pub(crate) async fn markdown(State(site): State<Site>, Path(no): Path<i64>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let (_, text) = edition(&mut tx, no).await?;
    download(&format!("bulletin-{no}.md"), "text/markdown; charset=utf-8", text.markdown)
}

async fn edition(tx: &mut Tx, no: i64) -> Result<(Edition, Bulletin), Failure> {
    let edition = mingcha_publish::edition(tx, no).await?.ok_or_else(Failure::not_found)?;
    let text = mingcha_publish::bulletin_of(tx, &edition).await?.ok_or_else(Failure::not_found)?;
    Ok((edition, text))
}

/// The text without its own line of number and date, which the page has already.
fn after_stamp(body: &str) -> &str {
    body.split_once("\n\n").filter(|(first, _)| first.starts_with('第')).map_or(body, |(_, rest)| rest)
}
