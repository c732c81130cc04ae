//! Whatever is committed and undone, the lake holds what a plain map holds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// One commit: keys to put (with their fen) and keys to take away; `undo` brings the state before it back.
#[derive(Clone, Debug)]
struct Step {
    put: Vec<(u8, i64)>,
    take: Vec<u8>,
    undo: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let put = proptest::collection::vec((0..8_u8, 0..1_000_i64), 0..5);
    (put, proptest::collection::vec(0..8_u8, 0..3), proptest::bool::weighted(0.2)).prop_map(|(put, take, undo)| Step {
        put,
        take,
        undo,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_lake_holds_what_a_map_holds(steps in proptest::collection::vec(step(), 1..6)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let home = tempfile::tempdir().expect("a folder");
            let lake = open(home.path()).await;
            let ledger = ledger();
            let mut model: BTreeMap<u8, LakeRow> = BTreeMap::new();
            let mut states = vec![(0, model.clone())];
            for (batch, step) in (1_i64..).zip(&steps) {
                let before = (lake.newest().await.expect("a number"), model.clone());
                let mut delete = Vec::new();
                let mut insert = BTreeMap::new();
                for key in &step.take {
                    delete.extend(model.remove(key).map(|row| row.at));
                }
                for (line, (key, fen)) in (2_i64..).zip(&step.put) {
                    delete.extend(model.remove(key).map(|row| row.at));
                    insert.insert(*key, row(batch, line, &key.to_string(), *fen));
                }
                model.extend(insert.clone());
                let after = commit(&lake, &ledger, insert.into_values().collect(), delete, "step").await.snapshot;
                states.push((after, model.clone()));
                if step.undo {
                    let lease = lake.lease("test").await.expect("the lease");
                    lake.undo_since(&lease, before.0, "", "", "undo").await.expect("undone");
                    model = before.1;
                    states.push((lake.newest().await.expect("a number"), model.clone()));
                }
            }
            for (snapshot, model) in states {
                let mut expected: Vec<_> = model.into_values().collect();
                expected.sort_by_key(|row| row.at);
                assert_eq!(all(&lake, &ledger, snapshot).await, expected, "at {snapshot}");
            }
        });
    }
}
