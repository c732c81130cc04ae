//! Bulletins: the list of published editions, and the text of each.

use axum::extract::{Path, RawQuery, State};
use mingcha_pages::Place;
use mingcha_pages::parts::{Link, Prose};
use mingcha_pages::portal::{BulletinPage, BulletinsPage};
use mingcha_publish::{Bulletin, Edition};
use mingcha_store::Tx;

use super::published::{bulletin_address, unpublished};
use crate::shell::{Answer, Failure, Fields, Site, Visit, download, page};

/// Editions on one page of the list.
const EDITIONS: i64 = 20;

/// All editions, newest first.
pub(crate) async fn list(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let before = Fields::parse(query.unwrap_or_default().as_bytes()).text("before").parse().ok();
    let mut tx = site.office().store().read().await?;
    let editions = mingcha_publish::editions(&mut tx, before, EDITIONS).await?;
    let last = editions.last().map(|edition| edition.no).filter(|no| *no > 1);
    let older = last.map(|no| Link::new(format!("/bulletins?before={no}"), visit.say("web-portal-bulletin-older")));
    page(BulletinsPage {
        editions: editions.iter().map(|edition| line(&visit, edition)).collect(),
        older,
        empty: unpublished(&visit),
        frame: site.frame_in(&mut tx, &visit, Place::Public, visit.say("web-public-bulletins")).await?,
    })
}

fn line(visit: &Visit, edition: &Edition) -> (Link, String) {
    let words = words(edition);
    (
        Link::new(bulletin_address(edition.no), visit.say_with("web-portal-bulletin-heading", &words)),
        visit.say_with("web-portal-bulletin-under", &words),
    )
}

fn words(edition: &Edition) -> [(&'static str, String); 5] {
    [
        ("no", edition.no.to_string()),
        ("title", edition.title.clone()),
        ("as_of", edition.as_of.to_string()),
        ("published", edition.published_at.day_in_china().to_string()),
        ("note", edition.note.clone()),
    ]
}

/// One edition.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(no): Path<String>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let (edition, bulletin) = find(&mut tx, &no).await?;
    let address = bulletin_address(edition.no);
    let words = words(&edition);
    page(BulletinPage {
        frame: site.frame_in(&mut tx, &visit, Place::Public, bulletin.title.clone()).await?,
        title: bulletin.title.clone(),
        stamp: visit.say_with("web-portal-bulletin-stamp", &words),
        note: visit.say_with("web-portal-bulletin-note", &words),
        prose: Prose::markdown(bulletin.body()),
        downloads: vec![
            Link::new(format!("{address}/bulletin.md"), visit.say("web-portal-bulletin-markdown")),
            Link::new(format!("{address}/bulletin.html"), visit.say("web-portal-bulletin-html")),
        ],
    })
}

/// Its Markdown.
pub(crate) async fn markdown(State(site): State<Site>, Path(no): Path<String>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let (edition, bulletin) = find(&mut tx, &no).await?;
    download(&format!("bulletin-{}.md", edition.no), "text/markdown; charset=utf-8", bulletin.markdown)
}

/// As a page that stands alone.
pub(crate) async fn html(State(site): State<Site>, Path(no): Path<String>) -> Answer {
    let mut tx = site.office().store().read().await?;
    let (edition, bulletin) = find(&mut tx, &no).await?;
    download(&format!("bulletin-{}.html", edition.no), "text/html; charset=utf-8", bulletin.page())
}

async fn find(tx: &mut Tx, no: &str) -> Result<(Edition, Bulletin), Failure> {
    let no = no.parse().map_err(|_| Failure::not_found())?;
    let edition = mingcha_publish::edition(tx, no).await?.ok_or_else(Failure::not_found)?;
    let bulletin = mingcha_publish::bulletin_of(tx, &edition).await?;
    let bulletin = bulletin.ok_or_else(|| Failure::broken(format!("edition {no} has no bulletin")))?;
    Ok((edition, bulletin))
}
