//! The law: after any batches, supersedes and withdrawals, incremental runs leave the findings that a full run gives.

use std::collections::BTreeMap;
use std::sync::Mutex;

use mingcha_domain::{BatchNo, Value};
use mingcha_pack::PackSet;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::bed::{Bed, SUBSIDY, house_packs};
use crate::{How, Mode, RunCause};

/// One thing that a clerk does; the numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    /// Worked rows of one ledger, as they follow each other from a place on; some take a cell of another worked row.
    Batch { ledger: usize, from: usize, rows: Vec<Option<(usize, usize)>> },
    /// An earlier batch goes: this one, or the nearest before it that can.
    Withdraw(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let cell = prop::option::weighted(0.3, (0_usize..64, 0_usize..64));
    let rows = prop::collection::vec(cell, 4..24);
    let step = prop_oneof![
        3 => (0_usize..8, 0_usize..512, rows).prop_map(|(ledger, from, rows)| Step::Batch { ledger, from, rows }),
        2 => (0_usize..8).prop_map(Step::Withdraw),
    ];
    prop::collection::vec(step, 6..10)
}

/// Subsidies have so many numbers: fewer than there are worked rows, so that sheets supersede each other.
const GRANTS: usize = 60;

/// The rows of all worked cases, by ledger, case after case.
fn worked(packs: &PackSet) -> BTreeMap<String, Vec<Vec<Value>>> {
    let mut rows: BTreeMap<String, Vec<Vec<Value>>> = BTreeMap::new();
    for table in packs.models().flat_map(|model| &model.cases).flat_map(|case| &case.given) {
        let columns = packs.ledger(&table.ledger).expect("a ledger").columns.len();
        for row in &table.rows {
            let mut values = vec![Value::Null; columns];
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                values[column.position] = cell.clone();
            }
            let rows = rows.entry(table.ledger.clone()).or_default();
            if table.ledger == SUBSIDY {
                // Each case counts its grants from B1: here they are told apart.
                let place = packs.ledger(SUBSIDY).and_then(|ledger| ledger.position("grant_no")).expect("a column");
                values[place] = Value::Text(format!("B{}", rows.len() % GRANTS));
            }
            rows.push(values);
        }
    }
    rows
}

/// What happened to each model's findings over all sequences, so that a law about nothing does not pass.
#[derive(Default, Debug)]
struct Seen {
    created: usize,
    vanished: usize,
    incremental: usize,
}

async fn obey(steps: &[Step], seen: &Mutex<BTreeMap<String, Seen>>) {
    let mut bed = Bed::new().await;
    let worked = worked(&bed.packs);
    let ledgers: Vec<&String> = worked.keys().collect();
    for step in steps {
        let cause = match step {
            Step::Batch { ledger, from, rows } => {
                // Half of the batches go to the ledger that all models read.
                let subsidy = ledgers.iter().position(|name| name.as_str() == SUBSIDY).expect("the ledger");
                let ledger = ledgers[if ledger % 2 == 0 { subsidy } else { ledger % ledgers.len() }];
                let pool = &worked[ledger];
                let draw = |(place, change): (usize, &Option<(usize, usize)>)| {
                    let mut row = pool[(from + place) % pool.len()].clone();
                    if let Some((column, other)) = change {
                        let column = column % row.len();
                        let other = pool[other % pool.len()][column].clone();
                        // A key or a required cell is never empty: such a row would not have come in.
                        if !other.is_null() {
                            row[column] = other;
                        }
                    }
                    row
                };
                match bed.commit(ledger, rows.iter().enumerate().map(draw).collect()).await {
                    Some(batch) => RunCause::BatchCommitted(batch),
                    None => continue,
                }
            }
            Step::Withdraw(which) => match withdrawn(&mut bed, *which).await {
                Some(batch) => RunCause::BatchWithdrawn(batch),
                None => continue,
            },
        };
        let auto = bed.run(Mode::Auto, cause).await;
        for result in &auto.results {
            assert!(result.how != How::Failed, "{result:?}");
            let mut seen = seen.lock().expect("not poisoned");
            let seen = seen.entry(result.model.clone()).or_default();
            if result.how == How::Incremental {
                seen.incremental += 1;
                seen.created += result.created + result.returned;
                seen.vanished += result.vanished;
            }
        }
        let full = bed.run(Mode::Full, RunCause::Asked).await;
        for result in &full.results {
            let changed = result.created + result.updated + result.vanished + result.returned;
            assert_eq!(changed, 0, "a full run after {cause:?} changed what the incremental one left: {result:?}");
        }
    }
}

async fn withdrawn(bed: &mut Bed, which: usize) -> Option<BatchNo> {
    for number in (1..=which + 1).rev() {
        let batch = BatchNo(i64::try_from(number).expect("few"));
        if bed.withdraw(batch).await {
            return Some(batch);
        }
    }
    None
}

#[test]
fn incremental_runs_leave_what_a_full_run_gives() {
    let seen = Mutex::new(BTreeMap::new());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let config = Config { cases: 6, max_shrink_iters: 12, failure_persistence: None, ..Config::default() };
    // The same sequences each time; MINGCHA_SEED gives others.
    let seed: u8 = std::env::var("MINGCHA_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(23);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let outcome = runner.run(&steps(), |steps| {
        runtime.block_on(obey(&steps, &seen));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("MINGCHA_SEED={seed}: {error}");
    }
    let seen = seen.into_inner().expect("not poisoned");
    println!("MINGCHA_SEED={seed}: {seen:?}");
    for model in house_packs().models() {
        let name = model.full_name();
        let seen = seen.get(&name).unwrap_or_else(|| panic!("{name} never ran"));
        assert!(seen.incremental > 0 && seen.created > 0 && seen.vanished > 0, "{name} was hardly tried: {seen:?}");
    }
}
