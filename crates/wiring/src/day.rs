//! The business day turns: models whose SQL uses `$as_of` say something else then, though no row came.

use mingcha_detect::{Mode, Models, RunCause, model_states};
use mingcha_engine::guard;
use mingcha_pack::PackSet;

use crate::{Platform, WiringError};

/// Full names of the running models whose outcome depends on the business date.
pub(crate) fn models_by_day(packs: &PackSet) -> Vec<String> {
    let by_day = packs.models().filter(|model| model.status.runs() && guard::uses_as_of(&model.sql.value));
    by_day.map(mingcha_pack::Model::full_name).collect()
}

impl Platform {
    /// Runs the models again that depend on the business date and last ran on another one. A model that never ran waits
    /// for its first rows.
    pub(crate) async fn turn_day(&self) -> Result<(), WiringError> {
        if self.models_by_day.is_empty() {
            return Ok(());
        }
        let mut desk = self.office.reading(&self.system).await?;
        let today = desk.today;
        let mut behind = model_states(&mut desk).await.map_err(|error| WiringError::room(&error))?;
        drop(desk);
        behind.retain(|state| state.as_of != today && self.models_by_day.contains(&state.model));
        if behind.is_empty() {
            return Ok(());
        }
        let models = Models::Some(behind.into_iter().map(|state| state.model).collect());
        self.run_models(&self.system, models, Mode::Auto, RunCause::DayTurned).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use mingcha_testkit::{SeededChance, TickingClock};

    use super::*;
    use crate::DataFolder;

    /// The packs of the house, with one model that looks back from the business date.
    fn put_packs(to: &Path) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
        let mut folders = vec![from.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let target = to.join(path.strip_prefix(&from).expect("below it"));
                if path.is_dir() {
                    std::fs::create_dir_all(target).expect("a folder");
                    folders.push(path);
                } else {
                    let text = std::fs::read_to_string(&path).expect("a text");
                    let at = "WHERE s.resident_id IS NOT NULL";
                    let by_day = format!("{at} AND s.granted_on >= $as_of - INTERVAL '360' DAY");
                    std::fs::write(target, text.replace(at, &by_day)).expect("written");
                }
            }
        }
    }

    #[tokio::test]
    async fn the_turn_of_the_day_runs_the_models_that_use_it_and_no_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("data");
        DataFolder::create(&root, None).expect("a data folder");
        put_packs(&root.join("packs"));
        let clock = Arc::new(TickingClock::default());
        let platform = Platform::open(&root, clock.clone(), Arc::new(SeededChance::new(7))).await.expect("a platform");
        let days = async || {
            let mut desk = platform.office.reading(&platform.system).await.expect("a desk");
            let states = model_states(&mut desk).await.expect("states");
            let turned = states.iter().filter(|state| state.as_of == desk.today).map(|state| state.model.clone());
            turned.collect::<Vec<_>>()
        };
        platform.drain().await.expect("nothing to do");
        assert_eq!(days().await, Vec::<String>::new(), "what never ran waits for its first rows");

        platform.run_models(&platform.console, Models::All, Mode::Auto, RunCause::Asked).await.expect("a run");
        assert_eq!(days().await.len(), platform.packs.models().count());
        clock.pass_hours(24);
        assert_eq!(days().await, Vec::<String>::new());
        platform.drain().await.expect("the day turned");
        assert_eq!(days().await, ["vocational_training.more_than_three_a_year"]);
    }
}
