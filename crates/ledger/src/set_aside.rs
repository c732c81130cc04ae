//! A row that was kept back need not go in (不需报送): somebody says so, with a reason; and may take it back.

use mingcha_access::{Action, Actor, Office, Record};
use mingcha_domain::UploadId;
use mingcha_store::{Touched, params};
use serde_json::json;

use crate::ground::ask;
use crate::mend::{MendError, state_of, waiting};
use crate::quarantine::ends::{self, How, NewEnd};

/// Sets a row aside. What is wrong with it stays on record.
pub async fn set_aside(office: &Office, actor: &Actor, upload: UploadId, row: u32, why: &str) -> Result<(), MendError> {
    let why = why.trim();
    if why.is_empty() {
        return Err(MendError::NoReason);
    }
    let mut desk = office.desk(actor).await?;
    let sheet = waiting(&mut desk, upload).await?;
    let permit = ask(&desk, Action::LedgerImport, sheet.unit.as_deref())?;
    let kept = ends::kept_rows(desk.tx(), upload).await?;
    if let Some(ended) = state_of(&kept, &[], row)? {
        return Err(MendError::Ended { row, ended });
    }
    let (at, login, name) = (desk.now, desk.actor.login.clone(), desk.actor.name.clone());
    let end = NewEnd { upload, row, how: How::SetAside, sheet: None, cells: &[], why: Some(why) };
    let touched = [ends::add(desk.tx(), &permit, &end, (at, &login, &name)).await?];
    let subject = format!("upload:{upload}");
    let facts = json!({ "ledger": sheet.ledger, "file": sheet.file_name, "row": row });
    let record = Record { verb: "ledger.set_aside", subject: &subject, why: Some(why), touched: &touched, facts };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    Ok(())
}

/// Lets a row that was set aside wait again. Doing it twice is doing it once.
pub async fn take_back(office: &Office, actor: &Actor, upload: UploadId, row: u32) -> Result<(), MendError> {
    let mut desk = office.desk(actor).await?;
    let sheet = waiting(&mut desk, upload).await?;
    let permit = ask(&desk, Action::LedgerImport, sheet.unit.as_deref())?;
    let id = format!("{upload}/{row}/{}", How::SetAside.name());
    let gone = desk.tx().run("DELETE FROM quarantine_end WHERE id = $1", params![&id]).await?;
    if gone == 0 {
        return Ok(());
    }
    let touched = [Touched::new("quarantine_end", id)];
    let subject = format!("upload:{upload}");
    let facts = json!({ "ledger": sheet.ledger, "file": sheet.file_name, "row": row });
    desk.record(&permit, Record { verb: "ledger.take_back", subject: &subject, why: None, touched: &touched, facts })
        .await?;
    desk.commit().await?;
    Ok(())
}
