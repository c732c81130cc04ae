//! Ledgers and their rows.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::IntoResponse;
use mingcha_access::persons::Sight;
use mingcha_engine::lake::PageAsk;
use mingcha_ledger::row_page;

use super::Caller;
use super::paging::{self, RowCursor};
use super::wire::{self, Ledger, LedgerList, RowPage};
use crate::shell::{Answer, Failure, Site};

/// The ledgers that the caller sees, with what each asks of a sheet.
pub(crate) async fn list(State(site): State<Site>, caller: Caller, uri: Uri) -> Answer {
    paging::asked(&uri, &[])?;
    let mut desk = caller.reading(&site).await?;
    let mut ledgers = Vec::new();
    for ledger in site.platform.packs.ledgers() {
        if site.platform.sees_ledger(&mut desk, &ledger.full_name()).await? {
            ledgers.push(Ledger::of(ledger));
        }
    }
    ledgers.sort_by(|one, other| one.ledger.cmp(&other.ledger));
    let version = mingcha_ledger::readable(desk.tx()).await?;
    Ok(Json(LedgerList { ledgers, version }).into_response())
}

/// A page of rows, persons hidden; now or as of a version. The pages of one walk are of one version.
pub(crate) async fn rows(State(site): State<Site>, caller: Caller, Path(name): Path<String>, uri: Uri) -> Answer {
    let asked = paging::asked(&uri, &["as_of", "cursor", "limit"])?;
    let limit = paging::limit(&asked)?;
    let cursor = asked.some("cursor").map(RowCursor::read).transpose()?;
    let as_of = paging::number(&asked, "as_of")?;
    if let (Some(cursor), Some(as_of)) = (cursor, as_of)
        && cursor.version != as_of
    {
        return Err(super::failed::other_version(as_of, cursor.version));
    }
    let ledger = site.platform.packs.ledger(&name).ok_or_else(Failure::not_found)?;
    let mut desk = caller.reading(&site).await?;
    let sources = site.platform.sources();
    let version = cursor.map(|cursor| cursor.version).or(as_of);
    let ask = PageAsk { after: cursor.map(|cursor| cursor.after), limit, ..PageAsk::default() };
    let page = row_page(&mut desk, site.ledger_ground(&sources), &name, version, &ask).await?;
    let next = page.next.map(|after| RowCursor { version: page.version, after }.write());
    let rows = page.rows.iter().map(|row| wire::row(ledger, row, Sight::masked())).collect();
    Ok(Json(RowPage { ledger: name, version: page.version, rows, next }).into_response())
}
