//! The SQL of imports, noun first. The table is bookkeeping of requests: what they did is audited by the ledger room.

use mingcha_domain::{AccountId, ImportId, Instant, UploadId};
use mingcha_store::{Row, StoreError, Tx, Why, params};

use super::Outcome;

/// How an import stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportState {
    /// Somebody is at it.
    Running,
    /// Its good rows are in.
    Done,
    /// Nothing is in, for a reason that was told.
    Failed,
    /// The process ended before it did; nothing is in, and the same may be sent again.
    Interrupted,
}

impl ImportState {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Running, "running"),
        (Self::Done, "done"),
        (Self::Failed, "failed"),
        (Self::Interrupted, "interrupted"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }
}

/// An import that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// Its number.
    pub id: ImportId,
    /// Who asked.
    pub account: AccountId,
    /// Full name of the ledger.
    pub ledger: String,
    /// The name the file came with.
    pub file_name: String,
    /// Its length.
    pub bytes: i64,
    /// Its SM3.
    pub sm3: String,
    /// How it stands.
    pub state: ImportState,
    /// The file as the ledger room keeps it, once it does.
    pub upload: Option<UploadId>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Since when.
    pub begun_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

pub(super) async fn import_add(tx: &mut Tx, import: &Import, key: Option<&str>) -> Result<(), StoreError> {
    tx.run_unaudited(
        "INSERT INTO import_request (id, account, ledger, file_name, bytes, sm3, idempotency_key, state, begun_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            import.id,
            import.account,
            &import.ledger,
            &import.file_name,
            import.bytes,
            &import.sm3,
            key,
            import.state.name(),
            import.begun_at
        ],
        Why::Job,
    )
    .await?;
    Ok(())
}

/// An import goes once more: the same request, after the machine failed the first.
pub(super) async fn import_again(tx: &mut Tx, id: ImportId, at: Instant) -> Result<(), StoreError> {
    tx.run_unaudited(
        "UPDATE import_request SET state = 'running', upload = NULL, outcome = NULL, begun_at = $2, ended_at = NULL \
         WHERE id = $1",
        params![id, at],
        Why::Job,
    )
    .await?;
    Ok(())
}

pub(super) async fn import_find(tx: &mut Tx, id: ImportId) -> Result<Option<Import>, StoreError> {
    let row = tx.one("SELECT * FROM import_request WHERE id = $1", params![id]).await?;
    row.as_ref().map(import_from).transpose()
}

pub(super) async fn import_of_key(tx: &mut Tx, account: AccountId, key: &str) -> Result<Option<Import>, StoreError> {
    let sql = "SELECT * FROM import_request WHERE account = $1 AND idempotency_key = $2";
    let row = tx.one(sql, params![account, key]).await?;
    row.as_ref().map(import_from).transpose()
}

pub(super) async fn import_list_running(tx: &mut Tx) -> Result<Vec<Import>, StoreError> {
    let rows = tx.all("SELECT * FROM import_request WHERE state = 'running' ORDER BY id", params![]).await?;
    rows.iter().map(import_from).collect()
}

pub(super) async fn import_set_upload(tx: &mut Tx, id: ImportId, upload: UploadId) -> Result<(), StoreError> {
    let sql = "UPDATE import_request SET upload = $2 WHERE id = $1";
    tx.run_unaudited(sql, params![id, upload], Why::Job).await?;
    Ok(())
}

pub(super) async fn import_end(
    tx: &mut Tx,
    id: ImportId,
    state: ImportState,
    outcome: &Outcome,
    at: Instant,
) -> Result<(), StoreError> {
    let outcome = serde_json::to_string(outcome)
        .map_err(|error| StoreError::Unreadable { what: "import_request.outcome", detail: error.to_string() })?;
    tx.run_unaudited(
        "UPDATE import_request SET state = $2, outcome = $3, ended_at = $4 WHERE id = $1",
        params![id, state.name(), outcome, at],
        Why::Job,
    )
    .await?;
    Ok(())
}

/// Forgets imports that ended before this moment.
pub(super) async fn import_forget(tx: &mut Tx, before: Instant) -> Result<(), StoreError> {
    tx.run_unaudited("DELETE FROM import_request WHERE ended_at < $1", params![before], Why::Job).await?;
    Ok(())
}

fn import_from(row: &Row) -> Result<Import, StoreError> {
    let unreadable = |what, detail: String| StoreError::Unreadable { what, detail };
    let state = row.text("state")?;
    let known = ImportState::ALL.iter().find(|(_, name)| *name == state);
    let outcome = row.opt_text("outcome")?.map(serde_json::from_str::<Outcome>).transpose();
    Ok(Import {
        id: row.get("id")?,
        account: row.get("account")?,
        ledger: row.get("ledger")?,
        file_name: row.get("file_name")?,
        bytes: row.get("bytes")?,
        sm3: row.get("sm3")?,
        state: known.ok_or_else(|| unreadable("import_request.state", state.to_owned()))?.0,
        upload: row.get("upload")?,
        outcome: outcome.map_err(|error| unreadable("import_request.outcome", error.to_string()))?,
        begun_at: row.get("begun_at")?,
        ended_at: row.get("ended_at")?,
    })
}
