//! Evidence files, attached.

use mingcha_access::Permit;
use mingcha_domain::{Day, Instant};
use mingcha_store::{StoreError, Touched, Tx, params};

use super::story::About;
use crate::evidence::KeptFile;

/// Attaches a kept file to a case or problem. The same bytes attached to it before stay attached once.
pub(crate) async fn evidence_add(
    tx: &mut Tx,
    _: &Permit,
    about: About,
    file: &KeptFile,
    speaks_of: Day,
    now: Instant,
    by: &str,
) -> Result<Option<Touched>, StoreError> {
    let id = format!("{}/{}", about.id(), file.sm3);
    let added = tx
        .run(
            "INSERT INTO evidence_file (id, sm3, name, media_type, bytes, speaks_of, about, about_id, uploaded_at, \
             uploaded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
            params![
                &id,
                &file.sm3,
                &file.name,
                file.media_type.mime(),
                file.bytes,
                speaks_of,
                about.kind(),
                about.id(),
                now,
                by,
            ],
        )
        .await?;
    Ok((added == 1).then(|| Touched::new("evidence_file", id)))
}

/// Whether a file of that hash is attached.
pub(crate) async fn evidence_find(tx: &mut Tx, about: About, sm3: &str) -> Result<bool, StoreError> {
    let id = format!("{}/{sm3}", about.id());
    Ok(tx.one("SELECT sm3 FROM evidence_file WHERE id = $1", params![id]).await?.is_some())
}
