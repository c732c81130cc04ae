//! Settings: one text per key, such as `business_date`, `action`, `readable_snapshot`.

use crate::{StoreError, Touched, Tx, params};

impl Tx {
    /// The setting's text, if it was set.
    pub async fn setting(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        let row = self.one("SELECT value FROM setting WHERE key = $1", params![key]).await?;
        row.map(|row| row.get("value")).transpose()
    }

    /// Sets or replaces a setting. Name the returned row among those that the audit entry touched.
    pub async fn set_setting(&mut self, key: &str, value: &str) -> Result<Touched, StoreError> {
        self.run(
            "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, value],
        )
        .await?;
        Ok(Touched::new("setting", key))
    }
}
