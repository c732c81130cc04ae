//! What a unit's people said about headings, so that the unit's next sheet is read the same without being asked again.
//!
//! It is kept by unit, since two units call the same thing by different names, and one's name is another's error.
//! Headings that were assigned before it was so hold for every unit that has said nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_access::{Action, Actor, Office, Permit, Record};
use mingcha_domain::{Instant, UploadId};
use mingcha_intake::Options;
use mingcha_store::{Touched, Tx, params};
use serde_json::json;

use crate::ground::ask;
use crate::queries::Upload;
use crate::reading::Reading;
use crate::stage::{StageError, Staged, reassign, visible};
use crate::{Ground, Hindrance};

impl Upload {
    /// Headings that were read as the unit's people once said, and not as they would be by themselves.
    pub fn remembered(&self) -> Result<BTreeSet<String>, Hindrance> {
        Ok(Reading::from_json(&self.reading)?.remembered)
    }

    /// How its sender chose to have it read: sheet and header's row, and columns.
    pub fn chosen(&self) -> Result<Options, Hindrance> {
        Ok(Reading::from_json(&self.reading)?.options())
    }
}

/// Headings of a ledger and the columns they stand for; the empty name leaves the column out.
pub(crate) async fn known(
    tx: &mut Tx,
    unit: Option<&str>,
    ledger: &str,
) -> Result<BTreeMap<String, String>, Hindrance> {
    let mut known = BTreeMap::new();
    let sql = "SELECT heading, column_name FROM column_mapping WHERE ledger = $1 ORDER BY id";
    for row in tx.all(sql, params![ledger]).await? {
        known.insert(row.get("heading")?, row.opt_text("column_name")?.unwrap_or_default().to_owned());
    }
    let sql = "SELECT heading, column_name, forgotten FROM unit_mapping WHERE unit = $1 AND ledger = $2 ORDER BY id";
    for row in tx.all(sql, params![unit.unwrap_or_default(), ledger]).await? {
        let heading: String = row.get("heading")?;
        if row.int("forgotten")? == 1 {
            known.remove(&heading);
        } else {
            known.insert(heading, row.opt_text("column_name")?.unwrap_or_default().to_owned());
        }
    }
    Ok(known)
}

/// Keeps what was said about a heading of an upload, for the next one.
pub(crate) async fn remember(
    tx: &mut Tx,
    permit: &Permit,
    upload: &Upload,
    said: (&str, &str),
    at: Instant,
    by_name: &str,
) -> Result<Touched, Hindrance> {
    let (heading, column) = said;
    write(tx, permit, upload, heading, (!column.is_empty()).then_some(column), false, (at, by_name)).await
}

async fn write(
    tx: &mut Tx,
    permit: &Permit,
    upload: &Upload,
    heading: &str,
    column: Option<&str>,
    forgotten: bool,
    (at, by_name): (Instant, &str),
) -> Result<Touched, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    let unit = upload.unit.as_deref().unwrap_or_default();
    let id = format!("{unit}/{}/{heading}", upload.ledger);
    tx.run(
        "INSERT INTO unit_mapping (id, unit, ledger, heading, column_name, forgotten, set_at, set_by_name) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET column_name = excluded.column_name, \
         forgotten = excluded.forgotten, set_at = excluded.set_at, set_by_name = excluded.set_by_name",
        params![&id, unit, &upload.ledger, heading, column, i64::from(forgotten), at, by_name],
    )
    .await?;
    Ok(Touched::new("unit_mapping", id))
}

/// Forgets what was said about a heading, and reads the file again without it. Its sheet and header stay as chosen.
pub async fn forget_mapping(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    upload: UploadId,
    heading: &str,
) -> Result<Staged, StageError> {
    let mut desk = office.desk(actor).await?;
    let known = visible(&mut desk, upload).await?;
    let permit = ask(&desk, Action::LedgerImport, known.unit.as_deref())?;
    let (at, name) = (desk.now, desk.actor.name.clone());
    let touched = [write(desk.tx(), &permit, &known, heading, None, true, (at, &name)).await?];
    let subject = format!("upload:{upload}");
    let facts = json!({ "ledger": known.ledger, "heading": heading });
    let record = Record { verb: "ledger.forget_mapping", subject: &subject, why: None, touched: &touched, facts };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    let options = Options { columns: Vec::new(), ..known.chosen()? };
    reassign(office, actor, ground, upload, &options).await
}
