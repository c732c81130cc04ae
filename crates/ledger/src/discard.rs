//! A file that was handed in is set aside: it will not be taken in. Its bytes are kept, and it can be handed in again.

use mingcha_access::{Action, Actor, Desk, Office, Record};
use mingcha_domain::{Kind, Speaks, Trouble, UploadId};
use mingcha_store::{Touched, params};
use serde_json::json;

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::queries::{Upload, UploadState};
use crate::stage::visible;
use crate::{Hindrance, uploads};

/// Why a file is not set aside.
#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    /// Its rows went in already.
    #[error("taken already")]
    TakenAlready {
        /// Who had it taken in.
        by: String,
    },
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(DiscardError);

impl Speaks for DiscardError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::TakenAlready { by } => Trouble::new("MC-LEDGER-061").with("by", by),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::TakenAlready { .. } => Kind::Stale,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Sets a file aside. Doing it twice is doing it once.
pub async fn discard(office: &Office, actor: &Actor, upload: UploadId) -> Result<(), DiscardError> {
    let mut desk = office.desk(actor).await?;
    let known = visible(&mut desk, upload).await?;
    let permit = ask(&desk, Action::LedgerImport, known.unit.as_deref())?;
    match known.state {
        UploadState::Staged => {}
        UploadState::Discarded => return Ok(()),
        UploadState::Taken => {
            return Err(DiscardError::TakenAlready { by: known.taken_by_name.unwrap_or_default() });
        }
    }
    let (at, login, name) = (desk.now, desk.actor.login.clone(), desk.actor.name.clone());
    desk.tx()
        .run(
            "INSERT INTO upload_discarded (upload, discarded_at, discarded_by, discarded_by_name) \
             VALUES ($1, $2, $3, $4)",
            params![upload, at, &login, &name],
        )
        .await?;
    let touched = [Touched::new("upload_discarded", upload)];
    let facts = json!({ "ledger": known.ledger, "file": known.file_name, "sm3": known.sm3 });
    let subject = format!("upload:{upload}");
    desk.record(&permit, Record { verb: "ledger.discard", subject: &subject, why: None, touched: &touched, facts })
        .await?;
    desk.commit().await?;
    Ok(())
}

/// A file that was set aside is neither previewed nor taken in; the answer says who set it aside.
pub(crate) async fn refuse_discarded(desk: &mut Desk, upload: &Upload) -> Result<(), Hindrance> {
    if upload.state != UploadState::Discarded {
        return Ok(());
    }
    match uploads::discarded(desk, upload.id).await? {
        Some(uploads::Discarded { by_name, at }) => Err(Hindrance::Discarded { by: by_name, at }),
        None => Ok(()),
    }
}
