//! Past casework comes in: the sheets of `casework`, with the names of findings looked up in `detect`.

use std::collections::{BTreeSet, HashMap};

use mingcha_access::Actor;
use mingcha_casework::{FindingName, PastGround, PastSheet, PastUpload, TakenPast, take_past};
use mingcha_domain::FindingId;
use mingcha_intake::Options;

use crate::{Platform, WiringError};

impl Platform {
    /// Takes in one sheet of past casework (`ops.problem`, `ops.recovery` …).
    pub async fn take_past(
        &self,
        actor: &Actor,
        sheet: PastSheet,
        file_name: &str,
        bytes: &[u8],
        options: &Options,
    ) -> Result<TakenPast, WiringError> {
        let upload = PastUpload::read(sheet, file_name, bytes, options).map_err(|error| WiringError::room(&error))?;
        mingcha_ledger::keep_source(&self.sources(), bytes).map_err(|error| WiringError::room(&error))?;
        let findings = self.findings_named_in(&upload, actor).await?;
        let ground = PastGround { findings: &findings, packs: &self.packs };
        let desk = self.office.desk(actor).await?;
        take_past(desk, &upload, ground).await.map_err(|error| WiringError::room(&error))
    }

    /// Every finding that the sheet names, looked up once before the writing transaction begins.
    async fn findings_named_in(
        &self,
        upload: &PastUpload,
        actor: &Actor,
    ) -> Result<HashMap<FindingName, FindingId>, WiringError> {
        let mut names = BTreeSet::new();
        for row in &upload.parsed().rows {
            for text in row.values.iter().filter_map(mingcha_domain::Value::as_text) {
                if let Ok(listed) = FindingName::parse_list(text) {
                    names.extend(listed);
                }
            }
        }
        let full: Vec<(FindingName, (String, String))> =
            names.into_iter().map(|name| (name.clone(), (self.full_model_name(&name.model), name.key))).collect();
        let pairs: Vec<(String, String)> = full.iter().map(|(_, pair)| pair.clone()).collect();
        let mut desk = self.office.reading(actor).await?;
        let found =
            mingcha_detect::findings_by_name(&mut desk, &pairs).await.map_err(|error| WiringError::room(&error))?;
        Ok(full.into_iter().filter_map(|(name, pair)| Some((name, *found.get(&pair)?))).collect())
    }

    /// `pack.model` for a model that a sheet names without its pack, when only one pack has such a model.
    fn full_model_name(&self, name: &str) -> String {
        let mut bearing = self.packs.models().filter(|model| model.name == name);
        match (bearing.next(), bearing.next()) {
            (Some(only), None) => only.full_name(),
            _ => name.to_owned(),
        }
    }
}
