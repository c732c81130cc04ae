//! All SQL of the room, noun first.

use mingcha_access::{Action, Permit};
use mingcha_domain::EditionId;
use mingcha_store::audit::Head;
use mingcha_store::{Row, StoreError, Tx, params};
use rust_decimal::Decimal;
use serde_json::json;

use crate::commitment::Salt;
use crate::month::ByMonth;
use crate::publish::PublishError;
use crate::{Edition, FigureValue, PublishedFigure, Quote};

pub(crate) async fn edition_no_next(tx: &mut Tx) -> Result<i64, StoreError> {
    let row = tx.one("SELECT COALESCE(MAX(no), 0) + 1 AS next FROM edition", params![]).await?;
    row.map_or(Ok(1), |row| row.int("next"))
}

pub(crate) async fn edition_add(tx: &mut Tx, permit: &Permit, edition: &Edition) -> Result<(), PublishError> {
    permit.for_action(Action::EditionPublish)?;
    tx.run(
        "INSERT INTO edition (id, no, action, as_of, title, note, published_at, published_by, published_by_name, \
         lake_snapshot, audit_size, audit_root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            edition.id.to_string(),
            edition.no,
            edition.action.as_str(),
            edition.as_of.to_string(),
            edition.title.as_str(),
            edition.note.as_str(),
            edition.published_at.to_string(),
            edition.published_by.to_string(),
            edition.published_by_name.as_str(),
            edition.lake_snapshot,
            edition.audit.size,
            hex::encode(edition.audit.root),
        ],
    )
    .await?;
    Ok(())
}

/// Returns the row's key.
pub(crate) async fn figure_add(
    tx: &mut Tx,
    permit: &Permit,
    edition: EditionId,
    position: i64,
    published: &PublishedFigure,
    salt: Salt,
) -> Result<String, PublishError> {
    permit.for_action(Action::EditionPublish)?;
    let figure = &published.figure;
    let id = format!("{edition}/{}", figure.full_name());
    let by_month: Vec<_> = published.by_month.iter().map(|(month, value)| json!([month, value.to_string()])).collect();
    let quote = published.quote.as_ref();
    tx.run(
        "INSERT INTO edition_figure (id, edition, position, project, key, title, title_en, unit, value, said, \
         said_with_unit, definition, records_sql, definition_hash, record_count, root, salt, by_month, quote_before, \
         quote_number, quote_after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
         $17, $18, $19, $20, $21)",
        params![
            id.as_str(),
            edition.to_string(),
            position,
            figure.project.as_str(),
            figure.key.as_str(),
            figure.title.as_str(),
            figure.title_en.as_str(),
            figure.unit.as_str(),
            figure.value.to_string(),
            figure.said.as_str(),
            figure.said_with_unit.as_str(),
            figure.definition.as_str(),
            published.records_sql.as_str(),
            figure.definition_hash.as_str(),
            i64::try_from(figure.count).unwrap_or(i64::MAX),
            published.root.as_str(),
            hex::encode(salt.0),
            json!(by_month).to_string(),
            quote.map(|quote| quote.before.clone()),
            quote.map(|quote| quote.number.clone()),
            quote.map(|quote| quote.after.clone()),
        ],
    )
    .await?;
    Ok(id)
}

/// Returns the row's key.
pub(crate) async fn text_add(
    tx: &mut Tx,
    permit: &Permit,
    edition: EditionId,
    kind: &str,
    body: &str,
) -> Result<String, PublishError> {
    permit.for_action(Action::EditionPublish)?;
    let id = format!("{edition}/{kind}");
    tx.run(
        "INSERT INTO edition_text (id, edition, kind, body) VALUES ($1, $2, $3, $4)",
        params![id.as_str(), edition.to_string(), kind, body],
    )
    .await?;
    Ok(id)
}

pub(crate) async fn edition_list(tx: &mut Tx, before: Option<i64>, limit: i64) -> Result<Vec<Edition>, StoreError> {
    let rows = tx
        .all(
            "SELECT id, no, action, as_of, title, note, published_at, published_by, published_by_name, lake_snapshot, \
             audit_size, audit_root FROM edition WHERE no < $1 ORDER BY no DESC LIMIT $2",
            params![before.unwrap_or(i64::MAX), limit],
        )
        .await?;
    rows.iter().map(edition_from).collect()
}

fn edition_from(row: &Row) -> Result<Edition, StoreError> {
    let audit = format!("{}:{}", row.int("audit_size")?, row.text("audit_root")?);
    Ok(Edition {
        id: row.get("id")?,
        no: row.int("no")?,
        action: row.get("action")?,
        as_of: row.get("as_of")?,
        title: row.get("title")?,
        note: row.get("note")?,
        published_at: row.get("published_at")?,
        published_by: row.get("published_by")?,
        published_by_name: row.get("published_by_name")?,
        lake_snapshot: row.int("lake_snapshot")?,
        audit: audit.parse::<Head>().map_err(|error| unreadable("edition.audit_root", &error))?,
    })
}

pub(crate) async fn figure_list(tx: &mut Tx, edition: EditionId) -> Result<Vec<PublishedFigure>, StoreError> {
    let rows = tx
        .all(
            "SELECT edition, project, key, title, title_en, unit, value, said, said_with_unit, definition, records_sql, \
             definition_hash, record_count, root, by_month, quote_before, quote_number, quote_after \
             FROM edition_figure WHERE edition = $1 ORDER BY position",
            params![edition.to_string()],
        )
        .await?;
    rows.iter().map(figure_from).collect()
}

fn figure_from(row: &Row) -> Result<PublishedFigure, StoreError> {
    let quote = match (row.opt_text("quote_before")?, row.opt_text("quote_number")?, row.opt_text("quote_after")?) {
        (Some(before), Some(number), Some(after)) => {
            Some(Quote { before: before.to_owned(), number: number.to_owned(), after: after.to_owned() })
        }
        _ => None,
    };
    Ok(PublishedFigure {
        edition: row.get("edition")?,
        figure: FigureValue {
            project: row.get("project")?,
            key: row.get("key")?,
            title: row.get("title")?,
            title_en: row.get("title_en")?,
            unit: row.get("unit")?,
            value: decimal("edition_figure.value", row.text("value")?)?,
            said: row.get("said")?,
            said_with_unit: row.get("said_with_unit")?,
            definition: row.get("definition")?,
            definition_hash: row.get("definition_hash")?,
            count: usize::try_from(row.int("record_count")?)
                .map_err(|error| unreadable("edition_figure.record_count", &error))?,
        },
        records_sql: row.get("records_sql")?,
        root: row.get("root")?,
        by_month: months(row.text("by_month")?)?,
        quote,
    })
}

pub(crate) async fn text_find(tx: &mut Tx, edition: EditionId, kind: &str) -> Result<Option<String>, StoreError> {
    let row = tx
        .one("SELECT body FROM edition_text WHERE edition = $1 AND kind = $2", params![edition.to_string(), kind])
        .await?;
    row.map(|row| row.get("body")).transpose()
}

fn months(text: &str) -> Result<ByMonth, StoreError> {
    let pairs: Vec<(String, String)> =
        serde_json::from_str(text).map_err(|error| unreadable("edition_figure.by_month", &error))?;
    pairs.into_iter().map(|(month, value)| Ok((month, decimal("edition_figure.by_month", &value)?))).collect()
}

fn decimal(what: &'static str, text: &str) -> Result<Decimal, StoreError> {
    text.parse().map_err(|error: rust_decimal::Error| unreadable(what, &error))
}

fn unreadable(what: &'static str, error: &impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable { what, detail: error.to_string() }
}
