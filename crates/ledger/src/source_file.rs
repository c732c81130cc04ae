//! The file of an upload is handed out again, as it came. It names persons in full, so that it goes only to those who
//! hand in sheets of the unit, and the audit trail says who took it.

use mingcha_access::{Action, Actor, Office, Record};
use mingcha_domain::UploadId;
use serde_json::json;

use crate::ground::ask;
use crate::stage::visible;
use crate::{Ground, Hindrance, sources};

/// A file as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// The name it came with.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads the file of an upload, and writes down who took it.
pub async fn take_source(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    upload: UploadId,
) -> Result<SourceFile, Hindrance> {
    let mut desk = office.desk(actor).await?;
    let known = visible(&mut desk, upload).await?;
    let permit = ask(&desk, Action::LedgerImport, known.unit.as_deref())?;
    let bytes = sources::read(ground.sources, &known.sm3)?;
    let subject = format!("upload:{upload}");
    let facts = json!({ "ledger": known.ledger, "file": known.file_name, "sm3": known.sm3 });
    desk.record(&permit, Record { verb: "ledger.take_source", subject: &subject, why: None, touched: &[], facts })
        .await?;
    desk.commit().await?;
    Ok(SourceFile { file_name: known.file_name, bytes })
}
