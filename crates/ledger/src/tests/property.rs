//! Whatever is sent and withdrawn, the ledger is what a plain replay of the sheets that are in gives.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::scene::*;
use crate::*;

/// A sheet: which optional columns it has, and keys with an amount and a day, 0 for an empty cell.
#[derive(Clone, Debug)]
struct Sheet {
    has: Has,
    rows: BTreeMap<u8, [u8; 2]>,
}

/// The optional columns of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Has {
    Both,
    Amount,
    Day,
}

/// Cells by key: amount and day.
type Cells = BTreeMap<String, [String; 2]>;

impl Sheet {
    fn columns(&self) -> &'static [usize] {
        match self.has {
            Has::Both => &[0, 1],
            Has::Amount => &[0],
            Has::Day => &[1],
        }
    }

    fn headings(&self) -> String {
        let headings: String = self.columns().iter().map(|column| [",金额", ",日期"][*column]).collect();
        format!("编号{headings}")
    }

    fn lines(&self) -> String {
        let line = |(key, row): (&u8, &[u8; 2])| {
            let cells: String =
                self.columns().iter().map(|column| format!(",{}", cell(*column, row[*column]))).collect();
            format!("k{key}{cells}")
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn cell(column: usize, number: u8) -> String {
    match (number, column) {
        (0, _) => String::new(),
        (_, 0) => format!("{number}.00"),
        _ => format!("2023-01-0{number}"),
    }
}

#[derive(Clone, Debug)]
enum Step {
    Send(Sheet),
    /// The sheet that was sent last, again.
    SendAgain,
    /// The batch at this place, counted from the first, as far as there are so many.
    Withdraw(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let has = prop_oneof![2 => Just(Has::Both), 1 => Just(Has::Amount), 1 => Just(Has::Day)];
    let rows = proptest::collection::btree_map(0..6_u8, proptest::array::uniform2(0..3_u8), 1..5);
    prop_oneof![
        4 => (has, rows).prop_map(|(has, rows)| Step::Send(Sheet { has, rows })),
        1 => Just(Step::SendAgain),
        2 => (0..6_usize).prop_map(Step::Withdraw),
    ]
}

/// Sheets in order: of each key and column the last cell that a sheet has.
fn replay<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> Cells {
    let mut all = Cells::new();
    for sheet in sheets {
        for (key, row) in &sheet.rows {
            let cells = all.entry(format!("k{key}")).or_default();
            for column in sheet.columns() {
                cells[*column] = cell(*column, row[*column]);
            }
        }
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
                match step {
                    Step::Send(_) | Step::SendAgain => {
                        if let Step::Send(sheet) = step {
                            last = Some(sheet);
                        }
                        let Some(sheet) = last.clone() else { continue };
                        let is_in = || made.iter().filter(|(_, is_in)| *is_in).map(|(sheet, _)| sheet);
                        let (before, after) = (replay(is_in()), replay(is_in().chain([&sheet])));
                        let upload = scene.stages_under(GRANTS, &sheet.headings(), &sheet.lines()).await.upload.id;
                        let previewed = scene.previews(upload).await.counts;
                        let taken = scene.takes(upload).await.expect("taken");
                        assert_eq!(taken.counts, previewed);
                        assert_eq!(taken.batch.is_some(), after != before, "a sheet that says nothing new makes no batch");
                        let changes = |(key, cells): &(&String, &[String; 2])| before.get(*key).is_some_and(|old| old != *cells);
                        assert_eq!(taken.counts.superseded, after.iter().filter(changes).count());
                        if taken.batch.is_some() {
                            made.push((sheet, true));
                        }
                    }
                    Step::Withdraw(place) => {
                        if made.is_empty() {
                            continue;
                        }
                        let place = place % made.len();
                        let outcome = scene.withdraws(i64::try_from(place).expect("few") + 1).await;
                        let later = made[place + 1..].iter().filter(|(_, is_in)| *is_in);
                        let touched = later.flat_map(|(sheet, _)| sheet.rows.keys()).any(|key| made[place].0.rows.contains_key(key));
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
                assert_eq!(scene.cells(GRANTS).await, expected);
            }
            scene.is_sound().await;
        });
    }
}
