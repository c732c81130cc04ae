//! Whatever is sent and withdrawn, the ledger is what a plain replay of the sheets that are in gives.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::scene::*;
use crate::*;

/// A sheet: keys with amounts.
type Sheet = BTreeMap<u8, u8>;

#[derive(Clone, Debug)]
enum Step {
    Send(Sheet),
    /// The sheet that was sent last, again.
    SendAgain,
    /// The batch at this place, counted from the first, as far as there are so many.
    Withdraw(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let sheet = proptest::collection::btree_map(0..6_u8, 0..3_u8, 1..5);
    prop_oneof![
        4 => sheet.prop_map(Step::Send),
        1 => Just(Step::SendAgain),
        2 => (0..6_usize).prop_map(Step::Withdraw),
    ]
}

fn lines(sheet: &Sheet) -> String {
    sheet.iter().map(|(key, amount)| format!("k{key},{amount},")).collect::<Vec<_>>().join("\n")
}

/// Sheets in order: the last value of each key.
fn replay<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for sheet in sheets {
        all.extend(sheet.iter().map(|(key, amount)| (format!("k{key}"), format!("{amount}.00"))));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn a_ledger_is_the_replay_of_the_sheets_that_are_in(steps in proptest::collection::vec(step(), 1..9)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let scene = Scene::new().await;
            // Batches by number, and whether they are in. A sheet that changed nothing made none.
            let mut made: Vec<(Sheet, bool)> = Vec::new();
            let mut last: Option<Sheet> = None;
            for step in steps {
                let expected_before = replay(made.iter().filter(|(_, is_in)| *is_in).map(|(sheet, _)| sheet));
                match step {
                    Step::Send(sheet) => {
                        let taken = scene.sends(GRANTS, &lines(&sheet)).await;
                        let mut after = expected_before.clone();
                        after.extend(replay(std::iter::once(&sheet)));
                        assert_eq!(taken.batch.is_some(), after != expected_before);
                        if taken.batch.is_some() {
                            made.push((sheet.clone(), true));
                        }
                        last = Some(sheet);
                    }
                    Step::SendAgain => {
                        let Some(sheet) = &last else { continue };
                        let is_in = replay(std::iter::once(sheet)).iter().all(|(key, amount)| expected_before.get(key) == Some(amount));
                        let taken = scene.sends(GRANTS, &lines(sheet)).await;
                        if is_in {
                            assert_eq!(taken.batch, None, "the same file again changes nothing");
                        } else {
                            made.push((sheet.clone(), true));
                        }
                    }
                    Step::Withdraw(place) => {
                        if made.is_empty() {
                            continue;
                        }
                        let place = place % made.len();
                        let outcome = scene.withdraws(i64::try_from(place).expect("few") + 1).await;
                        let later = made[place + 1..].iter().filter(|(_, is_in)| *is_in);
                        let touched = later.flat_map(|(sheet, _)| sheet.keys()).any(|key| made[place].0.contains_key(key));
                        match outcome {
                            Ok(_) => {
                                assert!(made[place].1);
                                made[place].1 = false;
                            }
                            Err(WithdrawError::WithdrawnAlready { .. }) => assert!(!made[place].1),
                            Err(WithdrawError::TouchedLater { .. }) => assert!(touched, "refused for no reason"),
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
                let expected = replay(made.iter().filter(|(_, is_in)| *is_in).map(|(sheet, _)| sheet));
                assert_eq!(scene.amounts(GRANTS).await, expected);
            }
            scene.is_sound().await;
        });
    }
}
